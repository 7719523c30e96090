"""Each kind of target below, at and above what its schedule expects, its red threshold and its target.

Columns of a judgement: expected, gap, gap in points, severity, status.
"""

from __future__ import annotations

import pytest

from tests.spec.judge_table import Case, in_words, judge_cases

CASES: list[Case] = [
    # a total by the calendar: 120 by the year end is 100 by October
    ("total >= 120", "2024-10: 99.999999", "100 -0.000001 -0.000001 0 slightly_behind"),
    ("total >= 120", "2024-10: 100", "100 0 0 0 on_schedule"),
    ("total >= 120", "2024-10: 100.000001", "100 0.000001 0.000001 0 on_schedule"),
    ("total >= 120", "2024-10: 93.999999", "100 -6.000001 -5.000001 1 behind"),
    ("total >= 120", "2024-10: 94", "100 -6 -5 1 slightly_behind"),
    ("total >= 120", "2024-10: 94.000001", "100 -5.999999 -4.999999 1 slightly_behind"),
    ("total >= 120", "2024-10: 119.999999", "100 19.999999 16.666666 0 on_schedule"),
    ("total >= 120", "2024-10: 120", "100 20 16.666667 0 achieved"),
    ("total >= 120", "2024-02: 130", "20 110 91.666667 0 achieved"),
    # 100/3 has no last digit: the status knows what the printed gap rounds away
    ("total >= 100", "2024-04: 33.333333", "33.333333 0 0 0 slightly_behind"),
    ("total >= 100", "2024-04: 33.333334", "33.333333 0.000001 0.000001 0 on_schedule"),
    ("total >= 0.7", "2024-10: 0.583333", "0.583333 0 -0.000048 0.00001 slightly_behind"),
    # counts are held to whole numbers: a third of 100 is 33
    ("total >= 100 whole", "2024-04: 32", "33 -1 -1 0.2 slightly_behind"),
    ("total >= 100 whole", "2024-04: 33", "33 0 0 0 on_schedule"),
    # any shortfall of a binding target is red
    ("total >= 120 binding", "2024-10: 99.999999", "100 -0.000001 -0.000001 0 behind"),
    ("total >= 120 binding", "2024-10: 100", "100 0 0 0 on_schedule"),
    # a target of zero has no points: it is judged on the gap
    ("total <= 0 lower", "2024-10: 3", "0 -3 - 0.6 behind"),
    ("total <= 0 lower", "2024-10: 0", "0 0 - 0 on_schedule"),
    ("total >= 0", "2024-10: -1", "0 -1 - 0.2 behind"),
    ("total >= 0", "2024-10: 0", "0 0 - 0 achieved"),
    # below zero the calendar asks for more than the target in the first months: reached is reached, nothing is short
    ("total >= -12", "2024-10: -11", "-10 -1 -8.333333 0 achieved"),
    ("total >= -12", "2024-10: -13", "-10 -3 -25 5 behind"),
    # what no column can hold is left out, and stops nothing; a shortfall is then the worst there is
    ("total >= 1", "2024-10: 10000000000000", "0.833333 9999999999999.166667 - 0 achieved"),
    ("total >= 1", "2024-10: -10000000000000", "0.833333 -10000000000000.833333 - 99999999999999.999999 behind"),
    # growth is held to its target all year
    ("growth >= 8", "2024-10: 6.3", "8 -1.7 -1.7 1.7 behind"),
    ("growth >= 8", "2024-10: 6.999999", "8 -1.000001 -1.000001 1.000001 behind"),
    ("growth >= 8", "2024-10: 7", "8 -1 -1 1 slightly_behind"),
    ("growth >= 8", "2024-10: 7.000001", "8 -0.999999 -0.999999 0.999999 slightly_behind"),
    ("growth >= 8", "2024-10: 7.999999", "8 -0.000001 -0.000001 0.000001 slightly_behind"),
    ("growth >= 8", "2024-10: 8", "8 0 0 0 on_schedule"),
    ("growth >= 8", "2024-10: 12", "8 4 4 0 on_schedule"),
    ("growth >= 0", "2024-10: -0.5", "0 -0.5 -0.5 0.5 slightly_behind"),
    # a level follows the line from last year-end: 700 to 760 is 750 by October
    ("level >= 760", "2023-12: 700, 2024-10: 749.999999", "750 -0.000001 0 0 slightly_behind"),
    ("level >= 760", "2023-12: 700, 2024-10: 750", "750 0 0 0 on_schedule"),
    ("level >= 760", "2023-12: 700, 2024-10: 712", "750 -38 -5 1 slightly_behind"),
    ("level >= 760", "2023-12: 700, 2024-10: 711.999999", "750 -38.000001 -5 1 behind"),
    ("level >= 760", "2023-12: 700, 2024-10: 760", "750 10 1.315789 0 achieved"),
    ("level >= 760", "2024-10: 759.999999", "- - - - unknown"),
    ("level >= 760", "2024-10: 760", "- - - - achieved"),
    # ratios, ranks and caps: the newest figure against the limit, never achieved before the end
    ("ratio >= 98", "2024-10: 98", "98 0 0 0 on_schedule"),
    ("ratio >= 98", "2024-10: 97.5", "98 -0.5 -0.5 1 slightly_behind"),
    ("ratio >= 98", "2024-10: 97.499999", "98 -0.500001 -0.500001 1.000002 behind"),
    ("ratio >= 98", "2024-10: 100", "98 2 2 0 on_schedule"),
    ("ratio <= 5.5 lower", "2024-10: 5.5", "5.5 0 0 0 on_schedule"),
    ("ratio <= 5.5 lower", "2024-10: 5.500001", "5.5 -0.000001 -0.000001 0.000002 slightly_behind"),
    ("ratio <= 5.5 lower", "2024-10: 6", "5.5 -0.5 -0.5 1 slightly_behind"),
    ("ratio <= 5.5 lower", "2024-10: 6.000001", "5.5 -0.500001 -0.500001 1.000002 behind"),
    ("rank <= 5", "2024-10: 5", "5 0 0 0 on_schedule"),
    ("rank <= 5", "2024-10: 6", "5 -1 -1 1 slightly_behind"),
    ("rank <= 5", "2024-10: 7", "5 -2 -2 2 behind"),
    ("total <= 100", "2024-10: 100", "100 0 0 0 on_schedule"),
    ("total <= 100", "2024-10: 105", "100 -5 -5 1 slightly_behind"),
    ("total <= 100", "2024-10: 105.000001", "100 -5.000001 -5.000001 1 behind"),
    ("growth <= 3", "2024-10: 4", "3 -1 -1 1 slightly_behind"),
    ("growth <= 3", "2024-10: 4.000001", "3 -1.000001 -1.000001 1.000001 behind"),
    ("level <= 50", "2024-10: 40", "50 10 20 0 on_schedule"),
    # a range is met from its near end; beyond the other end is no shortfall
    ("growth range 5 5.5", "2024-10: 4.999999", "5 -0.000001 -0.000001 0.000001 slightly_behind"),
    ("growth range 5 5.5", "2024-10: 5", "5 0 0 0 on_schedule"),
    ("growth range 5 5.5", "2024-10: 9", "5 4 4 0 on_schedule"),
    ("ratio range 3 4 lower", "2024-10: 4", "4 0 0 0 on_schedule"),
    ("ratio range 3 4 lower", "2024-10: 4.1", "4 -0.1 -0.1 0.2 slightly_behind"),
    ("ratio range 3 4 lower", "2024-10: 1", "4 3 3 0 on_schedule"),
    # 左右 is one-sided by direction, its tolerance 0 unless the book says otherwise
    ("growth ~= 6", "2024-10: 5.9", "6 -0.1 -0.1 0.1 slightly_behind"),
    ("growth ~= 6 tolerance=0.2", "2024-10: 5.8", "5.8 0 0 0 on_schedule"),
    ("growth ~= 6 tolerance=0.2", "2024-10: 5.7", "5.8 -0.1 -0.1 0.1 slightly_behind"),
    ("ratio ~= 3 tolerance=0.2 lower", "2024-10: 3.2", "3.2 0 0 0 on_schedule"),
    ("ratio ~= 3 tolerance=0.2 lower", "2024-10: 3.3", "3.2 -0.1 -0.1 0.2 slightly_behind"),
    ("total ~= 120 tolerance=12", "2024-10: 90", "90 0 0 0 on_schedule"),
    ("total ~= 120 tolerance=12", "2024-10: 108", "90 18 15 0 achieved"),
    # as assigned: nothing to hold it against until a value is entered
    ("ratio external", "2024-10: 3", "- - - - unknown"),
    ("ratio external 2.5", "2024-10: 2", "2.5 -0.5 -0.5 1 slightly_behind"),
    ("ratio external 2.5 lower", "2024-10: 2.5", "2.5 0 0 0 on_schedule"),
    ("total", "2024-10: 3", "- - - - no_target"),
    # only at the year end
    ("growth >= 4 year_end", "2024-10: 1", "- - - - not_due"),
    ("total >= 120 year_end", "2024-10: 60", "- - - - not_due"),
    ("total >= 120 year_end", "2024-10: 120", "100 20 16.666667 0 achieved"),
    # lumpy: the calendar is shown, red is left to its own dates
    ("total >= 120 lumpy", "2024-10: 0", "100 -100 -83.333333 16.666667 slightly_behind"),
    ("total >= 120 lumpy", "2024-10: 100", "100 0 0 0 on_schedule"),
    # never delivered
    ("total >= 120", "", "- - - - unknown"),
    ("growth >= 4 year_end", "", "- - - - not_due"),
    ("stage", "", "- - - - no_plan"),
    ("total", "", "- - - - no_target"),
    # a half-year target is over in June
    ("total >= 60 final=2024-06", "2024-03: 30", "30 0 0 0 on_schedule"),
    ("total >= 60 final=2024-06", "2024-06: 59.999999", "60 -0.000001 -0.000002 0 missed"),
    # a target of two years: 24 months, the first December is carried
    ("total >= 240 year=2023 final=2024-12", "2023-12: 110, 2024-10: 110", "220 0 0 0 on_schedule"),
    ("total >= 240 year=2023 final=2024-12", "2023-12: 110, 2024-10: 109", "220 -1 -0.416667 0.083333 slightly_behind"),
    ("total >= 240 year=2023 final=2024-12", "2024-10: 110", "220 - - - unknown"),
]  # fmt: skip

