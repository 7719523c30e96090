"""load appends what the gate let through, whole deliveries only, and never mixes simulated with real."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from flows import load as stage
from flows import warehouse
from flows.errors import MixedProvenanceError
from flows.load import load
from flows.settings import Settings
from models.delivery import (
    Candidate,
    Delivery,
    Finality,
    Problem,
    Provenance,
    RawFile,
    Reading,
    Severity,
    SideFile,
)
from models.run import RunContext

SIDE = SideFile("500104", "statistics", date(2024, 11, 20), Provenance.SIMULATED, Finality.PRELIMINARY)


def figure(value: str = "5.1", *, row: int = 2) -> Candidate:
    return Candidate(
        "a.csv",
        "",
        row,
        "D",
        "500104",
        "gdp",
        "growth",
        "ytd",
        date(2024, 9, 30),
        Decimal(value),
        unit="%",
        printed=value,
    )


def delivery(
    *figures: Candidate,
    side: SideFile = SIDE,
    name: str = "a.csv",
    problems: tuple[Problem, ...] = (),
    digest: str = "a",
) -> Delivery:
    raw = RawFile(name, digest * 64, 10, side)
    return Delivery(raw, Reading(name, "long", "utf-8", len(figures), figures), figures, problems)


@pytest.fixture(autouse=True)
def ready(settings: Settings, context: RunContext) -> None:
    warehouse.prepare(settings, context)


def rows(settings: Settings, sql: str) -> list[tuple[object, ...]]:
    with warehouse.connect(settings) as connection:
        return connection.execute(sql).fetchall()


def test_a_figure_keeps_its_place_in_the_file(settings: Settings, context: RunContext) -> None:
    item = delivery(figure())
    assert str(load(settings, context, [item], "books")) == "装载 1 份，采纳 1 条，隔离 0 条，拒收 0 处"
    found = rows(settings, "select delivery_id, value, bound, source_row, source_column from observation")
    assert found == [(item.delivery_id, Decimal("5.100000"), None, 2, "D")]


def test_reading_a_delivery_again_replaces_what_it_left(settings: Settings, context: RunContext) -> None:
    load(settings, context, [delivery(figure("5.1"))], "books")
    load(settings, context, [delivery(figure("5.2"))], "other books")
    assert rows(settings, "select value from observation") == [(Decimal("5.200000"),)]
    assert rows(settings, "select books_fingerprint from delivery") == [("other books",)]


def test_the_same_bytes_received_later_are_a_new_delivery(settings: Settings, context: RunContext) -> None:
    later = replace(SIDE, received=date(2024, 11, 25))
    load(settings, context, [delivery(figure()), delivery(figure(), side=later)], "books")
    assert rows(settings, "select count(*) from delivery") == [(2,)]
    assert rows(settings, "select count(*) from observation") == [(2,)]


def test_a_restatement_keeps_both_vintages_and_counts_the_later(
    settings: Settings, context: RunContext
) -> None:
    later = replace(SIDE, received=date(2024, 11, 25))
    first, second = delivery(figure("5.1")), delivery(figure("5.3"), side=later, digest="b")
    load(settings, context, [second, first], "books")
    vintages = rows(
        settings, "select value, superseded_by, difference from mart.observation_vintage order by received"
    )
    assert vintages == [(Decimal("5.1"), second.delivery_id, Decimal("0.2")), (Decimal("5.3"), None, None)]
    assert rows(settings, "select value from mart.observation") == [(Decimal("5.3"),)]


@pytest.mark.parametrize(
    ("weaker", "stronger"),
    [
        ({"finality": Finality.ESTIMATE}, {"finality": Finality.PRELIMINARY}),
        ({"finality": Finality.PRELIMINARY}, {"finality": Finality.REVISED}),
        ({"provenance": Provenance.PUBLIC, "finality": Finality.FINAL}, {"provenance": Provenance.OFFICIAL}),
    ],
)
def test_a_stronger_figure_counts_even_when_a_weaker_comes_later(
    settings: Settings, context: RunContext, weaker: dict[str, str], stronger: dict[str, str]
) -> None:
    real = replace(SIDE, provenance=Provenance.OFFICIAL)
    late = replace(real, received=date(2024, 11, 27), **weaker)  # type: ignore[arg-type]
    early = replace(real, received=date(2024, 11, 1), **stronger)  # type: ignore[arg-type]
    load(
        settings,
        context,
        [delivery(figure("1"), side=late, digest="b"), delivery(figure("2"), side=early)],
        "books",
    )
    assert rows(settings, "select value from mart.observation") == [(Decimal("2"),)]


def test_two_values_of_the_same_rank_and_day_are_disputed(settings: Settings, context: RunContext) -> None:
    load(settings, context, [delivery(figure("1")), delivery(figure("2"), digest="b")], "books")
    assert rows(settings, "select is_disputed from staging.counted") == [(True,)]
    assert (
        rows(settings, "select superseded_by, difference from mart.observation_vintage") == [(None, None)] * 2
    )


def test_the_same_value_twice_on_a_day_is_no_dispute(settings: Settings, context: RunContext) -> None:
    load(settings, context, [delivery(figure("1")), delivery(figure("1"), digest="b")], "books")
    assert rows(settings, "select is_disputed from staging.counted") == [(False,)]


def test_what_came_after_the_as_of_date_is_not_seen(settings: Settings, context: RunContext) -> None:
    tomorrow = replace(SIDE, received=date(2024, 11, 29))
    load(settings, context, [delivery(figure(), side=tomorrow)], "books")
    assert rows(settings, "select * from mart.observation") == []
    warehouse.prepare(settings, replace(context, as_of=date(2024, 11, 29)))
    assert rows(settings, "select count(*) from mart.observation") == [(1,)]


@pytest.mark.parametrize("first", [Provenance.OFFICIAL, Provenance.PUBLIC])
def test_simulated_and_real_figures_never_meet(
    settings: Settings, context: RunContext, first: Provenance
) -> None:
    load(settings, context, [delivery(figure(), side=replace(SIDE, provenance=first))], "books")
    with pytest.raises(MixedProvenanceError, match="b.csv：来源为 simulated.*请用 --var 另选目录") as caught:
        load(settings, context, [delivery(figure(), name="b.csv", digest="b")], "books")
    assert caught.value.exit_code == 4
    assert rows(settings, "select count(*) from delivery") == [(1,)]


def test_a_file_without_a_side_file_is_neither_simulated_nor_real(
    settings: Settings, context: RunContext
) -> None:
    stray = Delivery(RawFile("stray.csv", "c" * 64, 10, None), Reading("stray.csv"))
    load(settings, context, [stray], "books")
    load(settings, context, [delivery(figure())], "books")
    assert rows(settings, "select count(*) from observation") == [(1,)]


def test_a_quarantined_figure_that_a_person_releases_counts(settings: Settings, context: RunContext) -> None:
    problem = Problem(
        "a.csv",
        "unit_slip",
        "疑似单位错误",
        Severity.QUARANTINED,
        row=2,
        column="D",
        value="51000",
        candidate=figure("51000"),
    )
    load(settings, context, [delivery(problems=(problem,))], "books")
    assert rows(settings, "select * from mart.observation") == []
    ((rejection_id,),) = rows(settings, "select rejection_id from mart.rejection")
    rows(
        settings,
        f"insert into decision values ('d1', 'rejection', '{rejection_id}', 'accept', '甲', '属实', '2024-11-28 10:00')",
    )
    assert rows(settings, "select value from mart.observation") == [(Decimal("51000"),)]
    assert rows(settings, "select decision, decided_by, reason from mart.rejection") == [
        ("accept", "甲", "属实")
    ]
    rows(
        settings,
        f"insert into decision values ('d2', 'rejection', '{rejection_id}', 'reject', '乙', '有误', '2024-11-28 11:00')",
    )
    assert rows(settings, "select * from mart.observation") == []


def test_a_refused_row_cannot_be_released_by_a_decision(settings: Settings, context: RunContext) -> None:
    problem = Problem("a.csv", "wrong_dimension", "单位不符", Severity.REFUSED, row=2, candidate=figure())
    load(settings, context, [delivery(problems=(problem,))], "books")
    ((rejection_id,),) = rows(settings, "select rejection_id from mart.rejection")
    rows(
        settings,
        f"insert into decision values ('d1', 'rejection', '{rejection_id}', 'accept', '甲', '属实', '2024-11-28 10:00')",
    )
    assert rows(settings, "select * from mart.observation") == []


def test_a_withdrawn_delivery_counts_no_more_and_stays_on_record(
    settings: Settings, context: RunContext
) -> None:
    item = delivery(figure())
    load(settings, context, [item], "books")
    rows(
        settings,
        f"insert into decision values ('d1', 'delivery', '{item.delivery_id}', 'withdraw', '甲', '错表', '2024-11-28 10:00')",
    )
    assert rows(settings, "select * from mart.observation") == []
    assert rows(settings, "select outcome from mart.delivery") == [("withdrawn",)]
    rows(
        settings,
        f"insert into decision values ('d2', 'delivery', '{item.delivery_id}', 'restore', '甲', '无误', '2024-11-28 11:00')",
    )
    assert rows(settings, "select count(*) from mart.observation") == [(1,)]


def noted(item: Delivery) -> Delivery:
    """The same with a footnote, so that there is something to write to the last table."""
    return replace(item, reading=replace(item.reading, footnotes=("注",)))


@pytest.fixture
def last_table_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage, "PARTS", ("delivery", "observation", "rejection", "nowhere"))
    monkeypatch.setitem(stage._RELATIONS, "nowhere", stage._RELATIONS["footnote"])


@pytest.mark.usefixtures("last_table_is_missing")
def test_a_failure_inside_a_delivery_leaves_nothing_of_it(settings: Settings, context: RunContext) -> None:
    with pytest.raises(Exception, match="nowhere"):
        load(settings, context, [delivery(figure(), digest="b"), noted(delivery(figure()))], "books")
    assert rows(settings, "select count(*) from delivery") == [(0,)]
    assert rows(settings, "select count(*) from observation") == [(0,)]


def test_a_failure_while_a_delivery_is_read_again_leaves_what_was_there(
    settings: Settings, context: RunContext, request: pytest.FixtureRequest
) -> None:
    load(settings, context, [delivery(figure("5.1"))], "books")
    request.getfixturevalue("last_table_is_missing")
    with pytest.raises(Exception, match="nowhere"):
        load(settings, context, [noted(delivery(figure("5.2")))], "other books")
    assert rows(
        settings, "select value, books_fingerprint from observation join delivery using (delivery_id)"
    ) == [(Decimal("5.100000"), "books")]


@pytest.mark.usefixtures("last_table_is_missing")
def test_deliveries_written_before_a_failure_stay(
    settings: Settings, context: RunContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage, "TOGETHER", 1)
    whole, broken = delivery(figure(), digest="b"), noted(delivery(figure()))
    with pytest.raises(Exception, match="nowhere"):
        load(settings, context, [whole, broken], "books")
    assert rows(settings, "select delivery_id from observation") == [(whole.delivery_id,)]


def test_values_keep_six_places_rounded_half_up(settings: Settings, context: RunContext) -> None:
    load(settings, context, [delivery(figure("0.0000005"))], "books")
    assert rows(settings, "select value from observation") == [(Decimal("0.000001"),)]
