"""The stage: of all files in the raw folder, read those that are new to the warehouse as of the run's date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from flows import groups, warehouse
from flows.books import Books
from flows.receive.finding import find
from flows.receive.lexicon import Lexicon
from flows.receive.limits import Limits
from flows.receive.reading import read
from flows.receive.senders import sender_problems
from flows.settings import Settings
from models.delivery import Delivery, Problem, RawFile, Reading, Severity
from models.message import say
from models.run import RunContext

Known = dict[str, tuple[str, str | None, str]]  # delivery_id → sha256, side file's sha256, books


@dataclass(frozen=True)
class _Desk:
    """What reading one file after another needs."""

    settings: Settings
    books: Books
    lexicon: Lexicon
    limits: Limits


@dataclass(frozen=True)
class Received:
    """What this run has to judge anew, and how many deliveries are as they were."""

    deliveries: tuple[Delivery, ...]
    skipped: int
    hidden: int = 0  # received after the as-of date

    def __str__(self) -> str:
        hidden = say("，截至日之后收到 {hidden} 份不计", hidden=self.hidden) if self.hidden else ""
        return say(
            "新到 {deliveries} 份，未变 {skipped} 份{hidden}",
            deliveries=len(self.deliveries),
            skipped=self.skipped,
            hidden=hidden,
        )


def receive(settings: Settings, context: RunContext, books: Books, fingerprint: str) -> Received:
    """Read what arrived by the as-of date, except deliveries whose bytes, side file and books are unchanged.

    A side file without `received` gets the day on which the run really looks, never the as-of date: that
    would say that October's figures were there in March.
    """
    limits = limits_of(settings)
    found = find(settings.raw, today=context.started_at.date(), limits=limits)
    arrived = [raw for raw in found if _has_arrived(raw, context)]
    raw_files = [raw for raw in arrived if _is_ours(raw, settings, context)]
    known = _known(settings)
    ours = (raw for raw in _distinct(arrived) if _is_ours(raw, settings, context))
    fresh = [raw for raw in ours if not _is_unchanged(raw, known, fingerprint)]
    desk = _Desk(settings, books, Lexicon.of(books), limits)
    taken = tuple(_taken(desk, raw) for raw in fresh)
    return Received(taken, len(raw_files) - len(taken), len(found) - len(arrived))


def limits_of(settings: Settings) -> Limits:
    """What the settings allow a file to hold."""
    return Limits(bytes=settings.max_file_megabytes * 1024 * 1024, rows=settings.max_rows)


def _has_arrived(raw: RawFile, context: RunContext) -> bool:
    return raw.side is None or raw.side.received <= context.as_of


def _is_ours(raw: RawFile, settings: Settings, context: RunContext) -> bool:
    """A delivery is of the group of its sender's region; one that names none is common."""
    return groups.is_of(settings, context.group, raw.side.region if raw.side else "")


def _known(settings: Settings) -> Known:
    with warehouse.connect(settings) as connection:
        rows = connection.execute(
            "select delivery_id, sha256, side_sha256, books_fingerprint from delivery"
        ).fetchall()
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def _is_unchanged(raw: RawFile, known: Known, fingerprint: str) -> bool:
    side_sha256 = raw.side.sha256 if raw.side else None
    return known.get(raw.delivery_id) == (raw.sha256 or None, side_sha256, fingerprint)


def _distinct(raw_files: Iterable[RawFile]) -> Iterator[RawFile]:
    """One delivery an id: the same bytes of the same day with the same side file twice are one delivery.

    Where the side files differ it cannot be known which is meant: one stands, chosen by content and not by
    name, the others are deliveries of their own and refused.
    """
    same: dict[str, dict[str, RawFile]] = defaultdict(dict)
    for raw in raw_files:
        same[raw.delivery_id].setdefault(raw.side.sha256 if raw.side else "", raw)
    for by_side in same.values():
        first, *others = (by_side[key] for key in sorted(by_side))
        yield first
        yield from (_contradicting(raw, first) for raw in others)


def _contradicting(raw: RawFile, first: RawFile) -> RawFile:
    problem = Problem(
        raw.path,
        "contradicting_side_file",
        say(
            "内容与 {path} 完全相同、收到日期也相同，但报送说明不同，无法判断以哪份为准；本份未采纳。",
            path=first.path,
        ),
        advice=say("请只保留一份，或改正报送说明。"),
    )
    return replace(raw, contradicts=first.path, side_problems=(*raw.side_problems, problem))


def _taken(desk: _Desk, raw: RawFile) -> Delivery:
    objections = (*raw.side_problems, *sender_problems(raw.path, raw.side, desk.books, desk.lexicon))
    if raw.side is None or any(problem.severity == Severity.REFUSED for problem in objections):
        return Delivery(raw, Reading(raw.path), problems=objections)
    path = desk.settings.raw / raw.path
    reading = read(
        path, relative=raw.path, books=desk.lexicon, side=raw.side, sha256=raw.sha256, limits=desk.limits
    )
    return Delivery(raw, reading, problems=(*objections, *reading.problems))
