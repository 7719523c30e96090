"""What is already known when figures come to the gate: earlier figures, the books, people's decisions."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from flows import warehouse
from flows.books import Books
from flows.gate_tables import Columns, fill, kinds
from flows.known import Aim, Families, KnownFiles, Office, Past, Row, Subject, World, families
from flows.settings import Settings
from models.target import Target
from sql import query

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

AIMED = ("total", "level", "ratio")  # measures of which a target says how large a figure will be


@contextmanager
def of_warehouse(settings: Settings, rows: Sequence[Row]) -> Iterator[World]:
    """The world of a run: the warehouse as of its date.

    Earlier figures can be millions; they go from one database to the other in files, never through Python.
    """
    with tempfile.TemporaryDirectory(dir=settings.var, prefix=".gate-") as folder:
        names = ("past", "past_delivery", "aim")
        past, deliveries, aims = (Path(folder) / f"{name}.parquet" for name in names)
        with warehouse.connect(settings) as connection:
            _say_what_arrives(connection, rows)
            _write(connection, query("gate/past"), past)
            _write(connection, "from past_delivery", deliveries)
            _write(connection, query("gate/aim"), aims)
            books = connection.execute(query("gate/subject")).fetchall()
            offices = connection.execute(query("gate/office")).fetchall()
            decided = connection.execute(query("gate/decided")).fetchall()
        yield World(
            subjects=tuple(
                Subject(indicator, name, bool(is_whole), _months(months), capacity or "", office or "")
                for indicator, name, is_whole, months, capacity, office in books
            ),
            released=_of_kind(decided, "rejection"),
            withdrawn=_of_kind(decided, "delivery"),
            offices=tuple(Office(*office) for office in offices),
            files=KnownFiles(past, deliveries, aims),
        )


def of_published(settings: Settings, books: Books, rows: Sequence[Row]) -> World:
    """The world of a check: the books as given, and the published copy where there is one."""
    past: tuple[Past, ...] = ()
    decided: list[tuple[str, str]] = []
    if settings.published.exists():
        with warehouse.read_published(settings) as connection:
            fill(connection, "family", _families(families(rows)), kind="temp table")
            past = tuple(Past(*row) for row in connection.execute(query("gate/past_published")).fetchall())
            decided = connection.execute(query("gate/decided_published")).fetchall()
    return World(
        past=past,
        subjects=_subjects(books),
        released=_of_kind(decided, "rejection"),
        withdrawn=_of_kind(decided, "delivery"),
        aims=tuple(map(_aim, filter(_is_aim, books.targets))),
        offices=tuple(Office(item.office_id, item.region, item.name) for item in books.offices),
    )


def _write(connection: DuckDBPyConnection, relation: str, path: Path) -> None:
    connection.execute(f"copy ({relation}) to '{warehouse.quoted(path)}' (format parquet, compression lz4)")


def _subjects(books: Books) -> tuple[Subject, ...]:
    months = {entry.indicator_id: entry.months for entry in books.calendar}
    return tuple(
        Subject(
            item.indicator_id,
            item.name,
            item.whole_number,
            months.get(item.indicator_id, ()),
            item.capacity or "",
            item.reporting_office,
        )
        for item in books.indicators
    )


def _is_aim(target: Target) -> bool:
    return target.value is not None and target.measure in AIMED


def _aim(target: Target) -> Aim:
    assert target.value is not None
    return Aim(
        target.region,
        target.indicator,
        target.measure,
        target.year,
        target.value,
        target.comparator == "<=",
        target.lumpy or target.year_end_only,
    )


def _months(text: str | None) -> tuple[int, ...]:
    return tuple(int(month) for month in (text or "").split("|") if month)


def _of_kind(decided: Iterable[tuple[str, str]], kind: str) -> frozenset[str]:
    return frozenset(subject for subject_kind, subject in decided if subject_kind == kind)


def _families(numbers: Families) -> Columns:
    return {
        "family": ("integer", range(len(numbers))),
        "region": ("text", [region for region, _ in numbers]),
        "indicator": ("text", [indicator for _, indicator in numbers]),
    }


def _say_what_arrives(connection: DuckDBPyConnection, rows: Sequence[Row]) -> None:
    """Temporary tables: which regions, indicators and months arrive, in which deliveries; and which were here before."""
    numbers = families(rows)
    figures = [row.candidate for row in rows]
    tables: dict[str, Columns] = {
        "kind": kinds(),
        "family": _families(numbers),
        "coming": {
            "family": ("integer", [numbers[c.region, c.indicator] for c in figures]),
            "day": ("integer", [c.period_end.toordinal() for c in figures]),
        },
        "arriving": {"delivery_id": ("text", [*dict.fromkeys(row.delivery_id for row in rows)])},
    }
    for name, columns in tables.items():
        fill(connection, name, columns, kind="temp table")
    for name in ("wanted", "period", "past_delivery"):
        connection.execute(f"create or replace temp table {name} as {query(f'gate/{name}')}")
