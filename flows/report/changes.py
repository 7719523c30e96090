"""What changed since the run before: one entry for each target and kind of change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flows.report.month import Month
from flows.report.reading import Row

# From worst to best; states that are not a judgement are compared with nothing.
STATUS_ORDER = ("missed", "behind", "slightly_behind", "on_schedule", "achieved")
OUTLOOK_ORDER = ("unlikely", "uncertain", "likely")
NO_DATA = ("late", "never_delivered")
KINDS = (
    "missed",
    "worse",
    "outlook_worse",
    "late",
    "better",
    "achieved",
    "outlook_better",
    "first",
    "restated",
)


@dataclass(frozen=True)
class Change:
    """One target's change: its kind, the assessment now and the one before (None where there was none)."""

    kind: str
    now: Row
    before: Row | None


def changes(month: Month) -> list[Change]:
    """All changes since the run before, the worst kinds first and in each the most severe first; none at the first run."""
    if month.previous_as_of is None:
        return []
    found = [change for row in month.variance for change in _changes_of(month, row)]
    return sorted(found, key=lambda c: (KINDS.index(c.kind), -(c.now["severity"] or 0), c.now["target_id"]))


def _changes_of(month: Month, now: Row) -> Iterator[Change]:
    before = month.before.get(now["target_id"])
    if kind := _status_change(now, before) or _outlook_change(now, before):
        yield Change(kind, now, before)
    if now["data_state"] in NO_DATA and (before is None or before["data_state"] not in NO_DATA):
        yield Change("late", now, before)
    if _restated_since(month, now):
        yield Change("restated", now, before)


def _status_change(now: Row, before: Row | None) -> str | None:
    was, is_now = before["status"] if before else None, now["status"]
    if is_now == was or is_now not in STATUS_ORDER:
        return None
    if was not in STATUS_ORDER:
        return "first" if is_now not in ("achieved", "missed") else is_now
    if is_now in ("achieved", "missed"):
        return str(is_now)
    return "better" if STATUS_ORDER.index(is_now) > STATUS_ORDER.index(was) else "worse"


def _outlook_change(now: Row, before: Row | None) -> str | None:
    was, is_now = before["outlook"] if before else None, now["outlook"]
    if was == is_now or was not in OUTLOOK_ORDER or is_now not in OUTLOOK_ORDER:
        return None
    return "outlook_better" if OUTLOOK_ORDER.index(is_now) > OUTLOOK_ORDER.index(was) else "outlook_worse"


def _restated_since(month: Month, row: Row) -> bool:
    """Whether a figure of the target's series was replaced by a delivery that came since the run before."""
    return any(True for _ in restatements(month, row))


def restatements(month: Month, row: Row) -> Iterator[Row]:
    """Versions of this year's figures that a delivery since the run before has replaced."""
    versions = month.series.get((row["indicator"], row["measure"], row["basis"]), ())
    received = {d["delivery_id"]: d["received"] for d in month.deliveries}
    for version in versions:
        arrived = received.get(version["superseded_by"]) if version["superseded_by"] else None
        if (
            arrived
            and version["difference"]
            and (month.previous_as_of is None or arrived > month.previous_as_of)
        ):
            yield version
