"""What an assessment says of the year-end: within what the year has room for, whole for counts, from one vintage a year."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.explanation import sentences
from tests.builders import Row, World

EVEN = ", ".join(f"{year}-{month:02}: {10 * month}" for year in (2021, 2022, 2023) for month in range(1, 13))
GROWING = EVEN + ", " + ", ".join(f"2024-{month:02}: {12 * month}" for month in range(1, 9))


def world(
    target: str, figures: str, *, as_of: str = "2024-09-28", indicator: str = "count", **fields: object
) -> World:
    made = World(as_of=as_of)
    made.indicator(indicator, whole_number="whole" in target, **fields)
    made.target(target, indicator=indicator)
    made.figures(target.split()[0], figures, indicator=indicator)
    return made


def interval(row: Row) -> tuple[Decimal, Decimal, Decimal]:
    return row["forecast_low"], row["forecast"], row["forecast_high"]


def test_a_count_is_forecast_in_whole_numbers_and_its_interval_reaches_outwards() -> None:
    plain = world("total >= 140", GROWING).judge()
    whole = world("total >= 140 whole", GROWING).judge()
    assert plain["forecast"] % 1 and plain["forecast_low"] % 1 and plain["forecast_high"] % 1
    assert whole["forecast"] == round(plain["forecast"])
    assert whole["forecast_low"] == plain["forecast_low"] // 1
    assert whole["forecast_high"] == plain["forecast_high"] // 1 + 1
    assert whole["probability"] == plain["probability"]


def test_ten_of_ten_projects_are_never_more_than_ten() -> None:
    free = world("total >= 120 whole", GROWING).judge()
    row = world("total >= 120 whole", GROWING, capacity="121").judge()
    assert free["forecast"] > 121
    assert (row["forecast"], row["forecast_high"]) == (121, 121)
    assert row["forecast_low"] <= 121
    assert row["probability"] == free["probability"]


@pytest.mark.parametrize(("target", "probability"), [("total >= 122", 0), ("total <= 121", 1)])
def test_beyond_the_whole_there_is_nothing_to_hope_or_fear(target: str, probability: int) -> None:
    assert world(f"{target} whole", GROWING, capacity="121").judge()["probability"] == probability


def test_good_days_end_no_higher_than_the_days_that_are_left() -> None:
    late = ", ".join(f"{year}-08: 150, {year}-12: 320" for year in (2021, 2022, 2023))
    row = world("total >= 290 whole", f"{late}, 2024-08: 243", capacity="days_in_year").judge()
    assert row["forecast"] == row["forecast_high"] == 243 + 122  # days from September to December
    assert row["forecast_low"] <= 365


def test_a_growth_rate_has_no_room_to_run_out_of() -> None:
    rates = ", ".join(f"{year}-{month:02}: {150 + year - 2020}" for year in (2021, 2022, 2023, 2024) for month in range(2, 9))  # fmt: skip
    rates += ", 2021-12: 151, 2022-12: 152, 2023-12: 153"
    assert world("growth >= 140", rates, capacity="100").judge()["forecast"] > 140


def test_what_comes_in_lumps_is_not_forecast_and_says_so() -> None:
    made = world("total >= 140 lumpy", GROWING)
    row = made.judge()
    assert (row["forecast"], row["probability"], row["outlook"]) == (None, None, "unknown")
    assert row["forecast_reason"] == "lumpy"
    assert "预期：无法预测（零星完成的目标，前期进度不能预示全年，不作预测）。" in "".join(sentences(row))


def test_a_reached_lumpy_target_is_likely_all_the_same() -> None:
    row = world("total >= 90 lumpy", GROWING).judge()
    assert (row["status"], row["outlook"], row["forecast"]) == ("achieved", "likely", None)


def test_a_census_that_restates_only_december_does_not_distort_the_forecast() -> None:
    """The months keep the December they were counted with; mixing them would make the rest of the year 1.5 times as long."""
    before = world("total >= 140", GROWING)
    after = world("total >= 140", GROWING)
    after.figures("total", "2023-12: 180", indicator="count", received="2024-05-01", file="census.csv", finality="revised")  # fmt: skip
    assert interval(after.judge()) == interval(before.judge())


def test_a_year_restated_as_a_whole_is_taken_as_it_was_restated() -> None:
    """On the new level this year has not grown: it goes on as last year did."""
    restated = ", ".join(f"2023-{month:02}: {12 * month}" for month in range(1, 13))
    made = world("total >= 140", GROWING)
    made.figures("total", restated, indicator="count", received="2024-05-01", file="census.csv", finality="revised")  # fmt: skip
    assert made.judge()["forecast"] == pytest.approx(Decimal(144), abs=Decimal("0.000001"))


def test_a_month_that_the_restated_december_does_not_know_is_left_out() -> None:
    """A census file with June, August and December: most months still belong to the first December."""
    made = world("total >= 140", GROWING)
    made.figures("total", "2023-06: 90, 2023-12: 180", indicator="count", received="2024-05-01", file="census.csv", finality="revised")  # fmt: skip
    row = made.judge()
    assert row["forecast_years"] == 3
    assert Decimal(138) < row["forecast"] < Decimal(150)
