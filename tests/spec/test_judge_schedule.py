"""What a total should have reached by now: interim figures, earlier years, the calendar, in this order.

Columns of a judgement: linear share, schedule share, basis, expected, gap, status.
"""

from __future__ import annotations

import pytest

from tests.builders import World
from tests.spec.judge_table import Case, in_words, judge_cases

COLUMNS = ("linear_share", "schedule_share", "schedule_basis", "expected", "gap", "status")
THREE_YEARS = "2021-06: 40, 2021-12: 100, 2022-06: 45, 2022-12: 100, 2023-06: 44, 2023-12: 100"

CASES: list[Case] = [
    ("total >= 200", "2024-06: 100", "0.5 0.5 linear 100 0 on_schedule"),
    ("total >= 200", "2024-06: 99.9", "0.5 0.5 linear 100 -0.1 slightly_behind"),
    # the mean of 40, 45 and 44 % is 43 %
    ("total >= 200", f"{THREE_YEARS}, 2024-06: 85.999999", "0.5 0.43 seasonal 86 -0.000001 slightly_behind"),
    ("total >= 200", f"{THREE_YEARS}, 2024-06: 86", "0.5 0.43 seasonal 86 0 on_schedule"),
    ("total >= 200", f"{THREE_YEARS}, 2024-06: 86.000001", "0.5 0.43 seasonal 86 0.000001 on_schedule"),
    # a fourth year back is too old, a year without its final figure is not complete
    ("total >= 200", f"2020-06: 90, 2020-12: 100, {THREE_YEARS}, 2024-06: 86", "0.5 0.43 seasonal 86 0 on_schedule"),
    ("total >= 200", "2022-06: 30, 2023-06: 44, 2023-12: 100, 2024-06: 88", "0.5 0.44 seasonal 88 0 on_schedule"),
    ("total >= 200", "2022-12: 100, 2023-06: 44, 2024-06: 100", "0.5 0.5 linear 100 0 on_schedule"),
    # a year that ended at zero or below has no shares
    ("total >= 200", "2023-06: 44, 2023-12: 0, 2024-06: 100", "0.5 0.5 linear 100 0 on_schedule"),
    # bounds teach nothing
    ("total >= 200", "2023-06: 44, 2023-12: >=100, 2024-06: 100", "0.5 0.5 linear 100 0 on_schedule"),
    # shares are rounded half up at six places: two thirds
    ("total >= 300", "2023-06: 2, 2023-12: 3, 2024-06: 200", "0.5 0.666667 seasonal 200.0001 -0.0001 slightly_behind"),
    ("total >= 300 whole", "2023-06: 2, 2023-12: 3, 2024-06: 200", "0.5 0.666667 seasonal 200 0 on_schedule"),
    # a rule set that goes by the calendar, and lumpy targets, show the share and do not use it
    ("total >= 200 rules=linear@1", f"{THREE_YEARS}, 2024-06: 90", "0.5 0.43 linear 100 -10 behind"),
    ("total >= 200 lumpy", f"{THREE_YEARS}, 2024-06: 60", "0.5 0.43 linear 100 -40 slightly_behind"),
    # 1—2月 come together: February holds two months
    ("total >= 120", "2024-02: 20", "0.166667 0.166667 linear 20 0 on_schedule"),
]  # fmt: skip


@pytest.fixture(scope="module")
def judged() -> dict[Case, str]:
    return dict(zip(CASES, (in_words(row, COLUMNS) for row in judge_cases(CASES)), strict=True))


@pytest.mark.parametrize("case", CASES, ids=" | ".join)
def test_schedule(judged: dict[Case, str], case: Case) -> None:
    assert judged[case] == case[2]


def _world(target: str, figures: str, **indicator: object) -> World:
    world = World(as_of="2024-07-28")
    world.indicator("gdp", **indicator)
    world.target(target)
    world.figures(target.split()[0], figures)
    return world


def test_atypical_years_are_left_out_and_replaced_by_older_ones() -> None:
    world = _world(
        "total >= 200", f"2020-06: 52, 2020-12: 100, {THREE_YEARS}, 2024-06: 94", atypical_years="2021"
    )
    assert in_words(world.judge(), COLUMNS) == "0.5 0.47 seasonal 94 0 on_schedule"


@pytest.mark.parametrize(
    ("figure", "judgement"),
    [
        ("69.999999", "0.5 0.35 interim 70 -0.000001 slightly_behind"),
        ("70", "0.5 0.35 interim 70 0 on_schedule"),
        ("59.999999", "0.5 0.35 interim 70 -10.000001 behind"),
    ],
)
def test_an_interim_figure_of_the_month_goes_before_earlier_years(figure: str, judgement: str) -> None:
    world = _world("total >= 200", f"{THREE_YEARS}, 2024-06: {figure}")
    world.points("2024-06: 70")
    assert in_words(world.judge(), COLUMNS) == judgement


def test_months_without_an_interim_figure_keep_the_share_of_earlier_years() -> None:
    world = _world("total >= 200", f"{THREE_YEARS}, 2024-06: 86")
    world.points("2024-03: 70")
    assert in_words(world.judge(), COLUMNS) == "0.5 0.43 seasonal 86 0 on_schedule"


def test_a_growth_target_is_judged_against_its_interim_growth_in_that_month_only() -> None:
    world = _world("growth >= 8", "2024-05: 7.2, 2024-06: 7.2")
    world.points("2024-06: 7")
    found = world.judge_all()
    assert [found["t", row]["status"] for row in (None, *sorted(k[1] for k in found if k[1]))] == ["on_schedule", "slightly_behind", "on_schedule"]  # fmt: skip


def test_a_lumpy_target_turns_red_at_its_own_date_and_stays_red_until_it_is_met() -> None:
    world = _world("total >= 200 lumpy", "2024-03: 10, 2024-04: 10, 2024-05: 49, 2024-06: 50")
    world.points("2024-04: 60")
    found = world.judge_all()
    statuses = [row["status"] for (_, period), row in sorted((k, v) for k, v in found.items() if k[1])]
    assert statuses == ["slightly_behind", "behind", "behind", "slightly_behind"]


def test_a_census_never_mixes_old_months_with_a_new_year_end() -> None:
    """The year-end was restated from 100 to 125 without its months: the share stays 50 of 100."""
    world = _world("total >= 200", "2023-06: 50, 2024-06: 100")
    world.figures("total", "2023-12: 100", received="2024-01-20", file="first.csv")
    world.figures("total", "2023-12: 125", received="2024-06-20", file="census.csv", finality="revised")
    assert in_words(world.judge(), COLUMNS) == "0.5 0.5 seasonal 100 0 on_schedule"


def test_a_restatement_that_brings_the_months_along_is_used() -> None:
    world = _world("total >= 200", "2023-06: 50, 2023-12: 100, 2024-06: 80")
    world.figures(
        "total", "2023-06: 50, 2023-12: 125", received="2024-06-20", file="census.csv", finality="revised"
    )
    assert in_words(world.judge(), COLUMNS) == "0.5 0.4 seasonal 80 0 on_schedule"
