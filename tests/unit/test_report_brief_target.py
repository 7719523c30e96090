"""The sentences of the note: each says what its row holds, in points where it is a rate, and nothing more."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from flows.report import brief_target as say
from flows.report.month import Month
from models.relations import PUBLISHED

COLUMNS = [c.name for relation in PUBLISHED if relation.name == "assessment" for c in relation.columns]


def row(**known: Any) -> dict[str, Any]:  # noqa: ANN401
    """A judged row with nulls but for what is given; figures may be given as text."""
    base = {
        "target_id": "t1",
        "indicator": "i1",
        "indicator_name": "工业",
        "as_of": date(2024, 11, 28),
        "period_end": date(2024, 10, 31),
        "basis": "ytd",
    }
    figures = {
        k: Decimal(v) if isinstance(v, str) and v.lstrip("-").replace(".", "", 1).isdigit() else v
        for k, v in known.items()
    }
    return dict.fromkeys(COLUMNS) | base | figures


@pytest.fixture
def facts() -> Month:
    """A month without rows: sentences about one row need no more."""
    return Month(
        region="500104", name="重庆市大渡口区", name_en="Dadukou", period=date(2024, 10, 31), as_of=date(2024, 11, 28),
        previous_as_of=None, variance=(), before={}, history={}, trail={}, target=defaultdict(dict), indicator={}, office={},
        series={}, deliveries=(), rejections={}, schedule={}, rules=(), acknowledgements={}, silences={},
    )  # fmt: skip


def growth(**known: Any) -> dict[str, Any]:  # noqa: ANN401
    return row(
        kind="growth", measure="growth", unit="%", target_value="8", expected="8", status="behind", **known
    )


@pytest.mark.parametrize(
    ("actual", "gap", "sentence"),
    [
        ("6.3", "-1.7", "1—10月同比增长6.3%，比目标（8%）低1.7个百分点。"),
        ("8", "0", "1—10月同比增长8%，与目标（8%）持平。"),
        ("8.4", "0.4", "1—10月同比增长8.4%，比目标（8%）高0.4个百分点。"),
        ("0", "-8", "1—10月与上年同期持平，比目标（8%）低8个百分点。"),
        ("-2.1", "-10.1", "1—10月同比下降2.1%，比目标（8%）低10.1个百分点。"),
    ],
)
def test_growth_is_told_in_points_and_a_fall_as_a_fall(
    facts: Month, actual: str, gap: str, sentence: str
) -> None:
    assert say.standing(facts, growth(actual=actual, gap=gap)) == sentence


def test_a_bound_is_never_told_as_a_figure(facts: Month) -> None:
    sentence = say.standing(facts, growth(actual="6", actual_bound=">=", gap=None))
    assert sentence == "1—10月同比增长6%及以上。"


def test_a_total_is_told_with_its_share_and_its_distance_to_the_schedule(facts: Month) -> None:
    judged = row(
        kind="total",
        measure="total",
        unit="亿元",
        actual="88",
        target_value="150",
        completion="58.67",
        expected="116.86",
        gap="-28.86",
        status="behind",
    )
    assert (
        say.standing(facts, judged) == "1—10月完成88亿元，为全年目标150亿元的58.7%，比应达进度少28.86亿元。"
    )


def test_an_achieved_total_is_not_measured_against_the_schedule_any_more(facts: Month) -> None:
    judged = row(
        kind="total",
        measure="total",
        unit="人",
        actual="11900",
        target_value="10000",
        completion="119",
        expected="9004",
        gap="2896",
        status="achieved",
    )
    assert say.standing(facts, judged) == "1—10月完成1.19万人，为全年目标1万人的119%。"


def test_an_upper_limit_that_is_kept_is_below_it(facts: Month) -> None:
    judged = row(
        kind="ratio",
        measure="ratio",
        basis="point",
        unit="%",
        comparator="<=",
        actual="3.8",
        target_value="5.5",
        gap="1.7",
        status="on_schedule",
    )
    assert say.standing(facts, judged) == "10月末为3.8%，比目标（5.5%）低1.7个百分点。"


def test_no_figure_no_sentence(facts: Month) -> None:
    assert say.standing(facts, growth(actual=None, gap=None)) == ""
    assert say.required(facts, growth(required_growth=None)) == ""
    assert say.outlook(facts, growth(outlook="unknown")) == ""


def test_what_is_required_is_not_said_of_what_is_over(facts: Month) -> None:
    judged = row(
        kind="total", measure="total", unit="亿元", required="12", required_per_period="6", status="missed"
    )
    assert say.required(facts, judged) == ""
    assert say.required(facts, judged | {"status": "behind"}) == "后期需完成12亿元，平均每期6亿元。"


def test_required_growth_is_a_range_where_rounding_leaves_one(facts: Month) -> None:
    judged = growth(
        required_growth="9.15",
        required_growth_low="8.6",
        required_growth_high="9.7",
        as_of=date(2024, 11, 28),
    )
    with_trail = replace(facts, trail={"t1": (judged,)})
    assert (
        say.required(with_trail, judged) == "后期需同比增长9.2%左右（考虑数据四舍五入，在8.6%至9.7%之间）。"
    )


def test_the_outlook_names_the_interval(facts: Month) -> None:
    judged = growth(outlook="unlikely", forecast="6.04", forecast_low="5.4", forecast_high="6.6")
    assert (
        say.outlook(facts, judged)
        == "据现有数据推算全年同比增长6%（八成可能在5.4%至6.6%之间），难以完成全年目标。"
    )


def test_measures_are_told_with_author_and_date_and_never_invented(facts: Month) -> None:
    promise = {"measures_taken": "逐户走访。", "author": "李明", "due_on": date(2024, 12, 15)}
    assert (
        say.measures(replace(facts, acknowledgements={"t1": (promise,)}), growth())
        == "整改措施：逐户走访（李明填报，期限2024年12月15日）。"
    )
    assert say.measures(facts, growth()) == ""


def test_an_overdue_stage_is_told_with_its_date_and_days(facts: Month) -> None:
    stages = (
        {"stage_name": "主体过半", "period_end": date(2024, 8, 31)},
        {"stage_name": "投产", "period_end": date(2024, 12, 31)},
    )
    judged = row(kind="stage", measure="stage", actual="0", gap="-61", status="behind")
    sentence = say.standing(replace(facts, schedule={"t1": stages}), judged)
    assert sentence == "“主体过半”应于2024年8月31日前完成，目前未完成，已逾期61天。"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("10000", "人", "1万人"),
        ("11900", "人", "1.19万人"),
        ("9913", "人", "9913人"),
        ("12345", "人", "12345人"),
        ("362.7", "亿元", "362.7亿元"),
        ("20000", "万元", "20000万元"),
    ],
)
def test_amounts_read_as_notes_print_them(value: str, unit: str, text: str) -> None:
    assert say.amount(Decimal(value), unit) == text


@pytest.mark.parametrize(
    ("measure", "unit", "said"), [("total", "家", "约17家"), ("growth", "%", "同比增长17.3%")]
)
def test_counts_are_forecast_in_whole_numbers_and_their_growth_is_not(
    facts: Month, measure: str, unit: str, said: str
) -> None:
    counted = replace(facts, indicator={"i1": {"whole_number": True, "indicator_name_en": None}})
    judged = row(
        kind=measure, measure=measure, unit=unit, status="behind", outlook="unlikely", forecast="17.3"
    )
    assert say.outlook(counted, judged) == f"据现有数据推算全年{said}，难以完成全年目标。"
