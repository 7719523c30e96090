"""The monthly run, end to end. Start reading here.

    receive → validate → load → judge → report → alert → publish

One composition, two ways to call it: `step=call` runs the stages as plain functions, so that a terminal
needs no server; the Prefect flow (flows/deployments.py) passes a `step` that makes each stage a task.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from flows import groups, heartbeat, runs, warehouse
from flows.errors import ConfigurationError
from flows.journal import Journal
from flows.load import Loaded
from flows.settings import COMMON, Settings
from models.message import say
from models.run import TIME_ZONE, RunContext, begin

if TYPE_CHECKING:
    from flows.books import Books

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


@dataclass(frozen=True)
class _Begun:
    """A run that holds what it needs: its books are in the warehouse and its row is written."""

    settings: Settings
    context: RunContext
    books: Books
    fingerprint: str
    stage: Step


@dataclass(frozen=True)
class _Taken:
    """What the first half of a run took in and wrote."""

    loaded: Loaded = Loaded(0, 0, 0, 0)
    skipped: int = 0
    files: tuple[str, ...] = ()


def run(
    settings: Settings, context: RunContext, *, step: Step = call, wait: float = 0, quiet: bool = False
) -> Summary:
    """One run as of `context.as_of`; safe to repeat, and safe to kill at any point.

    Where the settings group regions, it is one run of each group and a roll-up. Groups need nothing of each other,
    so they may as well be run by several processes at once (flows/groups.py).
    """
    if context.group is not None:
        return run_group(settings, context, step=step, wait=wait, quiet=quiet)
    if settings.groups:
        named = (replace(context, group=name) for name in (COMMON, *settings.groups))
        parts = [run_group(settings, part, step=step, wait=wait, quiet=quiet) for part in named]
        return together(parts, roll_up(settings, context, step=step, wait=wait, quiet=quiet))
    with _begun(settings, context, step, wait=wait, quiet=quiet) as begun:
        return _tell(begun, _take_in(begun))


def run_group(
    settings: Settings, context: RunContext, *, step: Step = call, wait: float = 0, quiet: bool = False
) -> Summary:
    """The run of one group as far as its reports; what it found is told and published by the roll-up."""
    groups.require(settings, str(context.group))
    with _begun(settings, context, step, wait=wait, quiet=quiet) as begun:
        taken = _take_in(begun)
        runs.finish(begun.settings, context, taken.loaded, skipped=taken.skipped)
    return Summary(context, taken.loaded, taken.files, 0)


def roll_up(
    settings: Settings, context: RunContext, *, step: Step = call, wait: float = 0, quiet: bool = False
) -> Summary:
    """What can be done only once and of all groups together: one mail a recipient, one published file."""
    with _begun(settings, context, step, wait=wait, quiet=quiet) as begun:
        return _tell(begun, _Taken())


def together(parts: Iterable[Summary], rolled_up: Summary) -> Summary:
    """The roll-up with what the groups took in and wrote before it."""
    parts = (*parts, rolled_up)
    counts = zip(*(astuple(part.loaded) for part in parts), strict=True)
    return replace(
        rolled_up,
        loaded=Loaded(*map(sum, counts)),
        files=tuple(dict.fromkeys(file for part in parts for file in part.files)),
    )


@contextmanager
def _begun(
    settings: Settings, context: RunContext, step: Step, *, wait: float, quiet: bool
) -> Iterator[_Begun]:
    from flows.load_books import load_books, reading_fingerprint

    _refuse_overlap(settings)
    journal = Journal(settings.var / "log", context, quiet, settings.lang)
    settings = replace(settings, context=context)

    def stage(work: Callable[..., T], *arguments: object) -> T:
        done: T = journal.timed(work.__name__, lambda: step(work, *arguments))
        return done

    with warehouse.locked(settings, wait=wait, purpose=f"duban {context.mode} --as-of {context.as_of}"):
        warehouse.prepare(settings, context)
        books = load_books(settings, context)
        groups.refuse_compared(
            settings, ((item.region, item.parent) for item in books.regions if item.parent)
        )
        fingerprint = reading_fingerprint(books)
        runs.begin(settings, context, fingerprint)
        yield _Begun(settings, context, books, fingerprint, stage)


def _take_in(begun: _Begun) -> _Taken:
    from flows.judge import judge
    from flows.load import load
    from flows.receive import receive
    from flows.report import report
    from flows.validate import validate

    settings, context, stage = begun.settings, begun.context, begun.stage
    received = stage(receive, settings, context, begun.books, begun.fingerprint)
    checked = stage(validate, settings, context, received.deliveries)
    loaded = stage(load, settings, context, checked.deliveries, begun.fingerprint)
    stage(judge, settings, context)
    reported = stage(report, settings, context)
    return _Taken(loaded, received.skipped, reported.files)


def _tell(begun: _Begun, taken: _Taken) -> Summary:
    from flows.alert import alert
    from flows.publish import publish

    settings, context, stage = begun.settings, begun.context, begun.stage
    alerted = stage(alert, settings, context)
    runs.finish(
        settings,
        context,
        taken.loaded,
        skipped=taken.skipped,
        alerts=alerted.transitions,
        messages=alerted.messages,
    )
    stage(publish, settings)
    heartbeat.beat(settings, context, now=datetime.now(TIME_ZONE))
    return Summary(context, taken.loaded, taken.files, alerted.messages)


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
