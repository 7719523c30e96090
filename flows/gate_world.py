"""What is already known when figures come to the gate: earlier figures, the books, people's decisions."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flows import warehouse
from flows.books import Books
from flows.evidence import Columns, Past, PastFiles, Row, Subject, families, fill
from flows.settings import Settings
from sql import query

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class World:
    """Earlier figures that stand, what the books say, and what people released or withdrew."""

    past: tuple[Past, ...] | PastFiles = ()
    subjects: tuple[Subject, ...] = ()
    released: frozenset[str] = frozenset()  # rejection ids
    withdrawn: frozenset[str] = frozenset()  # delivery ids


@contextmanager
def of_warehouse(settings: Settings, rows: Sequence[Row]) -> Iterator[World]:
    """The world of a run: the warehouse as of its date.

    Earlier figures can be millions; they go from one database to the other in files, never through Python.
    """
    with tempfile.TemporaryDirectory(dir=settings.var, prefix=".gate-") as folder:
        past = PastFiles(Path(folder) / "past.parquet", Path(folder) / "past_delivery.parquet")
        with warehouse.connect(settings) as connection:
            _say_what_arrives(connection, rows)
            _write(connection, "gate/past", past.figures)
            _write(connection, "from past_delivery", past.deliveries)
            books = connection.execute(query("gate/subject")).fetchall()
            decided = connection.execute(query("gate/decided")).fetchall()
        subjects = tuple(
            Subject(indicator, name, bool(is_whole), _months(months))
            for indicator, name, is_whole, months in books
        )
        yield World(past, subjects, _of_kind(decided, "rejection"), _of_kind(decided, "delivery"))


def _write(connection: DuckDBPyConnection, relation: str, path: Path) -> None:
    text = relation if relation.startswith("from ") else query(relation)
    connection.execute(f"copy ({text}) to '{warehouse.quoted(path)}' (format parquet, compression lz4)")


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
    """Temporary tables: which regions, indicators and months arrive, in which deliveries; and which were here before."""
    numbers = families(rows)
    figures = [row.candidate for row in rows]
    tables: dict[str, Columns] = {
        "family": {
            "family": ("integer", range(len(numbers))),
            "region": ("text", [region for region, _ in numbers]),
            "indicator": ("text", [indicator for _, indicator in numbers]),
        },
        "coming": {
            "family": ("integer", [numbers[c.region, c.indicator] for c in figures]),
            "day": ("integer", [c.period_end.toordinal() for c in figures]),
        },
        "arriving": {"delivery_id": ("text", [*dict.fromkeys(row.delivery_id for row in rows)])},
    }
    for name, columns in tables.items():
        fill(connection, name, columns, kind="temp table")
    for name in ("wanted", "past_delivery"):
        connection.execute(f"create or replace temp table {name} as {query(f'gate/{name}')}")
