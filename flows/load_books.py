"""The books as the run sees them, written to the book_* tables; and the gate they pass when they are new."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from importlib.metadata import version
from typing import TYPE_CHECKING

from flows import warehouse
from flows.books import Books, fingerprint_of, load_for_reading, read_contents, read_frames
from flows.books import load as read_books
from flows.errors import ConfigurationError
from flows.load import append
from flows.settings import COMMON, Settings
from models.delivery import content_id
from models.message import joined, say
from models.relations import BOOKS, Relation
from models.run import RunContext

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Which field of Books fills which table, and where a field is named otherwise than its column.
_FIELDS = {
    "book_region": "regions",
    "book_indicator": "indicators",
    "book_calendar": "calendar",
    "book_calendar_move": "calendar_moves",
    "book_office": "offices",
    "book_target": "targets",
    "book_schedule_point": "schedule_points",
    "book_rule": "rules",
    "book_rule_choice": "rule_choices",
    "book_section": "sections",
}
_RENAMED = {
    "indicator": "indicator_id",
    "target_value": "value",
    "period_end": "period",
    "rule_subject": "subject",
}


def load_books(settings: Settings, context: RunContext) -> Books:
    """Gate the books when they are new, and write what holds on the as-of date to the warehouse.

    Returns the books as far as reading a delivery asks them. Where the warehouse holds what the same bytes say on
    the same day, the others are not even read.
    """
    with warehouse.connect(settings) as connection:
        known = dict(connection.execute("select key, text from warehouse_meta").fetchall())
        problems: list[str] = []
        content = read_contents(settings.reference, problems)
        if not problems and _is_held(known, fingerprint_of(content), context.as_of):
            return load_for_reading(content).as_of(context.as_of)
        return _renew(settings, context, connection, known=known)


def _is_held(known: Mapping[str, str], fingerprint: str, day: date) -> bool:
    """Whether the tables hold these very books as they stood on `day`, read by this version of the code."""
    held = known.get("books_held", "").split()
    return held[1:3] == [fingerprint, version("duban")] and held[3] <= str(day) < held[4]


def _renew(
    settings: Settings, context: RunContext, connection: DuckDBPyConnection, *, known: Mapping[str, str]
) -> Books:
    books = read_books(settings.reference)
    held = books.as_of(context.as_of)
    content = _content(held)
    if known.get("books_held", "").split()[:1] != [content] or books.fingerprint not in known:
        _refuse_shared(settings)
    if books.fingerprint not in known:
        _gate(settings, books)
        connection.execute(
            f"insert into warehouse_meta values ('{books.fingerprint}', 'books passed the gate')"
        )
    with warehouse.transaction(connection):
        if known.get("books_held", "").split()[:1] != [content]:
            _replace(connection, held)
        _remember(connection, content, books, context.as_of)
    return held.for_reading()


def _content(held: Books) -> str:
    """A hash of all rows that go into the tables."""
    digest = hashlib.sha256()
    for name in _FIELDS.values():
        for row in getattr(held, name):
            digest.update(repr(row).encode())
    return digest.hexdigest()[:16]


def _remember(connection: DuckDBPyConnection, content: str, books: Books, day: date) -> None:
    words = (content, books.fingerprint, version("duban"), *map(str, books.held(day)))
    connection.execute("delete from warehouse_meta where key = 'books_held'")
    connection.execute(f"insert into warehouse_meta values ('books_held', '{' '.join(words)}')")


def _refuse_shared(settings: Settings) -> None:
    """On a lake other groups may be running with the books as they are: only who is alone may change them."""
    if settings.lake and settings.context and settings.context.group not in (None, COMMON):
        raise ConfigurationError(
            say(
                "湖仓中的台账不是这一天的，或台账已改。请先运行公共部分：duban run --group common，再运行各组。"
            )
        )


def reading_fingerprint(books: Books) -> str:
    """A hash of the books that decide how a file is read: when it changes, known bytes are read again."""
    parts = (books.regions, books.offices, books.indicators, books.calendar, books.calendar_moves)
    return content_id(*map(repr, parts))


def _gate(settings: Settings, books: Books) -> None:
    from expectations.books import check_books

    failures = check_books(read_frames(settings.reference))
    if failures:
        lines = [
            say(
                "基础台账 {reference} 有 {failures} 处问题，请改正后再运行：",
                reference=settings.reference,
                failures=len(failures),
            ),
            *map(str, failures),
        ]
        raise ConfigurationError(joined("\n", lines))


def _replace(connection: DuckDBPyConnection, books: Books) -> None:
    for relation in BOOKS:
        connection.execute(f"delete from {relation.name}")
        rows = [_row(relation, item) for item in getattr(books, _FIELDS[relation.name])]
        append(connection, relation.name, relation, rows)


def _row(relation: Relation, item: object) -> tuple[object, ...]:
    return tuple(_cell(_field(item, column.name)) for column in relation.columns)


def _field(item: object, name: str) -> object:
    return (
        getattr(item, _RENAMED[name])
        if name in _RENAMED and hasattr(item, _RENAMED[name])
        else getattr(item, name)
    )


def _cell(value: object) -> object:
    return "|".join(map(str, value)) if isinstance(value, tuple) else value
