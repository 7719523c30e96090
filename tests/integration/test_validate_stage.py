"""The stage with a warehouse behind it, and the check without one: which past a figure is held against."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from gate_rows import delivery, figure

from flows import books, sift, warehouse
from flows.decisions import Order, decide
from flows.load import load
from flows.load_books import load_books
from flows.publish import publish
from flows.settings import Settings
from flows.validate import check, validate
from models.delivery import Delivery, Problem, Severity
from models.run import TIME_ZONE, RunContext, begin

NOW = datetime(2024, 11, 29, 10, 0, tzinfo=TIME_ZONE)
REFUSAL = Problem("x.csv", "unknown_unit", "单位“斤”不认识。", Severity.REFUSED, row=9)
MAY = delivery("may", date(2024, 6, 20), figure("retail_sales ytd 2024-05", "54"))
JUNE_WRONG = delivery("june", date(2024, 7, 20), figure("retail_sales ytd 2024-06", "660000"))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with the books and no delivery, made once."""
    settings = Settings(
        var=tmp_path_factory.mktemp("empty"), reference=Path(__file__).parents[2] / "data" / "reference"
    )
    run = begin(date(2024, 11, 28), now=NOW)
    warehouse.prepare(settings, run)
    load_books(settings, run)
    return settings.var


@pytest.fixture
def ready(settings: Settings, empty: Path) -> Settings:
    shutil.copytree(empty, settings.var)
    return settings


def taken_in(settings: Settings, context: RunContext, *deliveries: Delivery) -> list[list[tuple[bool, str]]]:
    """Validate and load together; for each delivery, whether each row was accepted and what was said."""
    validated = validate(settings, context, deliveries).deliveries
    load(settings, context, validated, "books")
    return said(validated)


def said(deliveries: Sequence[Delivery]) -> list[list[tuple[bool, str]]]:
    return [
        [
            (candidate in item.accepted, ",".join(p.rule for p in item.problems if p.row == candidate.row))
            for candidate in item.reading.candidates
        ]
        for item in deliveries
    ]


ACCEPTED, SLIPPED = [[(True, "")]], [[(False, "unit_slip")]]


def test_a_figure_is_held_against_what_the_warehouse_holds(ready: Settings, context: RunContext) -> None:
    assert taken_in(ready, context, MAY) == ACCEPTED
    assert taken_in(ready, context, JUNE_WRONG) == SLIPPED


def test_a_delivery_received_later_is_no_past(ready: Settings, context: RunContext) -> None:
    later = delivery("later", date(2024, 8, 20), figure("retail_sales ytd 2024-07", "7"))
    assert taken_in(ready, context, later) == ACCEPTED
    assert taken_in(ready, context, JUNE_WRONG) == ACCEPTED


def test_a_withdrawn_delivery_is_no_past(ready: Settings, context: RunContext) -> None:
    taken_in(ready, context, MAY)
    decide(ready, Order("delivery", MAY.delivery_id, "withdraw", "张三", "发错"), now=NOW)
    assert taken_in(ready, context, JUNE_WRONG) == ACCEPTED


def test_what_was_quarantined_is_no_past_until_it_is_released(ready: Settings, context: RunContext) -> None:
    taken_in(ready, context, MAY)
    taken_in(ready, context, JUNE_WRONG)
    july = delivery("july", date(2024, 8, 20), figure("retail_sales ytd 2024-07", "770000"))
    assert taken_in(ready, context, july) == SLIPPED
    publish(ready)
    with warehouse.read_published(ready) as connection:
        rejections = connection.execute(
            "select rejection_id from rejection where delivery_id = $$" + JUNE_WRONG.delivery_id + "$$"
        )
        (found,) = rejections.fetchall()
    decide(ready, Order("rejection", found[0], "accept", "张三", "口径调整"), now=NOW)
    assert taken_in(ready, context, july) == ACCEPTED


