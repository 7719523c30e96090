"""A data vendor's sheet: rows 指标名称, 地区, 频度, 单位 above one row a date.

指标名称,社会消费品零售总额:累计值,社会消费品零售总额:累计同比
频度,月,月
单位,亿元,%
2024-03-31,35.01,8.9
"""

from __future__ import annotations

from flows.receive.context import read_context
from flows.receive.desk import Desk
from flows.receive.grid import Grid
from flows.receive.grid_reader import read_grid
from flows.receive.headings import Heading, is_period
from flows.receive.labels import merge, parse_label
from flows.receive.sheet import Sheet, is_torn, width
from models.indicator import normal_name

_TOP_ROWS = 30
_KEYS = {
    "name": "指标名称 指标 名称 时间 日期 时期 date 指标简称 name indicator series seriesname 序列名称",
    "region": "地区 国家 国家/地区 地域 region country regionname",
    "frequency": "频度 频率 frequency freq",
    "unit": "单位 计量单位 unit units",
    "other": "指标id id 来源 数据来源 source 更新时间 更新日期 updated lastupdatetime 时间区间 起始时间 截止时间 状态 status "
    "备注 描述 说明 seriesid srcode mnemonic 指标代码 代码 数据起始 数据截止 firstobs.date lastobs.date 转换 小数位",
}
_ROLES = {normal_name(name): role for role, names in _KEYS.items() for name in names.split()}


def recognise(sheet: Sheet) -> Grid | None:
    """Two or more of the vendor's rows, the names and a unit or frequency among them, then a dated row."""
    for number in range(min(len(sheet.rows), _TOP_ROWS)):
        rows = _block(sheet, number)
        named = "name" in rows and ({"unit", "frequency"} & rows.keys())
        if named and _is_dated(sheet, number + _height(sheet, number)):
            return _grid(sheet, number, rows)
    return None


def _block(sheet: Sheet, first: int) -> dict[str, int]:
    """Role → row of the vendor's rows from `first` on; some vendors leave the corner above them empty."""
    rows = {"name": first} if _is_untitled(sheet, first) else {}
    for number in range(first, first + _height(sheet, first)):
        rows.setdefault(_ROLES.get(normal_name(sheet.cell(number, 0)), "other"), number)
    return rows


def _is_untitled(sheet: Sheet, number: int) -> bool:
    return sheet.cell(number, 0) == "" and width(sheet.rows[number]) > 1


def _height(sheet: Sheet, first: int) -> int:
    """Rows down to the first date: among the vendor's may be some that duban does not know."""
    is_untitled = _is_untitled(sheet, first)
    if not is_untitled and normal_name(sheet.cell(first, 0)) not in _ROLES:
        return 0
    height = int(is_untitled)
    for number in range(first + height, min(len(sheet.rows), first + _TOP_ROWS)):
        key = sheet.cell(number, 0)
        if not key or is_period(key) or width(sheet.rows[number]) < 2:
            break
        height += 1
    return height


def _is_dated(sheet: Sheet, number: int) -> bool:
    return number < len(sheet.rows) and is_period(sheet.cell(number, 0))


def _grid(sheet: Sheet, first: int, rows: dict[str, int]) -> Grid:
    body = first + _height(sheet, first)
    size = width(sheet.rows[rows["name"]])
    columns = [place for place in range(1, size) if sheet.cell(rows["name"], place)]
    return Grid(
        body=body,
        labels={},
        headings={place: _heading(sheet, rows, place) for place in columns},
        context=read_context(sheet.rows[:first]),
        width=size,
        periods={row: text for row in range(body, len(sheet.rows)) if (text := sheet.cell(row, 0))},
        dated=(0,),
        names_row=rows["name"],
        is_torn=is_torn(sheet, first, body - 1),
        is_own_month=any("累计" in sheet.cell(rows["name"], place) for place in columns),
    )


def _heading(sheet: Sheet, rows: dict[str, int], place: int) -> Heading:
    label = parse_label(sheet.cell(rows["name"], place))
    if "unit" in rows:
        label = merge(label, parse_label(f"({sheet.cell(rows['unit'], place)})"))
    region = sheet.cell(rows["region"], place) if "region" in rows else ""
    frequency = normal_name(sheet.cell(rows["frequency"], place)) if "frequency" in rows else ""
    return Heading("", label, region, frequency)


def read(grid: Grid, sheet: Sheet, desk: Desk) -> None:
    read_grid(grid, sheet, desk)
