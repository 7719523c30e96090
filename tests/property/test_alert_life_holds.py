"""What holds of the life of an alert whatever the figures do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from models.alert import AlertKind, Life, Sighting, Watched, advance
from models.period import month_end

STARTS = {AlertKind.NEWLY_BEHIND, AlertKind.FLAPPING}
ENDS = {AlertKind.RECOVERED, AlertKind.CORRECTED, AlertKind.ACHIEVED, AlertKind.MISSED, AlertKind.CLOSED}
WHILE_BEHIND = {
    AlertKind.WORSENED, AlertKind.STILL_BEHIND, AlertKind.ESCALATED_LEADER, AlertKind.ESCALATED_LEADERSHIP,
}  # fmt: skip
STATUSES = ("achieved", "on_schedule", "slightly_behind", "behind", "missed", "not_due", "unknown", "no_plan")


@st.composite
def courses(draw: st.DrawFn) -> list[Sighting]:
    """Sightings as runs could see them: periods that mostly advance, are revised or withdrawn now and then."""
    month, found = 0, []
    for number in range(draw(st.integers(1, 16))):
        month = max(1, min(12, month + draw(st.sampled_from((1, 1, 1, 0, 0, -1)))))
        status = draw(st.sampled_from(STATUSES))
        short = status in ("slightly_behind", "behind", "missed")
        found.append(
            Sighting(
                date(2024, 1, 28) + timedelta(days=number),
                month_end(2024, month),
                status,
                draw(st.decimals(0, 9, places=1)) if short else Decimal(0),
                draw(st.sampled_from(("likely", "uncertain", "unlikely", "unknown"))),
                draw(st.sampled_from(("current", "current", "late", "closed"))),
                draw(st.integers(0, 2)),
            )
        )
    return found


TARGETS = st.builds(Watched, st.just("t"), st.booleans(), st.booleans())


def lives(course: list[Sighting], target: Watched) -> list[tuple[Life, tuple[AlertKind, ...]]]:
    found, life = [], Life()
    for seen in course:
        life, kinds = advance(life, seen, target, repeat_periods=3)
        found.append((life, kinds))
    return found


@given(courses(), TARGETS)
def test_a_trouble_is_told_before_its_end_and_never_begins_twice(
    course: list[Sighting], target: Watched
) -> None:
    is_open = False
    for life, kinds in lives(course, target):
        for kind in kinds:
            if kind in STARTS:
                assert not is_open
                is_open = True
            elif kind == AlertKind.RECOVERED or kind in WHILE_BEHIND:
                assert is_open
            if kind in ENDS:
                is_open = False
        assert life.is_firing == is_open


@given(courses(), TARGETS)
def test_one_as_of_date_tells_a_kind_at_most_once(course: list[Sighting], target: Watched) -> None:
    assert all(len(kinds) == len(set(kinds)) for _, kinds in lives(course, target))


@given(courses(), TARGETS)
def test_seeing_the_same_again_the_next_day_tells_nothing(course: list[Sighting], target: Watched) -> None:
    life, _ = lives(course, target)[-1]
    again = replace(course[-1], as_of=course[-1].as_of + timedelta(days=1))
    _, kinds = advance(life, again, target, repeat_periods=3)
    assert kinds == ()


@given(courses(), TARGETS)
def test_the_leadership_is_told_only_after_the_leader(course: list[Sighting], target: Watched) -> None:
    for life, _ in lives(course, target):
        assert life.leader_told or not life.leadership_told
        assert life.is_firing or not life.leader_told or life.is_missed or life.is_closed


@given(courses(), TARGETS)
def test_nothing_is_told_once_the_year_is_closed(course: list[Sighting], target: Watched) -> None:
    closed = False
    for seen, (_, kinds) in zip(course, lives(course, target), strict=True):
        assert not (closed and kinds)
        closed = closed or seen.data_state == "closed"
