"""The run's own row: begun, finished, or found interrupted by the next run."""

from __future__ import annotations

from datetime import datetime
from importlib.metadata import version

from flows import warehouse
from flows.load import Loaded
from flows.settings import COMMON, Settings
from models.run import TIME_ZONE, RunContext


def begin(settings: Settings, context: RunContext, fingerprint: str) -> None:
    """Record that a run has started; whatever still says `running` was killed, since this one holds its place."""
    is_alone = context.group in (None, COMMON)
    with warehouse.posted(settings) as connection, warehouse.transaction(connection):
        connection.execute(
            "update run set outcome = 'interrupted' where outcome = 'running' and (? or region_group = ?)",
            [is_alone, context.group or ""],
        )
        connection.execute(
            "insert into run (run_id, as_of, mode, started_at, outcome, books_fingerprint, software_version, region_group)"
            " values (?, ?, ?, ?, 'running', ?, ?, ?)",
            [
                context.run_id,
                context.as_of,
                context.mode,
                context.started_at.replace(tzinfo=None),
                fingerprint,
                version("duban"),
                context.group,
            ],
        )


def finish(
    settings: Settings,
    context: RunContext,
    loaded: Loaded,
    *,
    skipped: int,
    alerts: int = 0,
    messages: int = 0,
) -> None:
    """Complete the run's row, of a run of all just before it is published."""
    with warehouse.posted(settings) as connection, warehouse.transaction(connection):
        connection.execute(
            "update run set outcome = 'done', finished_at = ?, deliveries_new = ?, deliveries_skipped = ?, rows_accepted = ?,"
            " rows_quarantined = ?, rows_refused = ?, alerts_raised = ?, messages_written = ? where run_id = ?",
            [
                datetime.now(TIME_ZONE).replace(tzinfo=None), loaded.deliveries, skipped, loaded.accepted,
                loaded.quarantined, loaded.refused, alerts, messages, context.run_id,
            ],
        )  # fmt: skip


def loaded_since(settings: Settings, moment: datetime) -> Loaded:
    """What all runs that began at `moment` or later took in together."""
    with warehouse.posted(settings) as connection:
        found = connection.execute(
            "select coalesce(sum(deliveries_new), 0), coalesce(sum(rows_accepted), 0), coalesce(sum(rows_quarantined), 0),"
            " coalesce(sum(rows_refused), 0) from run where started_at >= ? and outcome = 'done'",
            [moment.replace(tzinfo=None)],
        ).fetchall()
    return Loaded(*map(int, found[0]))
