"""The bureau's monthly table: 本月, 同比, 1—本月, 同比 side by side under one or more header rows.

    指标,3月,,1—3月,
    ,本月,同比增长(%),累计,同比增长(%)
    规模以上工业总产值(亿元),42.6,9.8,113.7,10.7
    #工业投资,—,—,—,14.4

Tables with regions in rows and the period in the title are read by the same rules.
"""

from __future__ import annotations

from dataclasses import replace

from flows.receive.context import read_context
from flows.receive.desk import Desk
from flows.receive.grid import Grid
from flows.receive.grid_reader import read_grid, unread_columns
from flows.receive.headings import (
    PERIOD_ROLES,
    RATE_FAULTS,
    Heading,
    label_role,
    parse_heading,
    stacked,
    with_names,
    with_years,
)
from flows.receive.sheet import Row, Sheet, is_torn, width
from models.number import parse_number
from models.period import Period, parse_period

_HEADER_ROWS = 40
_BLOCK_ROWS = 5  # how many rows a header may have


def recognise_months(sheet: Sheet) -> Grid | None:
    """Indicators in rows under headings of measure, basis or period."""
    return _recognise(sheet, "indicator")


def recognise_regions(sheet: Sheet) -> Grid | None:
    """Regions in rows under indicators; the period stands in the title."""
    return _recognise(sheet, "region")


def _recognise(sheet: Sheet, role: str) -> Grid | None:
    for number in range(min(len(sheet.rows), _HEADER_ROWS)):
        if _first_label(sheet, number) == role:
            grid = _grid(sheet, number, _last_header_row(sheet, number), role)
            if grid is not None:
                return grid
    return None


def _first_label(sheet: Sheet, number: int) -> str:
    """The role of the leftmost label column of a header row, or ""."""
    cells = sheet.rows[number]
    if width(cells) < 2:
        return ""
    roles = [label_role(cell) for cell in cells[: width(cells)]]
    named = next((role for role in roles if role in ("indicator", "region")), "")
    if named:
        return named
    first = sheet.cell(number, 0)
    is_corner = first == "" or "单位" in first
    return "indicator" if is_corner and (_all_words(cells) or _is_over_words(sheet, number)) else ""


def _all_words(cells: Row) -> bool:
    words = [cell for cell in cells[1:] if cell.strip()]
    return len(words) > 1 and all(_is_words(cell) for cell in words)


def _is_over_words(sheet: Sheet, number: int) -> bool:
    """Names above a row of words, the corner empty in both: ,地区生产总值,,工业投资 over ,总量,增速,增速."""
    names = [cell for cell in sheet.rows[number][1:] if cell.strip()]
    below = number + 1
    if len(names) < 2 or any(map(_is_figure, names)) or below >= len(sheet.rows):
        return False
    return sheet.cell(below, 0) == "" and _all_words(sheet.rows[below])


def _is_words(cell: str) -> bool:
    heading = parse_heading(cell)
    return (heading.is_words_only and not heading.is_empty) or label_role(cell) != ""


def _last_header_row(sheet: Sheet, first: int) -> int:
    """Header rows go on while the label column is empty or repeats itself and no cell is a number."""
    last = first
    limit = min(len(sheet.rows), first + _BLOCK_ROWS)
    for number in range(first + 1, limit):
        label = sheet.cell(number, 0)
        filled = [cell.strip() for cell in sheet.rows[number][1:] if cell.strip()]
        if (label and not label_role(label)) or not filled or any(_is_figure(cell) for cell in filled):
            break
        last = number
    return last


def _is_figure(cell: str) -> bool:
    number = parse_number(cell)
    return number.value is not None and parse_period(cell) is None


