"""The stage: of all files in the raw folder, read those that are new to the warehouse as of the run's date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flows import warehouse
from flows.books import Books
from flows.receive.finding import find
from flows.receive.lexicon import Lexicon
from flows.receive.limits import Limits
from flows.receive.reading import read
from flows.settings import Settings
from models.delivery import Delivery, Problem, RawFile, Reading, Severity
from models.run import RunContext

Known = dict[str, tuple[str, str | None, str]]  # delivery_id → sha256, side file's sha256, books


@dataclass(frozen=True)
class Received:
    """What this run has to judge anew, and how many deliveries are as they were."""

    deliveries: tuple[Delivery, ...]
    skipped: int
    hidden: int = 0  # received after the as-of date

    def __str__(self) -> str:
        hidden = f"，截至日之后收到 {self.hidden} 份不计" if self.hidden else ""
        return f"新到 {len(self.deliveries)} 份，未变 {self.skipped} 份{hidden}"


def receive(settings: Settings, context: RunContext, books: Books, fingerprint: str) -> Received:
    """Read what arrived by the as-of date, except deliveries whose bytes, side file and books are unchanged.

    A side file without `received` gets the day on which the run really looks, never the as-of date: that
    would say that October's figures were there in March.
    """
    limits = limits_of(settings)
    found = find(settings.raw, today=context.started_at.date(), limits=limits)
    raw_files = [raw for raw in found if _has_arrived(raw, context)]
    known = _known(settings)
    lexicon = Lexicon.of(books)
    fresh = [raw for raw in _distinct(raw_files) if not _is_unchanged(raw, known, fingerprint)]
    taken = tuple(_taken(settings, raw, lexicon, limits) for raw in fresh)
    return Received(taken, len(raw_files) - len(taken), len(found) - len(raw_files))


def limits_of(settings: Settings) -> Limits:
    """What the settings allow a file to hold."""
    return Limits(bytes=settings.max_file_megabytes * 1024 * 1024, rows=settings.max_rows)


def _has_arrived(raw: RawFile, context: RunContext) -> bool:
    return raw.side is None or raw.side.received <= context.as_of


def _known(settings: Settings) -> Known:
    with warehouse.connect(settings) as connection:
        rows = connection.execute(
            "select delivery_id, sha256, side_sha256, books_fingerprint from delivery"
        ).fetchall()
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def _is_unchanged(raw: RawFile, known: Known, fingerprint: str) -> bool:
    side_sha256 = raw.side.sha256 if raw.side else None
    return known.get(raw.delivery_id) == (raw.sha256 or None, side_sha256, fingerprint)


def _distinct(raw_files: Iterable[RawFile]) -> Iterable[RawFile]:
    """The same bytes of the same day twice are one delivery: the first path in the folder's order names it."""
    first: dict[str, RawFile] = {}
    for raw in raw_files:
        first.setdefault(raw.delivery_id, raw)
    return first.values()


def _taken(settings: Settings, raw: RawFile, lexicon: Lexicon, limits: Limits) -> Delivery:
    if raw.side is None or any(problem.severity == Severity.REFUSED for problem in raw.side_problems):
        return Delivery(raw, Reading(raw.path), problems=raw.side_problems)
    reading = read(
        settings.raw / raw.path, relative=raw.path, books=lexicon, side=raw.side, sha256=raw.sha256
    )
    problems: tuple[Problem, ...] = (*raw.side_problems, *reading.problems)
    return Delivery(raw, reading, problems=problems)
