"""Tables below each other on one sheet: each is read under its own header."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flows.receive.headings import is_period, label_role
from flows.receive.sheet import Row, Sheet, width
from flows.receive.titles import is_footnote
from models.number import parse_number


def tables_of(sheet: Sheet) -> Iterator[Sheet]:
    """The sheet cut above the titles of each further header; row numbers stay those of the sheet."""
    starts = [0, *_further_starts(sheet)]
    for start, end in zip(starts, [*starts[1:], len(sheet.rows)], strict=True):
        if len(starts) == 1:
            yield sheet
        else:
            yield replace(sheet, rows=[*([[]] * start), *sheet.rows[start:end]], start=start)


def _further_starts(sheet: Sheet) -> Iterator[int]:
    """Rows at which another table begins: a header unlike the one before it, after rows with figures."""
    header: Row = ()
    has_figures = False
    for number, cells in enumerate(sheet.rows):
        if is_header_row(cells):
            if has_figures and _texts(cells) != _texts(header):
                yield _first_title(sheet, number)
                has_figures = False
            header = cells if not has_figures else header
        elif not has_figures and header and len(cells) > 1:
            has_figures = any(map(is_figure, cells[1:]))


def is_header_row(cells: Row) -> bool:
    """指标, 地区 or 时间 in the first cell, other texts beside it, and no figure."""
    if not cells or label_role(cells[0]) not in ("indicator", "region", "period", "year"):
        return False
    return width(cells) > 1 and not any(map(is_figure, cells[1:]))


def is_figure(cell: str) -> bool:
    """Whether a cell holds a number that is not a period."""
    return bool(cell) and not is_period(cell) and parse_number(cell).value is not None


def _texts(cells: Row) -> list[str]:
    return [cell.strip() for cell in cells[: width(cells)]]


def _first_title(sheet: Sheet, header: int) -> int:
    """Up from a header over the lines of one cell that are its titles, not the footnotes above them."""
    number = header
    while number > 0:
        above = [cell for cell in sheet.rows[number - 1] if cell.strip()]
        if len(above) > 1 or (above and is_footnote(above[0])):
            break
        number -= 1
    return number
