"""The files of the books: bytes → text cells with their line → typed rows. Problems are collected, not raised."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from flows.errors import system_words
from models.calendar import CalendarEntry, CalendarMove
from models.cell import Column, columns_of, read_cell
from models.figure import FigureNotTarget
from models.indicator import Indicator
from models.message import joined, say
from models.office import Office
from models.region import Region
from models.rule import RuleChoice, RuleCondition
from models.section import ReportSection
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
    "sections": ("sections.csv", ReportSection),
}
OPTIONAL = frozenset({"sections.csv"})  # books that only say more; without the file they are empty


REMEMBERED = 1_000  # texts of a column that are read once; ids are all different and not worth it


@dataclass(frozen=True, slots=True)
class RawBook:
    """One file as text: its rows as (line it starts on, cells under the header), None if it is no book."""

    file: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, list[str]], ...] | None

    def cells(self, column: str) -> set[str]:
        """What stands in a column, in rows that hold otherwise no sense too."""
        place = self.places.get(column, len(self.header))
        return {cells[place].strip() if place < len(cells) else "" for _, cells in self.rows or ()}

    def by_column(self) -> list[dict[str, str]]:
        """Each row as column → cell, with its `line`."""
        return [
            {**dict(zip(self.header, cells, strict=False)), "line": str(line)}
            for line, cells in self.rows or ()
        ]

    @property
    def places(self) -> dict[str, int]:
        return {name: place for place, name in enumerate(self.header)}


def read_bytes(path: Path, problems: list[str]) -> bytes:
    """A file's bytes; none if it cannot be read."""
    if path.name in OPTIONAL and not path.exists():
        return b""
    try:
        return path.read_bytes()
    except OSError as error:
        problems.append(
            say(
                "{name}：无法读取（{reason}）。请把这本台账放进 {parent}。",
                name=path.name,
                reason=system_words(error),
                parent=path.parent,
            )
        )
        return b""


def read_raw(name: str, content: bytes, problems: list[str]) -> RawBook:
    """A book's rows as text."""
    file, book = BOOK_FILES[name]
    if file in OPTIONAL and not content:
        return RawBook(file, (), ())
    try:
        records = list(_records(content.decode("utf-8-sig")))
    except UnicodeDecodeError:
        problems.append(say("{file}：不是 UTF-8 编码。请在 Excel 中另存为“CSV UTF-8”。", file=file))
        return RawBook(file, (), None)
    except csv.Error as error:
        problems.append(
            say("{file}：不是完好的 CSV（{error}）。请检查引号是否成对。", file=file, error=error)
        )
        return RawBook(file, (), None)
    header = tuple(cell.strip() for cell in records[0][1]) if records else ()
    if not _is_good_header(file, header, tuple(columns_of(book)), problems):
        return RawBook(file, (), None)
    rows = [(line, cells) for line, cells in records[1:] if any(cell.strip() for cell in cells)]
    _report_overlong(file, header, rows, problems)
    return RawBook(file, header, tuple(rows))


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it starts on; a quoted cell may run over several lines."""
    reader, line = csv.reader(io.StringIO(text, newline=""), strict=True), 1
    same: dict[str, str] = {}  # a country's books repeat themselves: one text for equal cells
    for cells in reader:
        yield line, [same.setdefault(cell, cell) for cell in cells]
        line = reader.line_num + 1


def _is_good_header(file: str, header: tuple[str, ...], wanted: tuple[str, ...], problems: list[str]) -> bool:
    missing = [name for name in wanted if name not in header]
    twice = sorted({name for name in wanted if header.count(name) > 1})
    if missing:
        problems.append(
            say("{file} 第 1 行：缺少栏目 {missing}。请补上表头。", file=file, missing=joined("、", missing))
        )
    if twice:
        problems.append(
            say("{file} 第 1 行：栏目 {twice} 重复。请只留一列。", file=file, twice=joined("、", twice))
        )
    return not missing and not twice


def _report_overlong(
    file: str, header: tuple[str, ...], rows: list[tuple[int, list[str]]], problems: list[str]
) -> None:
    for line, cells in rows:
        if any(cell.strip() for cell in cells[len(header) :]):
            problems.append(
                say(
                    "{file} 第 {line} 行：有 {cells} 个单元格，表头只有 {header} 个。请给含逗号的内容加引号。",
                    file=file,
                    line=line,
                    cells=len(cells),
                    header=len(header),
                )
            )


def typed_rows(book_name: str, raw: RawBook, problems: list[str]) -> list[tuple[int, object]]:
    """(line, typed row) of every row that can be read."""
    book, places = BOOK_FILES[book_name][1], raw.places
    readers = [_Reader(column, name, places.get(name, -1)) for name, column in columns_of(book).items()]
    typed: list[tuple[int, object]] = []
    for line, cells in raw.rows or ():
        try:
            typed.append((line, book(**{reader.name: reader.read(cells) for reader in readers})))
        except ValueError:
            problems += _problems_of(readers, raw.file, line, cells)
    return typed


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the cells of one column, what repeats itself only once."""

    column: Column
    name: str
    place: int
    known: dict[str, object] = field(default_factory=dict)

    def read(self, cells: list[str]) -> object:
        cell = self.cell(cells)
        if cell in self.known:
            return self.known[cell]
        value = read_cell(self.column, cell)
        if len(self.known) < REMEMBERED:
            self.known[cell] = value
        return value

    def cell(self, cells: list[str]) -> str:
        return cells[self.place] if 0 <= self.place < len(cells) else ""


def _problems_of(readers: list[_Reader], file: str, line: int, cells: list[str]) -> Iterator[str]:
    """Everything that is wrong in a row."""
    for reader in readers:
        try:
            reader.read(cells)
        except ValueError as error:
            yield say(
                "{file} 第 {line} 行 {name} 栏“{cell}”：{error}。",
                file=file,
                line=line,
                name=reader.name,
                cell=reader.cell(cells),
                error=error,
            )
