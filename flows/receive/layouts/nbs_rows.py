"""Periods in rows: one row a period (and a region), indicators in columns.

时间,居民消费价格指数(上年同月=100),出口总值当期值(千美元)
2020年2月,105.2,
"""

from __future__ import annotations

from collections.abc import Mapping

from flows.receive.context import Context, read_context
from flows.receive.desk import Desk
from flows.receive.grid import Grid
from flows.receive.grid_reader import read_grid
from flows.receive.headings import Heading, is_period, label_role, parse_heading
from flows.receive.sheet import Sheet, width
from flows.receive.titles import is_footnote
from models.period import settle_lost_zeros

_HEADER_ROWS = 40
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
    period_columns = [labels[role] for role in ("period", "year", "month") if role in labels]
    columns = [place for place, text in enumerate(texts) if text and place not in labels.values()]
    if not period_columns or not columns or any(is_period(texts[place]) for place in columns):
        return None
    periods = _periods(number + 1, sheet, labels)
    if not periods:
        return None
    context = read_context(sheet.rows[:number])
    return Grid(
        body=number + 1,
        labels={role: place for role, place in labels.items() if role not in ("period", "year", "month")},
        headings={place: _heading(texts[place], context) for place in columns},
        context=context,
        width=len(texts),
        periods=periods,
        is_own_month=bool(context.database) or any("累计" in text for text in texts),
    )


def _labels(texts: list[str]) -> dict[str, int]:
    labels = {role: place for place, text in enumerate(texts) if (role := label_role(text))}
    if not labels.keys() & {"period", "year", "month"} and len(texts) > 1:
        if texts[0] == "":
            labels["period"] = 0
        elif labels.get("indicator") == 0:  # 指标 stands over the periods of a turned table
            labels["period"] = labels.pop("indicator")
    return labels


def _periods(body: int, sheet: Sheet, labels: Mapping[str, int]) -> dict[int, str]:
    """Row → its period, or nothing where the column does not hold periods."""
    texts = {row: _period_text(row, sheet, labels) for row in range(body, len(sheet.rows))}
    filled = {row: text for row, text in texts.items() if text and not is_footnote(text)}
    last = max((row for row, text in filled.items() if is_period(text)), default=body - 1)
    inside = {row: text for row, text in filled.items() if row <= last}
    if not inside or sum(map(is_period, inside.values())) < _SHARE * len(inside):
        return {}
    settled = settle_lost_zeros(list(inside.values()))
    return {row: new or old for (row, old), new in zip(inside.items(), settled, strict=True)}


def _period_text(row: int, sheet: Sheet, labels: Mapping[str, int]) -> str:
    if "period" in labels:
        return sheet.cell(row, labels["period"])
    year = sheet.cell(row, labels["year"]).rstrip("年") if "year" in labels else ""
    month = sheet.cell(row, labels["month"]) if "month" in labels else ""
    if year and month.isdigit():
        return f"{year}年{month}月"
    return f"{year}年{month}" if year and month else year or month


def _heading(text: str, context: Context) -> Heading:
    """Under a table-wide indicator the columns are regions."""
    heading = parse_heading(text)
    if context.indicator and not (heading.label.unit or heading.label.measure):
        return Heading(region=text)
    return heading


def read(grid: Grid, sheet: Sheet, desk: Desk) -> None:
    read_grid(grid, sheet, desk)