FINAL: list[Case] = [
    ("total >= 120", "2024-12: 119.999999", "120 -0.000001 -0.000001 0 missed"),
    ("total >= 120", "2024-12: 120", "120 0 0 0 achieved"),
    ("total >= 120 lumpy", "2024-12: 119", "120 -1 -0.833333 0.166667 missed"),
    ("growth >= 8", "2024-12: 7.999999", "8 -0.000001 -0.000001 0.000001 missed"),
    ("growth >= 8", "2024-12: 8", "8 0 0 0 achieved"),
    ("growth >= 8", "2024-12: ~8", "8 0 0 0 on_schedule"),
    ("growth >= 8", "2024-12: ~7.9", "8 -0.1 -0.1 0.1 slightly_behind"),
    ("growth ~= 6", "2024-12: 5.7", "6 -0.3 -0.3 0.3 missed"),
    ("level >= 760", "2024-12: 759", "760 -1 -0.131579 0.026316 missed"),
    ("level >= 760", "2023-12: 700, 2024-12: 760", "760 0 0 0 achieved"),
    ("ratio <= 5.5 lower", "2024-12: 5.5", "5.5 0 0 0 achieved"),
    ("ratio <= 5.5 lower", "2024-12: 5.6", "5.5 -0.1 -0.1 0.2 missed"),
    ("rank <= 5", "2024-12: 6", "5 -1 -1 1 missed"),
    ("total <= 0 lower", "2024-12: 0", "0 0 - 0 achieved"),
    ("total <= 0 lower", "2024-12: 1", "0 -1 - 0.2 missed"),
    ("growth >= 4 year_end", "2024-12: 3.9", "4 -0.1 -0.1 0.1 missed"),
    ("ratio external", "2024-12: 3", "- - - - unknown"),
    ("total", "2024-12: 3", "- - - - no_target"),
]  # fmt: skip


@pytest.fixture(scope="module")
def judged() -> dict[Case, str]:
    return dict(zip(CASES, map(in_words, judge_cases(CASES)), strict=True))


@pytest.fixture(scope="module")
def final() -> dict[Case, str]:
    return dict(zip(FINAL, map(in_words, judge_cases(FINAL, as_of="2025-01-28")), strict=True))


@pytest.mark.parametrize("case", CASES, ids=" | ".join)
def test_before_the_final_figure(judged: dict[Case, str], case: Case) -> None:
    assert judged[case] == case[2]


@pytest.mark.parametrize("case", FINAL, ids=" | ".join)
def test_at_the_final_period(final: dict[Case, str], case: Case) -> None:
    assert final[case] == case[2]
