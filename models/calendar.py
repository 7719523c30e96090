"""When a figure is due: the months an indicator reports in, the days it takes, the dates that moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from models.cell import Day, Month, MonthsOfYear, OptionalText, Text, Whole

ANY_INDICATOR = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """The reporting calendar of one indicator. Days count from the end of the period."""

    indicator_id: Text
    months: MonthsOfYear
    lag_days: Whole
    final_lag_days: Whole
    grace_days: Whole
    entered_on: Day
    note: OptionalText

    @property
    def key(self) -> str:
        return self.indicator_id

    def reports_in(self, period_end: date) -> bool:
        return period_end.month in self.months


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarMove:
    """One due date that moved, for a holiday say. `*` moves every indicator that reports in the period."""

    indicator_id: Text
    period: Month
    due_on: Day
    reason: Text
    entered_on: Day

    @property
    def key(self) -> tuple[str, date]:
        return (self.indicator_id, self.period)


def due_date(entry: CalendarEntry, period_end: date, *, final: bool) -> date:
    """The date on which the figure for `period_end` is due, moved dates aside."""
    return period_end + timedelta(days=entry.final_lag_days if final else entry.lag_days)


def closing_date(due_on: date, entry: CalendarEntry) -> date:
    """The last day on which the year stays open for an indicator whose final figure is due on `due_on`."""
    return due_on + timedelta(days=entry.grace_days)
