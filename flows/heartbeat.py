"""The dead man's switch: a file that says when the last run ended, for any monitor to watch.

A schedule that stopped cannot report itself. The next run that the schedule starts notices the days between,
`duban doctor` notices them at any time, and a monitor of the house can look at the age of the file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from flows.report import files
from flows.settings import Settings
from models.run import TIME_ZONE, RunContext

DAILY_BY = 10  # o'clock: the daily run of 08:30 should have ended by then


@dataclass(frozen=True)
class Heartbeat:
    """The last run that ended, and the last day that a schedule ran for."""

    as_of: date
    finished_at: datetime
    scheduled_for: date | None


def path(settings: Settings) -> Path:
    return settings.var / "heartbeat.json"


def beat(settings: Settings, context: RunContext, *, now: datetime) -> None:
    """Write the file at the end of a run; a run by hand leaves the schedule's last day standing."""
    if context.mode != "run":
        return
    before = read(settings)
    scheduled = context.scheduled_for or (before.scheduled_for if before else None)
    content = {
        "as_of": str(context.as_of),
        "finished_at": now.astimezone(TIME_ZONE).isoformat(timespec="seconds"),
        "scheduled_for": str(scheduled) if scheduled else None,
        "run_id": context.run_id,
    }
    files.write(path(settings), (json.dumps(content, ensure_ascii=False) + "\n").encode())


def read(settings: Settings) -> Heartbeat | None:
    """The last heartbeat; None where there is none or the file is damaged."""
    try:
        found = json.loads(path(settings).read_text(encoding="utf-8"))
        scheduled = found["scheduled_for"]
        return Heartbeat(
            date.fromisoformat(found["as_of"]),
            datetime.fromisoformat(found["finished_at"]),
            date.fromisoformat(scheduled) if scheduled else None,
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def missed_days(last: date | None, this: date) -> tuple[date, ...]:
    """The days between two scheduled runs that saw none; the schedule runs every day."""
    if last is None:
        return ()
    return tuple(last + timedelta(days=n) for n in range(1, (this - last).days))


def overdue_days(heartbeat: Heartbeat | None, now: datetime) -> tuple[date, ...]:
    """The scheduled days that should have been run by `now` and were not."""
    here = now.astimezone(TIME_ZONE)
    until = here.date() + timedelta(days=1) if here.hour >= DAILY_BY else here.date()
    return missed_days(heartbeat.scheduled_for if heartbeat else None, until)
