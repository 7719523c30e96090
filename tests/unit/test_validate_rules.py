"""Each rule of the gate, below, at and above its bound, and what it leaves alone."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from gate_rows import SUBJECTS, figure, judged, past, rows, said_of, series

from expectations.observation_words import _WORDS
from expectations.observations import BY_ID, RULES
from models.delivery import Severity

LAST_YEAR = past(*series("retail ytd 2023-02", "19 28 39 50 62 73 85 97 108 120 131"))
STEADY = past(*series("retail growth ytd 2023-02", "4 5 4.5 4.2 4.4 4.6 4.1 4.3 4.5 4.4 4.2"))
YEAR = date(2024, 12, 31)
Q, W, R = "quarantined", "warning", "refused"


def test_every_rule_has_words_and_an_own_id() -> None:
    assert [rule.id for rule in RULES] == list(dict.fromkeys(rule.id for rule in RULES))
    assert set(_WORDS) == set(BY_ID)
    assert all(item.rule == rule.id for rule in RULES for item in rule.expectations)


def test_a_figure_without_a_past_is_believed() -> None:
    assert said_of(figure("retail ytd 2024-03", "31")) == []


def test_a_normal_year_raises_nothing() -> None:
    """Cumulative figures double from February to March: that is the calendar, not a jump."""
    year = rows("d", YEAR, *series("retail ytd 2024-02", "20 30 41 53 65 77 89 101 114 126 138"))
    assert all(said == (True, []) for said in judged(year, known=LAST_YEAR).values())


@pytest.mark.parametrize(
    ("received", "said"),
    [(date(2024, 3, 30), [(Q, "future_period")]), (date(2024, 3, 31), []), (date(2024, 4, 1), [])],
    ids=["day before the end", "last day", "day after"],
)
def test_a_period_must_be_over_when_its_figure_comes(received: date, said: list[tuple[str, str]]) -> None:
    assert said_of(figure("retail ytd 2024-03", "31"), received=received) == said


def test_an_estimate_may_come_before_the_end_with_a_remark() -> None:
    early = said_of(figure("retail ytd 2024-03", "31"), received=date(2024, 3, 20), finality="estimate")
    assert early == [(W, "estimate_before_end")]


@pytest.mark.parametrize(
    ("period", "said"),
    [("2024-02", [(Q, "outside_calendar")]), ("2024-03", []), ("2024-04", [(Q, "outside_calendar")])],
)
def test_a_figure_outside_the_calendar_is_kept_out(period: str, said: list[tuple[str, str]]) -> None:
    assert said_of(figure(f"gdp ytd {period}", "100")) == said


@pytest.mark.parametrize(
    ("period", "said"),
    [("2022-01", [(W, "outside_calendar_then")]), ("2023-01", [(Q, "outside_calendar")])],
    ids=["two years back", "last year"],
)
def test_the_calendar_speaks_of_today_and_not_of_old_years(period: str, said: list[tuple[str, str]]) -> None:
    assert said_of(figure(f"retail ytd {period}", "10")) == said


def test_an_indicator_without_calendar_may_come_at_any_time() -> None:
    assert said_of(figure("sewage ratio ytd 2024-01", "95")) == []


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("sewage ratio ytd 2024-06|-0.01", [(Q, "out_of_range")]),
        ("sewage ratio ytd 2024-06|0", []),
        ("sewage ratio ytd 2024-06|100", []),
        ("sewage ratio ytd 2024-06|100.01", [(Q, "out_of_range")]),
        ("retail growth ytd 2024-06|-100.1", [(Q, "out_of_range")]),
        ("retail growth ytd 2024-06|-100", []),
        ("retail growth ytd 2024-06|1000", []),
        ("retail growth ytd 2024-06|1000.1", [(Q, "out_of_range")]),
        ("retail ytd 2024-06|-0.01", [(Q, "out_of_range")]),
        ("retail ytd 2024-06|0", []),
        ("retail rank ytd 2024-06|0", [(Q, "out_of_range")]),
        ("retail rank ytd 2024-06|1", []),
        ("jobs ytd 2024-06|500.5", [(Q, "not_whole")]),
        ("jobs ytd 2024-06|500.0", []),
        ("jobs growth ytd 2024-06|0.5", []),
        ("retail rank ytd 2024-06|1.5", [(Q, "not_whole")]),
    ],
)
def test_values_stay_in_the_domain_of_their_measure(cell: str, said: list[tuple[str, str]]) -> None:
    text, value = cell.split("|")
    assert said_of(figure(text, value)) == said


def test_a_series_that_was_negative_before_may_be_so_again() -> None:
    released = past(figure("retail ytd 2024-05", "-3"))
    assert said_of(figure("retail ytd 2024-06", "-3.1"), known=released) == []
    assert said_of(figure("retail ytd 2024-06", "-3"), known=()) == [(Q, "out_of_range")]


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e14"])
def test_what_cannot_be_kept_is_refused(value: str) -> None:
    assert said_of(figure("retail ytd 2024-06", value)) == [(R, "value_unusable")]


@pytest.mark.parametrize("factor", ["1000", "10000", "100000000", "0.001", "0.0001"])
def test_a_slip_of_the_unit_is_quarantined(factor: str) -> None:
    value = str(Decimal(31) * Decimal(factor))
    assert said_of(figure("retail ytd 2024-03", value), known=LAST_YEAR) == [(Q, "unit_slip")]


@pytest.mark.parametrize(
    ("value", "said"),
    [("69000", [(Q, "unit_slip")]), ("70000", [(Q, "unit_slip")]), ("71000", [(Q, "jump")])],
    ids=["below", "at", "above"],
)
def test_a_slip_leaves_room_for_a_factor_of_two_and_a_half(value: str, said: list[tuple[str, str]]) -> None:
    """2.8亿元 a year before: 10⁴ times it, and a factor of 2.51 of real change, is 70,333."""
    known = past(figure("retail ytd 2023-03", "2.8"))
    assert said_of(figure("retail ytd 2024-03", value), known=known) == said


def test_a_whole_file_in_the_wrong_unit_does_not_vouch_for_itself() -> None:
    sent = rows("d", YEAR, *series("retail ytd 2024-02", "200000 310000 420000 540000"))
    assert [p[0].rule for _, p in judged(sent, known=LAST_YEAR).values()] == ["unit_slip"] * 4


def test_without_a_past_the_other_figures_of_the_file_show_the_slip() -> None:
    sent = rows("d", YEAR, *series("retail ytd 2024-02", "20 31 420000 55"))
    assert [accepted for accepted, _ in judged(sent).values()] == [True, True, False, True]


def test_of_two_figures_that_disagree_by_a_unit_nobody_knows_which_is_right() -> None:
    sent = rows("d", YEAR, *series("retail ytd 2024-02", "20 310000"))
    assert [[p.rule for p in found] for _, found in judged(sent).values()] == [["unit_slip"], ["unit_slip"]]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("28", []),
        ("84", []),
        ("87", [(W, "notable_change")]),
        ("166", [(W, "notable_change")]),
        ("172", [(Q, "jump")]),
    ],
)
def test_a_jump_of_six_is_kept_out_and_one_of_three_remarked(value: str, said: list[tuple[str, str]]) -> None:
    known = past(figure("retail ytd 2023-03", "28"))
    assert said_of(figure("retail ytd 2024-03", value), known=known) == said


def test_a_series_that_always_jumps_may_jump() -> None:
    known = past(*series("retail month 2023-01", "1 300 2 90 400 1 50 2 700 1 30 900"))
    assert said_of(figure("retail month 2024-06", "8000"), known=known) == []


def test_small_counts_may_do_anything() -> None:
    known = past(figure("jobs ytd 2023-03", "1"))
    assert said_of(figure("jobs ytd 2024-03", "19"), known=known) == []
    assert said_of(figure("jobs ytd 2024-03", "20"), known=known) == [(Q, "jump")]


def test_a_zero_where_there_always_was_something_is_a_missing_figure() -> None:
    assert said_of(figure("retail ytd 2024-02", "0"), known=LAST_YEAR) == [(Q, "jump")]


def test_a_zero_in_a_series_that_knows_zeros_is_a_figure() -> None:
    known = past(*series("retail ytd 2023-02", "0 28"))
    assert said_of(figure("retail ytd 2024-02", "0"), known=known) == []


@pytest.mark.parametrize(
    ("value", "said"),
    [("20", []), ("26", [(W, "notable_change")]), ("40", [(W, "notable_change")]), ("41", [(Q, "jump")])],
)
def test_growth_jumps_in_points_and_against_its_own_swing(value: str, said: list[tuple[str, str]]) -> None:
    assert said_of(figure("retail growth ytd 2024-02", value), known=STEADY) == said


def test_growth_that_swings_widely_may_swing() -> None:
    known = past(*series("retail growth ytd 2023-02", "80 -20 35 -5 12 60 10 5 4 3 2"))
    assert said_of(figure("retail growth ytd 2024-02", "130"), known=known) == []


def test_an_index_in_the_place_of_a_growth_is_kept_out() -> None:
    assert said_of(figure("retail growth ytd 2024-02", "104.1"), known=STEADY) == [(Q, "jump")]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("50", []),
        ("49.99", [(W, "cumulative_dips")]),
        ("45", [(W, "cumulative_dips")]),
        ("44.9", [(Q, "cumulative_falls")]),
    ],
    ids=["same", "a little less", "a tenth less", "more than a tenth less"],
)
def test_a_cumulative_figure_seldom_falls(value: str, said: list[tuple[str, str]]) -> None:
    known = past(figure("retail ytd 2024-04", "50"))
    assert said_of(figure("retail ytd 2024-05", value), known=known) == said


def test_a_new_year_begins_from_nothing() -> None:
    assert said_of(figure("retail ytd 2024-02", "20"), known=LAST_YEAR) == []


def test_a_month_that_comes_late_must_fit_under_the_next() -> None:
    known = past(figure("retail ytd 2024-05", "50"))
    assert said_of(figure("retail ytd 2024-04", "56"), known=known) == [(Q, "cumulative_falls")]
    assert said_of(figure("retail ytd 2024-04", "55"), known=known) == [(W, "cumulative_dips")]


def test_a_restated_year_is_held_against_itself_and_not_against_what_it_restates() -> None:
    sent = rows("d", YEAR, *series("retail ytd 2023-02", "15 22 31 40 50"))
    assert all(accepted for accepted, _ in judged(sent, known=LAST_YEAR).values())


def test_a_bound_neither_falls_nor_jumps() -> None:
    known = past(figure("retail ytd 2024-04", "50"), figure("retail ytd 2023-05", "500"))
    assert said_of(figure("retail ytd 2024-05", "45", bound=">="), known=known) == []
    slipped = said_of(
        figure("retail ytd 2024-05", "600000", bound=">="), known=past(figure("retail ytd 2024-04", "50"))
    )
    assert slipped == [(Q, "unit_slip")]


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("11", []),
        ("11.3", [(W, "sum_of_months_off")]),
        ("8", [(W, "sum_of_months_off")]),
        ("7", [(Q, "sum_of_months")]),
    ],
)
def test_months_add_up_to_the_cumulative_figure(part: str, said: list[tuple[str, str]]) -> None:
    known = past(figure("retail ytd 2024-02", "20.01"))
    sent = rows(
        "d",
        YEAR,
        figure("retail ytd 2024-03", "31.01"),
        figure("retail month 2024-03", f"{part}.00" if "." not in part else part),
    )
    found = judged(sent, known=known)["d", 2][1]
    assert [(str(p.severity), p.rule) for p in found] == said


def test_rounding_does_not_break_a_sum() -> None:
    """1.2 万人 is anything from 11,500 to 12,500."""
    known = past(figure("jobs ytd 2024-02", "7000"))
    printed = {"printed": "1.2"}
    sent = rows(
        "d",
        YEAR,
        figure("jobs ytd 2024-03", "12000", **printed),
        figure("jobs month 2024-03", "4600", printed="4600"),
    )
    assert judged(sent, known=known)["d", 2] == (True, [])


def test_quarters_add_up_too() -> None:
    sent = rows(
        "d", YEAR, figure("gdp ytd 2024-03", "100"), figure("gdp quarter 2024-03", "100"),
        figure("gdp ytd 2024-06", "210"), figure("gdp quarter 2024-06", "60"),
    )  # fmt: skip
    assert [[p.rule for p in found] for _, found in judged(sent).values()] == [[], [], ["sum_of_months"], []]


@pytest.mark.parametrize(
    ("growth", "said"),
    [
        ("9.5", []),
        ("9.0", []),
        ("8.9", [(W, "growth_against_levels")]),
        ("11.0", []),
        ("11.1", [(W, "growth_against_levels")]),
    ],
)
def test_published_growth_against_levels_is_a_remark(growth: str, said: list[tuple[str, str]]) -> None:
    """28 → 30.8 is 10 %; one point, and half a tenth of rounding, are let pass."""
    known = past(figure("retail ytd 2023-03", "28"))
    sent = rows("d", YEAR, figure("retail growth ytd 2024-03", growth), figure("retail ytd 2024-03", "30.8"))
    assert [(str(p.severity), p.rule) for p in judged(sent, known=known)["d", 2][1]] == said


def test_one_key_with_two_values_keeps_both_out_and_nothing_else() -> None:
    sent = rows(
        "d",
        YEAR,
        figure("retail ytd 2024-03", "31"),
        figure("retail ytd 2024-03", "32"),
        figure("retail ytd 2024-04", "42"),
    )
    assert [[p.rule for p in found] for _, found in judged(sent).values()] == [
        ["same_key_two_values"], ["same_key_two_values"], [],
    ]  # fmt: skip


def test_a_bound_and_a_figure_are_two_values() -> None:
    sent = rows("d", YEAR, figure("retail ytd 2024-03", "31"), figure("retail ytd 2024-03", "31", bound=">="))
    assert [accepted for accepted, _ in judged(sent).values()] == [False, False]


def test_one_key_twice_with_one_value_is_kept_once() -> None:
    sent = rows("d", YEAR, figure("retail ytd 2024-03", "31"), figure("retail ytd 2024-03", "31.0"))
    said = [
        (accepted, [(str(p.severity), p.rule) for p in found]) for accepted, found in judged(sent).values()
    ]
    assert said == [(True, []), (False, [(W, "same_key_repeated")])]


def test_the_same_key_in_two_deliveries_is_a_restatement() -> None:
    assert said_of(figure("retail ytd 2024-03", "32"), known=past(figure("retail ytd 2024-03", "31"))) == []


def test_other_regions_measures_and_bases_are_other_series() -> None:
    known = past(figure("retail ytd 2023-03", "28"), figure("retail month 2024-02", "9"))
    assert said_of(figure("retail ytd 2024-03", "280000", region="500000"), known=known) == []
    assert said_of(figure("retail growth ytd 2024-03", "90"), known=known) == []
    assert said_of(figure("retail quarter 2024-03", "280000"), known=known) == []


def test_a_later_delivery_is_not_a_past() -> None:
    known = past(figure("retail ytd 2024-03", "310000"), received=date(2024, 6, 1))
    assert said_of(figure("retail ytd 2024-04", "42"), known=known, received=date(2024, 5, 20)) == []


def test_what_was_kept_out_is_nobodys_past() -> None:
    wrong = rows("a", date(2024, 5, 20), figure("retail ytd 2024-04", "420000"))
    right = rows("b", date(2024, 6, 20), figure("retail ytd 2024-05", "53"))
    outcome = judged(wrong + right, known=LAST_YEAR)
    assert [accepted for accepted, _ in outcome.values()] == [False, True]


def test_only_what_keeps_a_figure_out_can_be_released() -> None:
    assert {rule.severity for rule in RULES} == set(Severity)
    found = judged(rows("d", YEAR, figure("retail ytd 2024-03", "310000")), known=LAST_YEAR)["d", 2][1]
    assert found[0].candidate == figure("retail ytd 2024-03", "310000")
    refused = judged(rows("d", YEAR, figure("retail ytd 2024-03", "NaN")))["d", 2][1]
    assert refused[0].candidate is None


def test_one_figure_is_one_question_with_every_objection() -> None:
    known = LAST_YEAR + past(figure("retail ytd 2024-05", "54"), name="q", received=date(2024, 6, 20))
    _, (problem,) = judged(rows("d", YEAR, figure("retail ytd 2024-06", "6.5")), known=known)["d", 2]
    assert problem.rule == "jump"
    assert problem.message == (
        "社会消费品零售总额2024年1—6月为 6.5亿元，是2023年1—6月的 62亿元的 0.1 倍，远超该序列以往的波动。"
        " 另外：社会消费品零售总额2024年1—6月为 6.5亿元，小于2024年1—5月累计的 54亿元，年内累计数下降超过一成。"
    )


def test_subjects_of_these_tests_cover_the_calendars() -> None:
    assert {len(subject.months) for subject in SUBJECTS} == {0, 4, 11}


def test_the_rules_are_documented_in_their_order_with_how_they_end() -> None:
    text = (Path(__file__).parents[2] / "docs" / "gate.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `(\w+)` \| (\w+)", text, flags=re.MULTILINE)
    assert told == [(rule.id, str(rule.severity)) for rule in RULES]
