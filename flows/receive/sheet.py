"""A sheet as every layout sees it: rows of text cells, counted as Excel counts them."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

Row = Sequence[str]


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook, or the whole of a text file.

    `rows[0]` is Excel's row 1. `is_ragged` tells that rows keep their printed width (CSV), so that a
    row of another width than the header has lost or gained a cell.
    """

    name: str
    rows: Sequence[Row]
    is_ragged: bool = True
    start: int = 0  # the first row of this table; rows above it belong to another and are empty here
    ends_abruptly: bool = False  # a text without a line break at its end

    def cell(self, row: int, column: int) -> str:
        """The stripped text at 0-based (row, column), "" beyond the edge."""
        cells = self.rows[row]
        return cells[column].strip() if column < len(cells) else ""


def column_letter(column: int) -> str:
    """0 → A, 25 → Z, 26 → AA, as Excel shows it."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """A → 0, Z → 25, AA → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def width(row: Row) -> int:
    """How many cells a row has up to its last filled one."""
    for place in range(len(row), 0, -1):
        if row[place - 1].strip():
            return place
    return 0


def is_blank(row: Row) -> bool:
    return not any(cell and not cell.isspace() for cell in row)


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows, and all from `first` on."""

    single: AbstractSet[int]
    first: int

    def __contains__(self, row: object) -> bool:
        return isinstance(row, int) and (row >= self.first or row in self.single)


def is_count(cells: Sequence[str]) -> bool:
    """Whether cells only number the rows: 0, 1, 2 … or 1, 2, 3 …"""
    return any(list(cells) == [str(start + place) for place in range(len(cells))] for start in (0, 1))


def is_torn(sheet: Sheet, first: int, last: int) -> bool:
    """Whether header rows of a text have different numbers of cells: one of them lost or gained one."""
    return sheet.is_ragged and len({len(sheet.rows[number]) for number in range(first, last + 1)}) > 1
