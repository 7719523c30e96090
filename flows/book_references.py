"""Ids and names across the books: every id that a row names exists, every key and name stands once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flows.book_files import BOOK_FILES, RawBook
from models.calendar import ANY_INDICATOR
from models.indicator import Indicator, nearest_names, normal_name
from models.message import joined, say
from models.region import Region
from models.rule import ANY_REGION, ANY_TARGET

Lines = Sequence[tuple[int, Any]]
Books = Mapping[str, Lines]

# book → column → the book whose ids the column names, and the words that also stand there
_REFERENCES: dict[str, dict[str, tuple[str, tuple[str, ...]]]] = {
    "regions": {"parent": ("regions", ())},
    "offices": {"region": ("regions", ()), "leader": ("offices", ())},
    "indicators": {"reporting_office": ("offices", ()), "proxy": ("indicators", ())},
    "calendar": {"indicator_id": ("indicators", ())},
    "calendar_moves": {"indicator_id": ("indicators", (ANY_INDICATOR,))},
    "targets": {
        "region": ("regions", ()),
        "indicator": ("indicators", ()),
        "responsible_office": ("offices", ()),
        "co_responsible": ("offices", ()),
        "leader": ("offices", ()),
        "reference_target": ("targets", ()),
    },
    "schedule_points": {"target_id": ("targets", ())},
    "rule_choices": {
        "region": ("regions", (ANY_REGION,)),
        "target_id": ("targets", (ANY_TARGET,)),
        "rule_set": ("rules", ()),
    },
    "figures_not_targets": {"region": ("regions", ())},
    "sections": {"region": ("regions", ())},
}
_IDS = {"regions": "region", "offices": "office_id", "indicators": "indicator_id", "targets": "target_id"} | {
    "rules": "rule_set"
}


def reference_problems(books: Books, raw: Mapping[str, RawBook]) -> list[str]:
    """Every id that is unknown, doubled or shared, with file, line, column, value and what to do.

    An id counts as known when its row could be found, though something else in that row is wrong, so that one
    slip gives one message.
    """
    return [
        *_duplicates(books),
        *_unknown_ids(books, raw),
        *_shared_names(books["indicators"], "indicators.csv"),
        *_shared_names(books["regions"], "regions.csv"),
    ]


def _duplicates(books: Books) -> Iterator[str]:
    """Two rows of one key entered on one day: nobody could say which holds."""
    for name, rows in books.items():
        seen: dict[object, int] = {}
        for line, row in rows:
            first = seen.setdefault((row.key, row.entered_on), line)
            if first != line:
                yield say(
                    "{file} 第 {line} 行：与第 {first} 行重复（{shown}）。请删去一行，或改 entered_on 写成更正。",
                    file=BOOK_FILES[name][0],
                    line=line,
                    first=first,
                    shown=_shown(row.key),
                )


def _shown(key: object) -> str:
    return " ".join(map(str, key)) if isinstance(key, tuple) else str(key)


def _unknown_ids(books: Books, raw: Mapping[str, RawBook]) -> Iterator[str]:
    known = {name: raw[name].cells(column) for name, column in _IDS.items() if raw[name].rows is not None}
    for name, columns in _REFERENCES.items():
        for line, row in books[name]:
            for column, (book, others) in columns.items():
                for one in _named(row, column):
                    if book in known and one not in known[book] and one not in others:
                        yield _unknown(name, line, column, one, book, sorted(known[book]))


def _named(row: object, column: str) -> tuple[str, ...]:
    value = getattr(row, column)
    return value if isinstance(value, tuple) else () if value is None else (value,)


def _unknown(name: str, line: int, column: str, value: str, book: str, known: list[str]) -> str:
    near = nearest_names(value, known)
    hint = say("相近的有：{near}", near=joined("、", near)) if near else say("没有相近的")
    return say(
        "{file} 第 {line} 行 {column} 栏“{value}”：{book} 里没有。{hint}。",
        file=BOOK_FILES[name][0],
        line=line,
        column=column,
        value=value,
        book=BOOK_FILES[book][0],
        hint=hint,
    )


def _shared_names(rows: Lines, file: str) -> Iterator[str]:
    """A whole name that would mean two things."""
    owner: dict[str, tuple[int, Indicator | Region]] = {}
    for line, row in rows:
        for name in row.known_names:
            first, other = owner.setdefault(normal_name(name), (line, row))
            if other.key != row.key:
                yield say(
                    "{file} 第 {line} 行“{name}”：第 {first} 行 {key} 已用此名。请只留一处。",
                    file=file,
                    line=line,
                    name=name,
                    first=first,
                    key=other.key,
                )
