"""The books: read the CSV files of a reference folder into typed rows, every problem collected.

    folder → raw rows with their line → typed rows → rows that refer to each other → Books

`load` reads plainly and fast; the Great Expectations gate over the same rows (expectations/books.py) is run
only when `Books.fingerprint` is new.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol, TypeVar

from flows.errors import ConfigurationError
from models.calendar import CalendarEntry, CalendarMove
from models.cell import columns_of, read_cell
from models.figure import FigureNotTarget
from models.indicator import Indicator, normal_name
from models.office import Office
from models.region import Region
from models.rule import RuleChoice, RuleCondition
from models.target import SchedulePoint, Target

BOOK_FILES: dict[str, tuple[str, type]] = {
    "regions": ("regions.csv", Region),
    "offices": ("offices.csv", Office),
    "indicators": ("indicators.csv", Indicator),
    "calendar": ("calendar.csv", CalendarEntry),
    "calendar_moves": ("calendar_moves.csv", CalendarMove),
    "targets": ("targets.csv", Target),
    "schedule_points": ("schedule_points.csv", SchedulePoint),
    "rules": ("rules.csv", RuleCondition),
    "rule_choices": ("rule_choices.csv", RuleChoice),
    "figures_not_targets": ("figures_not_targets.csv", FigureNotTarget),
}


class BookRow(Protocol):
    """What every row of a book has: the key it is found by, and the day it was entered."""

    entered_on: date

    @property
    def key(self) -> object: ...


Row = TypeVar("Row")


@dataclass(frozen=True)
class Books:
    """All books of one reference folder. `load` keeps every row; `as_of` keeps what held on a day."""

    fingerprint: str  # sha256 over the bytes of all files
    regions: tuple[Region, ...] = ()
    offices: tuple[Office, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    calendar: tuple[CalendarEntry, ...] = ()
    calendar_moves: tuple[CalendarMove, ...] = ()
    targets: tuple[Target, ...] = ()
    schedule_points: tuple[SchedulePoint, ...] = ()
    rules: tuple[RuleCondition, ...] = ()
    rule_choices: tuple[RuleChoice, ...] = ()
    figures_not_targets: tuple[FigureNotTarget, ...] = ()

    def as_of(self, day: date) -> Books:
        """The books as they stood on `day`: later rows hidden, the newest row of each key kept."""
        held: dict[str, Any] = {name: _newest(getattr(self, name), day) for name in BOOK_FILES}
        return replace(self, **held)

    def region(self, code: str) -> Region | None:
        return _last(row for row in self.regions if row.region == code)

    def office(self, office_id: str) -> Office | None:
        return _last(row for row in self.offices if row.office_id == office_id)

    def indicator(self, indicator_id: str) -> Indicator | None:
        return _last(row for row in self.indicators if row.indicator_id == indicator_id)

    def calendar_entry(self, indicator_id: str) -> CalendarEntry | None:
        return _last(row for row in self.calendar if row.indicator_id == indicator_id)

    def target(self, target_id: str) -> Target | None:
        return _last(row for row in self.targets if row.target_id == target_id)

    def indicator_names(self) -> dict[str, str]:
        """Normalised whole name → indicator_id, for every name and alias."""
        return {normal_name(name): row.indicator_id for row in self.indicators for name in row.known_names}

    def region_names(self) -> dict[str, str]:
        """Normalised whole name or code → six-digit code."""
        return {normal_name(name): row.region for row in self.regions for name in row.known_names}


def _last(rows: Iterable[Row]) -> Row | None:
    return next(iter(list(rows)[-1:]), None)


def _newest(rows: Sequence[BookRow], day: date) -> tuple[BookRow, ...]:
    """The newest row of each key that was entered by `day`, in the order of the book."""
    kept: dict[object, BookRow] = {}
    for row in rows:
        if row.entered_on <= day and (row.key not in kept or kept[row.key].entered_on <= row.entered_on):
            kept[row.key] = row
    return tuple(kept.values())


@dataclass(frozen=True)
class RawBook:
    """One file as text: its rows as column → cell, each with the line it starts on."""

    file: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]


def load(reference: Path) -> Books:
    """Read all books of `reference`. Raises ConfigurationError that lists every problem found."""
    problems: list[str] = []
    content = {name: _read_bytes(reference / file, problems) for name, (file, _) in BOOK_FILES.items()}
    typed = {
        name: _typed_rows(name, content[name], problems) for name in BOOK_FILES if content[name] is not None
    }
    if problems:
        raise ConfigurationError(
            "\n".join([f"基础台账 {reference} 有 {len(problems)} 处问题，请改正后再运行：", *problems])
        )
    return Books(fingerprint=_fingerprint(content), **typed)


def _read_bytes(path: Path, problems: list[str]) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError as error:
        problems.append(f"{path.name}：无法读取（{error.strerror}）。请把这本台账放进 {path.parent}。")
        return None


def _fingerprint(content: dict[str, bytes | None]) -> str:
    digest = hashlib.sha256()
    for name in sorted(content):
        digest.update(f"{name}:{len(content[name] or b'')}\n".encode())
        digest.update(content[name] or b"")
    return digest.hexdigest()


def _typed_rows(name: str, content: bytes | None, problems: list[str]) -> tuple[Any, ...]:
    file, book = BOOK_FILES[name]
    raw = read_raw(file, content or b"", problems)
    missing = [column.name for column in fields(book) if column.name not in raw.header]
    if missing:
        problems.append(f"{file} 第 1 行：缺少栏目 {'、'.join(missing)}。请补上表头。")
        return ()
    rows = (_typed_row(book, file, line, cells, problems) for line, cells in raw.rows)
    return tuple(row for row in rows if row is not None)


def read_raw(file: str, content: bytes, problems: list[str]) -> RawBook:
    """A file's header and rows as text; blank lines are skipped."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        problems.append(f"{file}：不是 UTF-8 编码。请在 Excel 中另存为“CSV UTF-8”。")
        return RawBook(file, (), ())
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = tuple(cell.strip() for cell in next(reader, []))
    rows = tuple((reader.line_num, dict(zip(header, cells, strict=False))) for cells in reader if any(cells))
    return RawBook(file, header, rows)


def _typed_row(book: type, file: str, line: int, cells: dict[str, str], problems: list[str]) -> object:
    values: dict[str, object] = {}
    for name, column in columns_of(book).items():
        cell = cells.get(name, "")
        try:
            values[name] = read_cell(column, cell)
        except ValueError as error:
            problems.append(f"{file} 第 {line} 行 {name}：“{cell}”{error}。")
    return book(**values) if len(values) == len(columns_of(book)) else None
