"""Late figures: which reporting periods are due and not here, and the feed they should have come in.

A feed is what one office owes for one period by one date: one late delivery is one alert, however many
indicators it should have carried.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models.period import month_end


@dataclass(frozen=True)
class Timetable:
    """The reporting calendar of one indicator; `moves` maps a period to the date its figure was moved to."""

    months: tuple[int, ...]
    lag_days: int
    final_lag_days: int
    moves: Mapping[date, date]

    def due_on(self, period_end: date, *, final: bool) -> date:
        lag = self.final_lag_days if final else self.lag_days
        return self.moves.get(period_end, period_end + timedelta(days=lag))


@dataclass(frozen=True)
class Missing:
    """A period whose figure was due on `due_on` and is not here."""

    period_end: date
    due_on: date


@dataclass(frozen=True)
class Feed:
    """What `office` of `region` owes for a period by a date."""

    region: str
    office: str
    missing: Missing

    @property
    def subject_id(self) -> str:
        return f"{self.region}/{self.office}/{self.missing.period_end:%Y-%m}/{self.missing.due_on}"


def missing_periods(
    timetable: Timetable, *, year: int, final_period: date, after: date | None, as_of: date
) -> tuple[Missing, ...]:
    """The periods of `year` later than `after`, up to the final one, that are due before `as_of`."""
    ends = [month_end(year, month) for month in timetable.months]
    ends = [end for end in ends if end < final_period] + [final_period]
    due = [Missing(end, timetable.due_on(end, final=end == final_period)) for end in ends]
    return tuple(m for m in due if m.due_on < as_of and (after is None or m.period_end > after))


def days_late(missing: Missing, as_of: date) -> int:
    return (as_of - missing.due_on).days


def first_feeds(missing: Sequence[Missing], *, ever_delivered: bool) -> tuple[Missing, ...]:
    """The periods that are told as late: each one, but of a series that never came only the first."""
    return tuple(missing) if ever_delivered else tuple(missing[:1])
