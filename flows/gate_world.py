"""What is already known when figures come to the gate: earlier figures, the books, people's decisions."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from flows import warehouse
from flows.books import Books
from flows.evidence import Past, Row, Subject
from flows.settings import Settings
from sql import query

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class World:
    """Earlier figures that stand, what the books say, and what people released or withdrew."""

    past: tuple[Past, ...] | Path = ()  # or the Parquet file they are in
    subjects: tuple[Subject, ...] = ()
    released: frozenset[str] = frozenset()  # rejection ids
    withdrawn: frozenset[str] = frozenset()  # delivery ids


@contextmanager
def of_warehouse(settings: Settings, rows: Sequence[Row]) -> Iterator[World]:
    """The world of a run: the warehouse as of its date.

    Earlier figures can be millions; they go from one database to the other in a file, never through Python.
    """
    with tempfile.TemporaryDirectory(dir=settings.var, prefix=".gate-") as folder:
        past = Path(folder) / "past.parquet"
        with warehouse.connect(settings) as connection:
            _say_what_arrives(connection, rows)
            connection.execute(
                f"copy ({query('gate/past')}) to '{warehouse.quoted(past)}' (format parquet, compression lz4)"
            )
            books = connection.execute(query("gate/subject")).fetchall()
            decided = connection.execute(query("gate/decided")).fetchall()
        subjects = tuple(
            Subject(indicator, name, bool(is_whole), _months(months))
            for indicator, name, is_whole, months in books
        )
        yield World(past, subjects, _of_kind(decided, "rejection"), _of_kind(decided, "delivery"))


def of_published(settings: Settings, books: Books) -> World:
    """The world of a check: the books as given, and the published copy where there is one."""
    months = {entry.indicator_id: entry.months for entry in books.calendar}
    subjects = tuple(
        Subject(item.indicator_id, item.name, item.whole_number, months.get(item.indicator_id, ()))
        for item in books.indicators
    )
    if not settings.published.exists():
        return World(subjects=subjects)
    with warehouse.read_published(settings) as connection:
        past = tuple(Past(*row) for row in connection.execute(query("gate/past_published")).fetchall())
        decided = connection.execute(query("gate/decided_published")).fetchall()
    return World(past, subjects, _of_kind(decided, "rejection"), _of_kind(decided, "delivery"))


def _months(text: str | None) -> tuple[int, ...]:
    return tuple(int(month) for month in (text or "").split("|") if month)


def _of_kind(decided: Iterable[tuple[str, str]], kind: str) -> frozenset[str]:
    return frozenset(subject for subject_kind, subject in decided if subject_kind == kind)


def _say_what_arrives(connection: DuckDBPyConnection, rows: Sequence[Row]) -> None:
    import pandas as pd

    spans: dict[tuple[str, str], list[date]] = {}
    for row in rows:
        ends = spans.setdefault((row.candidate.region, row.candidate.indicator), [])
        ends.append(row.candidate.period_end)
    wanted = [(region, indicator, min(ends), max(ends)) for (region, indicator), ends in spans.items()]
    columns = ["region", "indicator", "first_end", "last_end"]
    connection.register("wanted", pd.DataFrame(wanted, columns=columns))
    connection.register("arriving", pd.DataFrame({"delivery_id": sorted({row.delivery_id for row in rows})}))
