"""What the rest of the year must bring (倒排), worked out by hand.

Columns: required, a period, required growth, its basis, low, high, years that brought as much, of how many, days left.
"""

from __future__ import annotations

import pytest

from tests.builders import World
from tests.spec.judge_table import in_words

COLUMNS = (
    "required", "required_per_period", "required_growth", "required_basis", "required_growth_low",
    "required_growth_high", "demanding_years", "demanding_of", "capacity_left",
)  # fmt: skip
LAST_YEARS = "2021-10: 80, 2021-12: 90, 2022-10: 80, 2022-12: 100, 2023-10: 80, 2023-12: 110"


@pytest.mark.parametrize(
    ("target", "figures", "required"),
    [
        # 120 − 90 = 30 in two months; last year they brought 30, the years before 20 and 10
        ("total >= 120", f"{LAST_YEARS}, 2024-10: 90", "30 15 0 exact - - 1 3 -"),
        ("total >= 120", f"{LAST_YEARS}, 2024-10: 89.999999", "30.000001 15.000001 0.000003 exact - - 0 3 -"),
        ("total >= 120", f"{LAST_YEARS}, 2024-10: 105", "15 7.5 -50 exact - - 2 3 -"),
        ("total >= 120", f"{LAST_YEARS}, 2024-10: 110", "10 5 -66.666667 exact - - 3 3 -"),
        ("total >= 120", f"{LAST_YEARS}, 2024-10: 130", "0 0 - - - - - - -"),
        ("total >= 120", "2024-10: 90", "30 15 - unknown - - - - -"),
        ("total >= 120", "2024-12: 90", "- - - - - - - - -"),
        ("total >= 120", "2024-12: ~90", "- - - - - - - - -"),
        ("total >= 120", "2024-10: >=90", "- - - - - - - - -"),
        ("total ~= 120 tolerance=20", "2024-10: 90", "10 5 - unknown - - - - -"),
        ("total <= 120", "2024-10: 90", "- - - - - - - - -"),
        # a rest of one millionth: no column holds the growth that is needed
        (
            "total >= 10000000000000",
            "2023-10: 99.999999, 2023-12: 100, 2024-10: 5",
            "9999999999995 4999999999997.5 - exact - - 0 1 -",
        ),
        ("level >= 760", "2023-12: 700, 2024-10: 741", "19 9.5 - - - - - - -"),
        ("ratio >= 98", "2024-10: 90", "- - - - - - - - -"),
        # the quarters that are left
        ("total >= 120 months=3|6|9|12", "2024-03: 30", "90 30 - unknown - - - - -"),
        ("total >= 120 months=3|6|9|12", "2024-10: 90", "30 30 - unknown - - - - -"),
    ],
)
def test_required(target: str, figures: str, required: str) -> None:
    world = World(as_of="2025-01-10")
    world.target(target)
    world.figures(target.split()[0], figures)
    assert in_words(world.judge(), COLUMNS) == required


def test_days_cannot_be_more_than_are_left() -> None:
    world = World()
    world.indicator("air", capacity="days_in_year", whole_number=True)
    world.target("total >= 290 whole", indicator="air")
    world.figures("total", "2024-10: 228", indicator="air")
    row = world.judge()
    assert in_words(row, COLUMNS) == "62 31 - unknown - - - - 61"
    assert (row["probability"], row["outlook"]) == (0, "unlikely")


def nominal(growth: str, levels: str, **fields: object) -> World:
    world = World(as_of="2024-12-28")
    world.indicator("own", **fields)
    world.target("growth >= 8", indicator="own")
    world.figures("growth", growth, indicator="own")
    world.figures("total", levels, indicator="own")
    return world


def test_growth_is_exact_where_nominal_levels_reproduce_it() -> None:
    """(8 − 0.92·7.9)/0.08 = 9.15; with 7.95 it is 8.575, with 7.85 it is 9.725: 8.6 to 9.7."""
    world = nominal("2024-11: 7.9", "2023-11: 92, 2023-12: 100, 2024-11: 99.268")
    assert in_words(world.judge(), COLUMNS) == "- - 9.15 exact 8.575 9.725 - - -"


@pytest.mark.parametrize("level", ["99.314", "99.222"])
def test_half_a_printed_digit_still_reproduces(level: str) -> None:
    world = nominal("2024-11: 7.9", f"2023-11: 92, 2023-12: 100, 2024-11: {level}")
    assert world.judge()["required_basis"] == "exact"


@pytest.mark.parametrize("level", ["99.314001", "99.221999"])
def test_levels_that_do_not_reproduce_the_growth_are_not_used(level: str) -> None:
    world = nominal("2024-11: 7.9", f"2023-11: 92, 2023-12: 100, 2024-11: {level}")
    assert in_words(world.judge(), COLUMNS) == "- - - unknown - - - - -"


def test_real_growth_is_approximate_by_the_proxy_that_the_book_names() -> None:
    world = nominal(
        "2024-11: 7.9", "2023-11: 92, 2023-12: 100, 2024-11: 99.268", valuation="real", proxy="output"
    )
    assert world.judge()["required_basis"] == "unknown"
    world.figures("total", "2023-11: 90, 2023-12: 100", indicator="output")
    row = world.judge()
    assert in_words(row, COLUMNS) == "- - 8.9 approximate 8.45 9.35 - - -"
    assert in_words(row, ("required_proxy", "required_share")) == "output 0.9"


def test_the_range_knows_a_second_printed_digit() -> None:
    world = nominal("2024-11: 7.95", "2023-11: 92, 2023-12: 100, 2024-11: 99.314")
    assert in_words(world.judge(), COLUMNS) == "- - 8.575 exact 8.5175 8.6325 - - -"


def test_at_the_final_period_nothing_is_required() -> None:
    assert nominal("2024-12: 7.9", "2023-12: 100, 2024-12: 107.9").judge()["required_growth"] is None