def test_a_delivery_read_again_is_not_its_own_past(ready: Settings, context: RunContext) -> None:
    """Changed books read the same bytes again: here the unit was corrected from 万元 to 亿元."""
    first = delivery("may", date(2024, 6, 20), figure("retail_sales ytd 2024-05", "540000"))
    assert taken_in(ready, context, first) == ACCEPTED
    assert taken_in(ready, context, MAY) == ACCEPTED


def test_files_of_one_run_in_any_order_and_runs_a_file_give_the_same(
    ready: Settings, context: RunContext
) -> None:
    july = delivery("july", date(2024, 8, 20), figure("retail_sales ytd 2024-07", "77"))
    sent = [MAY, JUNE_WRONG, july]
    together = said(validate(ready, context, sent[::-1]).deliveries)[::-1]
    assert together == [said_of for item in sent for said_of in taken_in(ready, context, item)]
    assert together == [*ACCEPTED, *SLIPPED, *ACCEPTED]


def test_two_deliveries_of_one_run_keep_their_own_problems(ready: Settings, context: RunContext) -> None:
    first = delivery("first", date(2024, 6, 20), figure("gdp ytd 2024-05", "1"), problems=(REFUSAL,))
    second = delivery("second", date(2024, 6, 20), figure("retail_sales ytd 2024-05", "54"))
    validated = validate(ready, context, [first, second])
    assert [[p.rule for p in item.problems] for item in validated.deliveries] == [
        ["unknown_unit", "outside_calendar"],
        [],
    ]
    assert str(validated) == "校验 2 份，通过 1 条，隔离 1 条，拒收 1 处，提醒 0 处"


def test_without_a_side_file_nothing_gets_in(ready: Settings, context: RunContext) -> None:
    missing = Problem("may.csv", "missing_side_file", "没有报送说明。")
    unsigned = replace(MAY, raw=replace(MAY.raw, side=None, side_problems=(missing,)))
    (item,) = validate(ready, context, [unsigned]).deliveries
    assert (item.accepted, item.problems) == ((), (missing,))


def test_a_problem_that_was_handed_over_twice_is_told_once(ready: Settings, context: RunContext) -> None:
    told = replace(MAY, reading=replace(MAY.reading, candidates=(), problems=(REFUSAL,)), problems=(REFUSAL,))
    assert validate(ready, context, [told]).deliveries[0].problems == (REFUSAL,)


def test_with_nothing_new_the_gate_is_not_asked(
    ready: Settings, context: RunContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sift.gate, "run", None)
    refused = delivery("refused", date(2024, 6, 20), problems=(REFUSAL,))
    assert validate(ready, context, []).deliveries == ()
    assert validate(ready, context, [refused]).deliveries[0].problems == (REFUSAL,)


def test_a_check_needs_no_warehouse_and_makes_none(settings: Settings) -> None:
    held = books.load(settings.reference).as_of(date(2024, 11, 28))
    checked = check(settings, [MAY, JUNE_WRONG], held, today=date(2024, 11, 28))
    assert said(checked.deliveries) == [*ACCEPTED, *SLIPPED]
    assert not settings.var.exists()


def test_a_check_without_a_side_file_takes_the_file_as_received_today(settings: Settings) -> None:
    held = books.load(settings.reference).as_of(date(2024, 11, 28))
    unsigned = replace(MAY, raw=replace(MAY.raw, side=None))
    assert said(check(settings, [unsigned], held, today=date(2024, 11, 28)).deliveries) == ACCEPTED
    early = said(check(settings, [unsigned], held, today=date(2024, 5, 30)).deliveries)
    assert early == [[(False, "future_period")]]


def test_a_check_holds_figures_against_what_is_published(ready: Settings, context: RunContext) -> None:
    taken_in(ready, context, MAY)
    publish(ready)
    held = books.load(ready.reference).as_of(context.as_of)
    checked = check(ready, [JUNE_WRONG], held, today=context.as_of)
    assert said(checked.deliveries) == SLIPPED
    assert checked.deliveries[0].problems[0].message == (
        "社会消费品零售总额2024年1—6月为 660,000亿元，约为2024年1—5月的 54亿元的 1 万倍，疑似单位写错。"
    )