def _grid(sheet: Sheet, first: int, last: int, role: str) -> Grid | None:
    size = max(width(sheet.rows[number]) for number in range(first, last + 1))
    labels = _label_columns(sheet, first, last, size, role)
    columns = [place for place in range(size) if place not in labels.values()]
    headings = with_years(stacked(sheet, range(first, last + 1), columns))
    below = {place: parse_heading(sheet.cell(last, place)) for place in columns if last > first}
    understood = {p: h for p, h in headings.items() if _is_understood(h, role, below.get(p, Heading()))}
    if not understood or (role == "indicator" and len(understood) < len(headings) / 2):
        return None
    completed = _completed(
        with_names({p: heading for p, heading in headings.items() if not heading.is_empty})
    )
    unread = tuple(place for place in headings if place not in understood and not headings[place].is_empty)
    return Grid(
        body=last + 1,
        labels=labels,
        headings={place: completed[place] for place in understood},
        context=read_context([*sheet.rows[:first], *_unit_cell(sheet, first)]),
        width=size,
        has_parts=role == "indicator",
        unread=unread,
        is_torn=is_torn(sheet, first, last),
    )


def _label_columns(sheet: Sheet, first: int, last: int, size: int, role: str) -> dict[str, int]:
    labels: dict[str, int] = {}
    for place in range(size):
        for number in range(first, last + 1):
            found = label_role(sheet.cell(number, place))
            if found and found not in PERIOD_ROLES:
                labels.setdefault(found, place)
    labels.setdefault(role, 0)
    return labels


def _is_understood(heading: Heading, role: str, below: Heading) -> bool:
    """Beside indicators a heading is words only, or words under a name: 大渡口区 over 增速."""
    if heading.is_empty:
        return False
    return role == "region" or heading.is_words_only or (below.is_words_only and not below.is_empty)


def _completed(headings: dict[int, Heading]) -> dict[int, Heading]:
    """Rates take period and basis from the amounts left of them; 3月 beside 1—3月 is the month alone."""
    has_spans = any(_kind(h) == "span" or h.label.basis == "ytd" for h in headings.values())
    completed: dict[int, Heading] = {}
    amounts: list[Heading] = []  # left of a rate, since the last rate
    after_rate = False
    for place, heading in headings.items():
        if has_spans and _kind(heading) == "month" and not heading.label.basis:
            heading = replace(heading, label=replace(heading.label, basis="month"))
        if heading.label.measure == "growth":
            source = _grown(amounts, heading.label.basis)
            if source and not heading.period and heading.label.basis in ("", _basis(source)):
                basis = heading.label.basis or source.label.basis
                heading = replace(heading, period=source.period, label=replace(heading.label, basis=basis))
        elif not heading.label.is_prior_year and not heading.label.fault:
            amounts = [heading] if after_rate else [*amounts, heading]
        after_rate = heading.label.measure == "growth" or heading.label.fault in RATE_FAULTS
        completed[place] = heading
    return completed


def _grown(amounts: list[Heading], basis: str) -> Heading | None:
    """Whose growth a rate right of `amounts` is: of 2023年 beside 2022年 the later; of 本月 beside 累计 nobody's,
    unless it says which."""
    same = [amount for amount in amounts if basis and _basis(amount) == basis]
    if len(same) == 1:
        return same[0]
    dated = [(period.end, period.kind, amount) for amount in amounts if (period := _period(amount))]
    if len(amounts) == 1:
        return amounts[0]
    if len(dated) == len(amounts) > 0 and len({(kind, h.label.basis) for _, kind, h in dated}) == 1:
        return max(dated, key=lambda known: known[0])[2]
    return None


def _basis(heading: Heading) -> str:
    period = _period(heading)
    return heading.label.basis or (period.basis if period else "")


def _period(heading: Heading) -> Period | None:
    return parse_period(heading.period, year=2000) if heading.period else None


def _kind(heading: Heading) -> str:
    period = _period(heading)
    return period.kind if period else ""


def _unit_cell(sheet: Sheet, first: int) -> list[list[str]]:
    """单位：亿元 may stand in the header's own corner."""
    corner = sheet.cell(first, 0)
    return [[corner]] if "单位" in corner else []


def read(grid: Grid, sheet: Sheet, desk: Desk) -> None:
    read_grid(grid, sheet, desk)
    unread_columns(grid.unread, sheet, grid.body - 1, desk)
