"""A bureau's table copied from its web page: every cell on a line of its own.

指标 / 5月 / 比去年同月增长(%) / 1-5月 / 比去年同期增长(%) / 社会消费品零售总额(亿元) / 988.70 / 5.3 / …
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flows.receive.desk import Desk, Place
from flows.receive.faults import Fault
from flows.receive.grid import Grid
from flows.receive.grid_reader import read_grid
from flows.receive.headings import label_role, parse_heading
from flows.receive.layouts import bureau
from flows.receive.sheet import Sheet, width
from flows.receive.titles import is_footnote
from models.message import say
from models.number import parse_number
from models.quantity import parse_unit

Line = tuple[int, str]  # 0-based row, text with its indent


@dataclass(frozen=True)
class Page:
    """The lines of a page put back into a table, and the lines that do not fit into it."""

    grid: Grid
    table: Sheet
    torn: tuple[Line, ...]
    footnotes: tuple[str, ...]


def recognise(sheet: Sheet) -> Page | None:
    """One cell a line: 指标, then headings, then a name followed by as many figures as there are headings."""
    if any(width(row) > 1 for row in sheet.rows):
        return None
    lines = [(number, row[0]) for number, row in enumerate(sheet.rows) if row and row[0].strip()]
    start = next((place for place, (_, text) in enumerate(lines) if label_role(text) == "indicator"), None)
    if start is None:
        return None
    units = int(start + 1 < len(lines) and label_role(lines[start + 1][1]) == "unit")
    size = _heading_count(lines[start + 1 + units :])
    return _page(lines, start, units, size) if size else None


def _heading_count(lines: Sequence[Line]) -> int:
    count = 0
    for _, text in lines:
        heading = parse_heading(text)
        if not heading.is_words_only or heading.is_empty:
            break
        count += 1
    return count


def _page(lines: Sequence[Line], start: int, units: int, size: int) -> Page | None:
    """A table of names, a unit each where the header says 单位, and `size` figures."""
    end = start + 1 + units + size
    body, torn, footnotes = _records(lines[end:], units, size)
    header = lines[start:end]
    above = [[text] for _, text in lines[:start]]
    rows = [*above, [text for _, text in header], *([text for _, text in record] for record in body)]
    table = Sheet("", rows, is_ragged=False)
    grid = bureau.recognise_months(table) if body else None
    if grid is None:
        return None
    sources = {
        (len(above) + offset, column): number
        for offset, record in enumerate([header, *body])
        for column, (number, _) in enumerate(record)
    }
    return Page(replace(grid, source_rows=sources), table, tuple(torn), tuple(footnotes))


def _records(
    lines: Sequence[Line], units: int, size: int
) -> tuple[list[Sequence[Line]], list[Line], list[str]]:
    """A name and exactly `size` figures; a name with more or fewer is torn, a footnote ends the table."""
    records: list[Sequence[Line]] = []
    torn: list[Line] = []
    groups = _groups(lines, units)
    for place, group in enumerate(groups):
        if is_footnote(group[0][1]):
            return records, torn, [text for rest in groups[place:] for _, text in rest]
        if len(group) == 1 + units + size and not _is_figure(group[0][1]):
            records.append(group)
        elif len(group) > 1 + units or _is_figure(group[0][1]):
            torn.append(group[0])
    return records, torn, []


def _groups(lines: Sequence[Line], units: int) -> list[list[Line]]:
    """Each name with its unit and the figures that follow it."""
    groups: list[list[Line]] = []
    for line in lines:
        is_unit = bool(units and groups and len(groups[-1]) == 1 and parse_unit(line[1]))
        if (_is_figure(line[1]) or is_unit) and groups:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _is_figure(text: str) -> bool:
    number = parse_number(text)
    return number.value is not None or number.is_missing


def read(page: Page, sheet: Sheet, desk: Desk) -> None:
    read_grid(page.grid, page.table, desk)
    desk.footnotes.extend(page.footnotes)
    for number, text in page.torn:
        fault = Fault(
            "row_width",
            say("这一行后面的数与表头的栏数不一致，没有读取。"),
            say("请核对是否漏了或多了一格；空格请填“-”。"),
        )
        desk.refuse(fault, Place(number + 1, "A"), text.strip())
