"""Periods in columns: indicators in rows, or regions in rows with the indicator above the table.

数据库：季度数据
指标,2022年第一季度,2021年第四季度
国内生产总值累计值(亿元),270177.8,1143669.7
"""

from __future__ import annotations

import re

from flows.receive.context import read_context
from flows.receive.desk import Desk
from flows.receive.grid import Grid
from flows.receive.grid_reader import read_grid
from flows.receive.headings import PERIOD_ROLES, Heading, is_period, label_role, parse_heading
from flows.receive.sheet import Row, Sheet, width
from flows.receive.titles import is_footnote, names_national_source
from models.period import parse_period, settle_lost_zeros
from models.period_years import hold_years

_HEADER_ROWS = 40
_LABEL_ROLES = ("indicator", "region")
_REGION = re.compile("地区|区县|省|城市")


def recognise(sheet: Sheet) -> Grid | None:
    """A row of label names and periods only, without gaps."""
    for number, cells in enumerate(sheet.rows[:_HEADER_ROWS]):
        if is_header(cells):
            is_part = _header_goes_on(sheet, number + 1) or _header_began(sheet, number)
            return (
                None if is_part or label_role(sheet.cell(number, 0)) in PERIOD_ROLES else _grid(number, sheet)
            )
    return None


def _header_goes_on(sheet: Sheet, number: int) -> bool:
    """A second header row (,累计,同比增长(%)) under the periods makes it a bureau's table, 1—2月 too."""
    if number >= len(sheet.rows) or sheet.cell(number, 0) not in ("", sheet.cell(number - 1, 0)):
        return False
    words = [cell for cell in sheet.rows[number] if cell.strip()]
    return bool(words) and all(parse_heading(cell).is_words_only for cell in words)


def _header_began(sheet: Sheet, number: int) -> bool:
    """Years over 1—2月, 1—3月, or names over years: the row above the periods is part of the header."""
    if number == 0 or sheet.cell(number, 0) not in ("", sheet.cell(number - 1, 0)):
        return False
    if label_role(sheet.cell(number - 1, 0)) and width(sheet.rows[number - 1]) > 1:
        return True
    above = [cell for cell in sheet.rows[number - 1][1:] if cell.strip()]
    return bool(above) and all(map(is_period, above))


def is_header(cells: Row) -> bool:
    """Label columns first, then nothing but periods of one kind."""
    texts = [cell.strip() for cell in cells[: width(cells)]]
    lead = next((place for place, text in enumerate(texts) if text), 0)
    texts = texts[lead:] if lead and label_role(texts[lead]) else texts
    periods = [text for text in texts if text and not label_role(text) and is_period(text)]
    others = [text for text in texts[1:] if not text or not (is_period(text) or label_role(text))]
    if not periods or others or is_period(texts[0]):
        return False
    named = label_role(texts[0]) != "" or len(periods) > 1  # the corner may say 指标/年份 or nothing
    return named and not _mixes_months_and_spans(periods)


def _mixes_months_and_spans(texts: list[str]) -> bool:
    """3月 beside 1—3月 is a bureau's table."""
    kinds = {period.kind for text in texts if (period := parse_period(text, year=2000))}
    return {"month", "span"} <= kinds


def _grid(number: int, sheet: Sheet) -> Grid:
    cells = sheet.rows[number]
    context = read_context(sheet.rows[:number])
    texts = [cell.strip() for cell in cells[: width(cells)]]
    roles = {place: label_role(text) for place, text in enumerate(texts)}
    labels = {role: place for place, role in roles.items() if role}
    if not set(labels) & set(_LABEL_ROLES):
        labels["region" if context.indicator or _REGION.search(texts[0]) else "indicator"] = 0
    columns = [place for place, text in enumerate(texts) if not roles[place] and is_period(text)]
    settled = settle_lost_zeros(hold_years([texts[place] for place in columns]))
    headings = {
        place: Heading(period=new or texts[place]) for place, new in zip(columns, settled, strict=True)
    }
    return Grid(
        body=number + 1,
        labels=labels,
        headings=headings,
        context=context,
        width=len(texts),
        has_parts=True,
        is_own_month=bool(context.database)
        or _writes_cumulative(sheet, number + 1, labels)
        or (context.indicator is not None and names_national_source(sheet)),
    )


def _writes_cumulative(sheet: Sheet, body: int, labels: dict[str, int]) -> bool:
    """A table that writes 累计 where it means it: its other rates are the month's own."""
    place = labels.get("indicator", 0)
    names = (sheet.cell(row, place) for row in range(body, len(sheet.rows)))
    return any("累计" in name for name in names if not is_footnote(name))


def read(grid: Grid, sheet: Sheet, desk: Desk) -> None:
    read_grid(grid, sheet, desk)
