"""When a figure is due: the months an indicator reports in, the days it takes, the dates that moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

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
