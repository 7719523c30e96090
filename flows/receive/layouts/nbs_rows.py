"""Periods in rows: one row a period (and a region), indicators in columns.

时间,居民消费价格指数(上年同月=100),出口总值当期值(千美元)
2020年2月,105.2,
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from flows.receive.context import Context, read_context
from flows.receive.desk import Desk
from flows.receive.grid import Grid
from flows.receive.grid_reader import read_grid
from flows.receive.headings import (
    PERIOD_ROLES,
    Heading,
    is_period,
    is_year,
    label_role,
    parse_heading,
    stacked,
    with_names,
)
from flows.receive.labels import parse_label
from flows.receive.sheet import Sheet, is_blank, width
from flows.receive.tables import is_figure
from flows.receive.titles import is_footnote
from models.period import needs_year, settle_lost_zeros
from models.period_years import hold_years

_HEADER_ROWS = 40
_BLOCK_ROWS = 5  # how many rows a header may have
_DATED = re.compile("时间|时期|日期|年份|月份|年月|季度")
_SHARE = 0.6  # of the filled cells in the period column that must be periods


def recognise(sheet: Sheet) -> Grid | None:
    """A header row with a period column whose cells below are periods."""
    for number in range(min(len(sheet.rows), _HEADER_ROWS)):
        grid = _grid(number, sheet)
        if grid is not None:
            return grid
    return None


def _grid(number: int, sheet: Sheet) -> Grid | None:
    texts = [cell.strip() for cell in sheet.rows[number][: width(sheet.rows[number])]]
    labels = _labels(texts)
    period_columns = [labels[role] for role in PERIOD_ROLES if role in labels]
    columns = [place for place, text in enumerate(texts) if text and place not in labels.values()]
    are_periods = [is_period(texts[place]) for place in columns]
    are_years = all(is_year(texts[place]) for place in columns)
    are_parts = all(needs_year(texts[place]) for place in columns)
    if not period_columns or not columns or (any(are_periods) and not (are_years or are_parts)):
        return None
    periods = _periods(number + 1, sheet, labels)
    lack_year = all(map(needs_year, periods.values()))
    if not periods or (are_years and not lack_year) or (are_parts and not _are_years(periods.values())):
        return None
    context = read_context(sheet.rows[:number])
    if len(period_columns) == 1 and is_year(texts[period_columns[0]]):  # 2024年 in the corner
        context = replace(context, year=int(texts[period_columns[0]][:4]))
    last = _last_header_row(sheet, number, min(periods), period_columns)
    if last > number:
        size = max(width(sheet.rows[row]) for row in range(number, last + 1))
        columns = [place for place in range(size) if place not in labels.values()]
        headings = stacked(sheet, range(number, last + 1), columns)
        headings = {place: heading for place, heading in headings.items() if not heading.is_empty}
    else:
        size, headings = (
            len(texts),
            {place: _heading(texts[place], context, lack_year, are_parts) for place in columns},
        )
    return Grid(
        body=last + 1,
        labels={role: place for role, place in labels.items() if role not in PERIOD_ROLES},
        headings=with_names(headings),
        dated=tuple(period_columns),
        context=context,
        width=size,
        periods=periods,
        is_own_month=bool(context.database) or any("累计" in text for text in texts),
    )


def _are_years(periods: Iterable[str]) -> bool:
    """Years in rows, under columns of months: 2023, 2024 beside 1—2月, 1—3月."""
    return all(period.isdigit() or is_year(period) for period in periods)


def _last_header_row(sheet: Sheet, first: int, body: int, period_columns: Sequence[int]) -> int:
    """Header rows go on down to the first period, where they hold words only: 总量, 增速 under each name."""
    rows = range(first + 1, min(body, first + _BLOCK_ROWS))
    corner = {"", *(sheet.cell(first, place) for place in period_columns)}
    for number in rows:
        below = [sheet.cell(number, place) for place in period_columns]
        is_corner = all(text in corner or label_role(text) in PERIOD_ROLES for text in below)
        if not is_corner or is_blank(sheet.rows[number]) or any(map(is_figure, sheet.rows[number])):
            return first
    return rows[-1] if rows and rows[-1] == body - 1 else first


def _labels(texts: list[str]) -> dict[str, int]:
    labels = {role: place for place, text in enumerate(texts) if (role := label_role(text))}
    if not labels.keys() & set(PERIOD_ROLES) and len(texts) > 1:
        if texts[0] == "" or is_year(texts[0]) or (not label_role(texts[0]) and _DATED.search(texts[0])):
            labels["period"] = 0
        elif labels.get("indicator") == 0:  # 指标 stands over the periods of a turned table
            labels["period"] = labels.pop("indicator")
    return labels


def _periods(body: int, sheet: Sheet, labels: Mapping[str, int]) -> dict[int, str]:
    """Row → its period, or nothing where the column does not hold periods."""
    texts = {row: _period_text(row, sheet, labels) for row in range(body, len(sheet.rows))}
    filled = {
        row: text
        for row, text in texts.items()
        if text and not is_footnote(text) and label_role(text) not in PERIOD_ROLES
    }
    last = max((row for row, text in filled.items() if is_period(text)), default=body - 1)
    inside = {row: text for row, text in filled.items() if row <= last}
    if not inside or sum(map(is_period, inside.values())) < _SHARE * len(inside):
        return {}
    settled = settle_lost_zeros(hold_years(list(inside.values())))
    return {row: new or old for (row, old), new in zip(inside.items(), settled, strict=True)}


def _period_text(row: int, sheet: Sheet, labels: Mapping[str, int]) -> str:
    if "period" in labels:
        return sheet.cell(row, labels["period"])
    year = sheet.cell(row, labels["year"]).rstrip("年") if "year" in labels else ""
    for role, word in (("month", "月"), ("quarter", "季度")):
        if role in labels:
            part = sheet.cell(row, labels[role])
            part = f"{part}{word}" if part.isdigit() else part
            return f"{year}年{part}" if year and part else part or year
    return year


def _heading(text: str, context: Context, lack_year: bool, is_part: bool) -> Heading:
    """Under a table-wide indicator the columns are regions; months in rows take the year of the column, and
    years in rows the month of the column."""
    heading = parse_heading(text)
    if heading.period and not is_part and not (lack_year and is_year(heading.period)):
        heading = Heading(label=parse_label(text))  # the rows say the period, and a name may begin like one
    if context.indicator and not heading.period and not (heading.label.unit or heading.label.measure):
        return Heading(region=text)
    return heading


def read(grid: Grid, sheet: Sheet, desk: Desk) -> None:
    read_grid(grid, sheet, desk)
