"""The monthly run, end to end. Start reading here.

    receive → validate → load → judge → report → alert → publish

One composition, two ways to call it: `step=call` runs the stages as plain functions, so that a terminal
needs no server; the Prefect flow (flows/deployments.py) passes a `step` that makes each stage a task.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from flows import heartbeat, runs, warehouse
from flows.errors import ConfigurationError
from flows.journal import Journal
from flows.load import Loaded
from flows.settings import Settings
from models.message import say
from models.run import TIME_ZONE, RunContext, begin

T = TypeVar("T")
Step = Callable[..., Any]

BRIEF_DAY = 28  # the month's figures are judged on the 28th of the following month


@dataclass(frozen=True)
class Summary:
    """What a run leaves behind: what it took in and which files to open."""

    context: RunContext
    loaded: Loaded
    files: tuple[str, ...]
    messages: int


def call(stage: Callable[..., T], *arguments: object) -> T:
    """Run a stage as the plain function that it is."""
    return stage(*arguments)


def run(
    settings: Settings, context: RunContext, *, step: Step = call, wait: float = 0, quiet: bool = False
) -> Summary:
    """One run as of `context.as_of`; safe to repeat, and safe to kill at any point."""
    from flows.alert import alert
    from flows.judge import judge
    from flows.load import load
    from flows.load_books import load_books, reading_fingerprint
    from flows.publish import publish
    from flows.receive import receive
    from flows.report import report
    from flows.validate import validate

    _refuse_overlap(settings)
    journal = Journal(settings.var / "log", context, quiet, settings.lang)

    def stage(work: Callable[..., T], *arguments: object) -> T:
        done: T = journal.timed(work.__name__, lambda: step(work, *arguments))
        return done

    with warehouse.locked(settings, wait=wait, purpose=f"duban {context.mode} --as-of {context.as_of}"):
        warehouse.prepare(settings, context)
        books = load_books(settings, context)
        fingerprint = reading_fingerprint(books)
        runs.begin(settings, context, fingerprint)
        received = stage(receive, settings, context, books, fingerprint)
        checked = stage(validate, settings, context, received.deliveries)
        loaded = stage(load, settings, context, checked.deliveries, fingerprint)
        stage(judge, settings, context)
        reported = stage(report, settings, context)
        alerted = stage(alert, settings, context)
        runs.finish(
            settings,
            context,
            loaded,
            skipped=received.skipped,
            alerts=alerted.transitions,
            messages=alerted.messages,
        )
        stage(publish, settings)
        heartbeat.beat(settings, context, now=datetime.now(TIME_ZONE))
    return Summary(context, loaded, reported.files, alerted.messages)


def _refuse_overlap(settings: Settings) -> None:
    """What a run writes must not be what the next run reads."""
    if settings.var.resolve().is_relative_to(settings.raw.resolve()):
        raise ConfigurationError(
            say(
                "产出目录 {var} 在报送文件目录 {raw} 之内，产出会被当作报送。请用 --var 另选目录。",
                var=settings.var,
                raw=settings.raw,
            )
        )


def replay(
    settings: Settings, first: date, last: date, *, wait: float = 0, quiet: bool = False
) -> list[Summary]:
    """A run for every data month from `first` to `last`, each as of the 28th of the following month."""
    return [
        run(settings, begin(as_of, now=datetime.now(TIME_ZONE), mode="replay"), wait=wait, quiet=quiet)
        for as_of in brief_dates(first, last)
    ]


def brief_dates(first: date, last: date) -> Iterator[date]:
    """The as-of dates at which the data months from `first` to `last` are judged."""
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        yield date(year, month, BRIEF_DAY)
