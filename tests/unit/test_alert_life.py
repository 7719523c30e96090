"""The life of an alert: what a sequence of figures tells, and what it does not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from models.alert import AlertKind, AlertState, Life, Sighting, Watched, advance, summarise
from models.period import month_end

MONTHLY = Watched("t")
QUARTERLY = Watched("t", is_quarterly=True)
HEADLINE = Watched("t", is_headline=True)
STATUS = {
    "g": "on_schedule",
    "y": "slightly_behind",
    "r": "behind",
    "a": "achieved",
    "m": "missed",
    "u": "unknown",
    "n": "not_due",
    "l": "slightly_behind",  # of a target that comes in lumps, between its own dates
}


def sighting(month: int, letter: str, **changes: object) -> Sighting:
    """Month `month` of 2024 as seen on the 28th of the month after."""
    year, after = (2024, month + 1) if month < 12 else (2025, 1)
    severity = {"y": Decimal("0.5"), "r": Decimal("1.5")}.get(letter, Decimal(0))
    facts = {
        "as_of": date(year, after, 28),
        "period_end": month_end(2024, month),
        "status": STATUS[letter],
        "severity": severity,
        "is_between_dates": letter == "l",
    }
    return Sighting(**(facts | changes))  # type: ignore[arg-type]


def told(course: str, target: Watched = MONTHLY, *, n: int = 3) -> list[str]:
    """What each figure of a course such as `g y r` tells, as `kind+kind`; a dot where nothing is told."""
    life, found = Life(), []
    for month, letter in enumerate(course.split(), 2):
        life, kinds = advance(life, sighting(month, letter), target, repeat_periods=n)
        found.append("+".join(kinds) or ".")
    return found


@pytest.mark.parametrize(
    ("course", "expected"),
    [
        ("g g g g", ". . . ."),
        ("r", "newly_behind"),
        ("g r g", ". newly_behind recovered"),
        ("y", "pending"),
        ("y g", "pending cleared"),
        ("y y", "pending newly_behind"),
        ("y r", "pending newly_behind"),
        ("y g y", "pending cleared pending"),
        ("r r", "newly_behind escalated_leader"),
        ("r r r", "newly_behind escalated_leader escalated_leadership"),
        ("r r r r", "newly_behind escalated_leader escalated_leadership still_behind"),
        ("r r r r r r r", "newly_behind escalated_leader escalated_leadership still_behind . . still_behind"),
        ("y y y y", "pending newly_behind . escalated_leader"),
        ("r y y g", "newly_behind . escalated_leader recovered"),
        ("y y r", "pending newly_behind worsened+escalated_leader"),
        ("g a a", ". achieved ."),
        ("r a", "newly_behind achieved"),
        ("r m", "newly_behind missed"),
        ("g m m", ". missed ."),
        ("m a", "missed achieved"),
        ("m g m", "missed corrected missed"),
        ("r m r m", "newly_behind missed newly_behind+escalated_leader+escalated_leadership missed"),
        ("r u g", "newly_behind . recovered"),
        ("r n", "newly_behind ."),
        ("u u", ". ."),
        ("l l l l l l", ". . . . . ."),
        ("l l r r", ". . newly_behind escalated_leader"),
        ("l l m", ". . missed"),
        ("l y l y", ". pending cleared pending"),
        ("r l", "newly_behind corrected"),
    ],
)
def test_a_course_of_figures_tells(course: str, expected: str) -> None:
    assert told(course) == expected.split()


def test_flapping_between_two_states_is_told_once_and_then_only_its_end() -> None:
    course = "r g r g r g g"
    assert told(course) == [
        "newly_behind", "recovered", "flapping", ".", "escalated_leader", ".", "recovered",
    ]  # fmt: skip


def test_a_target_that_was_calm_for_two_figures_is_newly_behind_again() -> None:
    assert told("r g g r")[-1] == "newly_behind"


def test_a_waiting_yellow_figure_does_not_make_the_calm_before_it_short() -> None:
    assert told("r g g y r")[-1] == "newly_behind"


def test_a_quarterly_target_reaches_its_leader_at_the_first_figure_behind() -> None:
    assert told("r", QUARTERLY) == ["newly_behind+escalated_leader"]
    assert told("y", QUARTERLY) == ["pending"]


def test_a_headline_target_reaches_the_leadership_at_every_figure_and_only_then() -> None:
    assert told("g g", HEADLINE) == ["headline_figure", "headline_figure"]
    life, _ = advance(Life(), sighting(2, "g"), HEADLINE, repeat_periods=3)
    again = sighting(2, "g", as_of=date(2024, 4, 1))
    assert advance(life, again, HEADLINE, repeat_periods=3)[1] == ()


def test_seeing_the_same_figure_on_another_day_tells_nothing() -> None:
    life, _ = advance(Life(), sighting(3, "r"), MONTHLY, repeat_periods=1)
    for day in range(1, 28):
        life, kinds = advance(life, sighting(3, "r", as_of=date(2024, 5, day)), MONTHLY, repeat_periods=1)
        assert kinds == ()
    assert life.weight == 2


def test_worsened_is_told_from_a_whole_scale_more_and_not_below() -> None:
    for severity, expected in (("2.4", ()), ("2.5", (AlertKind.WORSENED,)), ("2.6", (AlertKind.WORSENED,))):
        life, _ = advance(Life(), sighting(2, "r", severity=Decimal("1.5")), MONTHLY, repeat_periods=9)
        worse = sighting(3, "r", severity=Decimal(severity))
        _, kinds = advance(life, worse, MONTHLY, repeat_periods=9)
        assert tuple(k for k in kinds if k == AlertKind.WORSENED) == expected


def test_a_figure_revised_from_red_to_green_recovers_and_counts_anew() -> None:
    life, _ = advance(Life(), sighting(2, "r"), MONTHLY, repeat_periods=3)
    life, kinds = advance(life, sighting(2, "g", as_of=date(2024, 4, 1)), MONTHLY, repeat_periods=3)
    assert kinds == (AlertKind.RECOVERED,)
    assert life.weight == 0


def test_a_withdrawn_red_figure_is_taken_back_not_called_recovered() -> None:
    life, _ = advance(Life(), sighting(2, "y"), MONTHLY, repeat_periods=3)
    life, kinds = advance(life, sighting(3, "r"), MONTHLY, repeat_periods=3)
    assert kinds == (AlertKind.NEWLY_BEHIND,)
    withdrawn = sighting(2, "y", as_of=date(2024, 5, 2))
    _, kinds = advance(life, withdrawn, MONTHLY, repeat_periods=3)
    assert kinds == (AlertKind.CORRECTED,)


def test_a_withdrawal_that_uncovers_a_red_figure_tells_it_at_once_and_not_again_the_next_day() -> None:
    life, _ = advance(Life(), sighting(3, "g"), MONTHLY, repeat_periods=3)
    life, _ = advance(life, sighting(4, "g"), MONTHLY, repeat_periods=3)
    restated = sighting(3, "r", as_of=date(2024, 6, 1))
    life, kinds = advance(life, restated, MONTHLY, repeat_periods=3)
    assert kinds == (AlertKind.NEWLY_BEHIND,)
    assert advance(life, sighting(3, "r", as_of=date(2024, 6, 2)), MONTHLY, repeat_periods=3)[1] == ()


def test_a_missed_figure_taken_back_forgets_whom_it_was_told_to() -> None:
    life, _ = advance(Life(), sighting(9, "r"), QUARTERLY, repeat_periods=3)
    life, _ = advance(life, sighting(12, "m"), QUARTERLY, repeat_periods=3)
    life, kinds = advance(life, sighting(12, "g", as_of=date(2025, 2, 28)), QUARTERLY, repeat_periods=3)
    assert kinds == (AlertKind.CORRECTED,)
    assert not life.leader_told


@pytest.mark.parametrize(("overdue", "expected"), [(0, ()), (1, ("escalated_leader",))])
def test_a_missing_figure_counts_as_a_figure_behind_for_the_leader(
    overdue: int, expected: tuple[str, ...]
) -> None:
    life, _ = advance(Life(), sighting(2, "r"), MONTHLY, repeat_periods=3)
    late = sighting(2, "r", as_of=date(2024, 4, 28), data_state="late", overdue=overdue)
    assert advance(life, late, MONTHLY, repeat_periods=3)[1] == expected


def test_a_late_target_that_is_not_behind_is_never_escalated() -> None:
    life, _ = advance(Life(), sighting(2, "g"), MONTHLY, repeat_periods=3)
    late = sighting(2, "g", as_of=date(2024, 7, 28), data_state="late", overdue=4)
    assert advance(life, late, MONTHLY, repeat_periods=3)[1] == ()


def test_a_series_that_vanishes_never_recovers() -> None:
    life, _ = advance(Life(), sighting(2, "r"), MONTHLY, repeat_periods=3)
    gone = Sighting(date(2024, 4, 28), None, "unknown", data_state="never_delivered")
    life, kinds = advance(life, gone, MONTHLY, repeat_periods=3)
    assert AlertKind.RECOVERED not in kinds
    assert life.is_firing


def test_the_end_of_a_year_ends_its_alerts_for_good() -> None:
    life, _ = advance(Life(), sighting(11, "r"), MONTHLY, repeat_periods=1)
    closed = sighting(12, "r", data_state="closed")
    life, kinds = advance(life, closed, MONTHLY, repeat_periods=1)
    assert kinds == (AlertKind.CLOSED,)
    again, kinds = advance(life, sighting(12, "m"), HEADLINE, repeat_periods=1)
    assert (again, kinds) == (life, ())


def outlooks(course: str) -> list[str]:
    words = {"L": "likely", "U": "unlikely", "?": "uncertain", "-": "unknown"}
    life, found = Life(), []
    for month, letter in enumerate(course.split(), 2):
        life, kinds = advance(life, sighting(month, "g", outlook=words[letter]), MONTHLY, repeat_periods=3)
        found.append("+".join(kinds) or ".")
    return found


@pytest.mark.parametrize(
    ("course", "expected"),
    [
        ("L U U", ". outlook_unlikely ."),
        ("U", "outlook_unlikely"),
        ("U ? U", "outlook_unlikely . ."),
        ("U L U", "outlook_unlikely . ."),
        ("U L L U", "outlook_unlikely . . outlook_unlikely"),
        ("- -", ". ."),
    ],
)
def test_an_outlook_that_becomes_unlikely_is_told_once(course: str, expected: str) -> None:
    assert outlooks(course) == expected.split()


def test_a_settled_target_has_no_outlook_to_tell() -> None:
    seen = sighting(12, "m", outlook="unlikely")
    assert advance(Life(), seen, MONTHLY, repeat_periods=3)[1] == (AlertKind.MISSED,)


@pytest.mark.parametrize(
    ("letter", "periods", "state", "leader", "leadership"),
    [
        ("g", 5, AlertState.RESOLVED, False, False),
        ("y", 1, AlertState.PENDING, False, False),
        ("y", 2, AlertState.FIRING, False, False),
        ("r", 1, AlertState.FIRING, False, False),
        ("r", 2, AlertState.ESCALATED, True, False),
        ("r", 3, AlertState.ESCALATED, True, True),
    ],
)
def test_the_first_run_starts_where_the_target_stands(
    letter: str, periods: int, state: AlertState, leader: bool, leadership: bool
) -> None:
    life = summarise(sighting(6, letter), periods, MONTHLY)
    assert (life.state, life.leader_told, life.leadership_told) == (state, leader, leadership)


def test_a_target_that_comes_in_lumps_starts_calm_between_its_dates() -> None:
    life = summarise(sighting(5, "l", outlook="unlikely"), 4, QUARTERLY)
    assert (life.weight, life.is_firing, life.leader_told, life.state) == (
        0,
        False,
        False,
        AlertState.RESOLVED,
    )


def test_what_the_summary_told_is_not_told_again_by_the_next_run() -> None:
    life = summarise(sighting(6, "r"), 3, MONTHLY)
    assert advance(life, sighting(6, "r", as_of=date(2024, 7, 29)), MONTHLY, repeat_periods=3)[1] == ()
