"""Tables below or beside each other on one sheet: each is read under its own header."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flows.receive.headings import is_period, label_role
from flows.receive.sheet import Row, Sheet, width
from flows.receive.titles import is_continued, is_footnote
from models.number import parse_number


def tables_of(sheet: Sheet) -> Iterator[Sheet]:
    """The sheet cut above the titles of each further header; row numbers stay those of the sheet."""
    starts = [0, *_further_starts(sheet)]
    for start, end in zip(starts, [*starts[1:], len(sheet.rows)], strict=True):
        if len(starts) == 1:
            yield from _side_by_side(sheet)
        else:
            yield from _side_by_side(
                replace(sheet, rows=[*([[]] * start), *sheet.rows[start:end]], start=start)
            )


def _side_by_side(sheet: Sheet) -> Iterator[Sheet]:
    """Two tables beside each other (指标,1-9月,指标,1-9月): each alone, the other's cells left empty."""
    header = next((number for number, cells in enumerate(sheet.rows) if is_header_row(cells)), None)
    starts = _block_starts(sheet.rows[header]) if header is not None else [0]
    if header is None or len(starts) == 1:
        yield sheet
        return
    for start, end in zip(starts, [*starts[1:], None], strict=True):
        rows = [_only(cells, start, end) for cells in sheet.rows[header:]]
        yield replace(sheet, rows=[*sheet.rows[:header], *rows])


def _block_starts(header: Row) -> list[int]:
    """The columns at which the header begins anew: the role of its first cell again, behind other columns."""
    roles = [label_role(cell) for cell in header[: width(header)]]
    starts = [0]
    for place, role in enumerate(roles):
        if place and role == roles[0] and not all(roles[starts[-1] : place]):
            starts.append(place)
    return starts


def _only(cells: Row, start: int, end: int | None) -> Row:
    own = slice(start, end)
    return [*("" for _ in cells[:start]), *cells[own], *("" for _ in (cells[end:] if end else ()))]


def _further_starts(sheet: Sheet) -> Iterator[int]:
    """Rows at which another table begins: a header unlike the one before it, after rows with figures."""
    header: Row = ()
    titles: set[str] = set()
    has_figures = False
    for number, cells in enumerate(sheet.rows):
        if is_header_row(cells):
            said = _titles(sheet, number)
            if has_figures and (_texts(cells) != _texts(header) or not said <= titles):
                yield _first_title(sheet, number)
                has_figures = False
            header, titles = (header, titles) if has_figures else (cells, said)
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


def _titles(sheet: Sheet, header: int) -> set[str]:
    """What the lines right above a header say: another 指标：… above the same header is another table."""
    lines = sheet.rows[_first_title(sheet, header) : header]
    texts = (cell.strip() for cells in lines for cell in cells if cell.strip())
    return {text for text in texts if not is_continued(text)}


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
