"""The run's own facts, handed from stage to stage: which world it looks at, and how it is called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from models.delivery import content_id

TIME_ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class RunContext:
    """One run: `as_of` hides everything later; `mode` is run or replay (replay never sends mail)."""

    as_of: date
    started_at: datetime  # aware, Asia/Shanghai
    mode: str = "run"
    scheduled_for: date | None = None  # the date the schedule meant, when a schedule called
    group: str | None = None  # the group of regions that it is about; None = all

    @property
    def run_id(self) -> str:
        group = (self.group,) if self.group else ()
        return content_id("run", self.as_of, self.mode, self.started_at.isoformat(), *group)


def begin(as_of: date | None, *, now: datetime, mode: str = "run") -> RunContext:
    """A context as of `as_of`, or as of today in Shanghai."""
    here = now.astimezone(TIME_ZONE)
    return RunContext(as_of=as_of or here.date(), started_at=here, mode=mode)
