"""The same observations written in every layout: what the reader must give back."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from models.period import month_end
from tests import xls_file, xlsx_file

Rows = list[list[str]]


class Observation(NamedTuple):
    """One figure as the warehouse would key it."""

    indicator: str
    measure: str
    basis: str
    end: date
    value: Decimal


class Series(NamedTuple):
    """A series of the national book and how an export of the bureau names it."""

    indicator: str
    measure: str
    basis: str
    name: str
    export: str  # words behind the name
    vendor: str
    unit: str


SERIES = (
    Series("retail", "total", "ytd", "社会消费品零售总额", "累计值", "累计值", "亿元"),
    Series("retail", "total", "month", "社会消费品零售总额", "当期值", "当月值", "亿元"),
    Series("retail", "growth", "ytd", "社会消费品零售总额", "累计增长", "累计同比", "%"),
    Series("retail", "growth", "month", "社会消费品零售总额", "同比增长", "当月同比", "%"),
    Series("exports", "total", "month", "出口总值", "当期值", "当月值", "亿美元"),
    Series("m2", "level", "point", "货币和准货币(M2)供应量", "期末值", "期末值", "亿元"),
    Series("m2", "growth", "point", "货币和准货币(M2)供应量", "同比增长", "同比", "%"),
    Series("cpi", "index", "month", "居民消费价格指数", "(上年同月=100)", "(上年同月=100)", ""),
)
BY_KEY = {(s.indicator, s.measure, s.basis): s for s in SERIES}

PERIOD_STYLES: dict[str, Callable[[date], str]] = {
    "chinese": lambda d: f"{d.year}年{d.month}月",
    "padded": lambda d: f"{d.year}年{d.month:02d}月",
    "iso": lambda d: f"{d:%Y-%m}",
    "compact": lambda d: f"{d:%Y%m}",
    "dotted": lambda d: f"{d:%Y.%m}",
    "slash": lambda d: f"{d.year}/{d.month}",
    "last_day": lambda d: f"{d:%Y-%m-%d}",
    "full_width": lambda d: f"{d.year}年{d.month}月".translate(
        str.maketrans("0123456789", "０１２３４５６７８９")
    ),
}
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "gb18030", "xlsx", "xls")


def span_text(end: date) -> str:
    return f"{end.year}年1—{end.month}月" if end.month > 1 else f"{end.year}年1月"


def write_long(observations: Sequence[Observation], style: str) -> Rows:
    rows: Rows = [["指标", "口径", "累计或当月", "时期", "界限", "数值", "单位", "备注"]]
    for o in observations:
        series = BY_KEY[o[:3]]
        period = span_text(o.end) if o.basis == "ytd" and style == "chinese" else PERIOD_STYLES[style](o.end)
        rows.append([series.name, o.measure, o.basis, period, "", f"{o.value:f}", series.unit, "手写"])
    return rows


def write_columns(observations: Sequence[Observation], style: str) -> Rows:
    ends = sorted({o.end for o in observations}, reverse=True)
    table = _table(observations)
    rows: Rows = [
        ["数据库：月度数据"],
        ["时间：最近36个月"],
        ["指标", *(PERIOD_STYLES[style](end) for end in ends)],
    ]
    rows += [[_export(s), *(cells.get(end, "") for end in ends)] for s, cells in table.items()]
    return [*rows, ["注：1.只为测试。"], ["数据来源：区统计局"]]


def write_rows(observations: Sequence[Observation], style: str) -> Rows:
    ends = sorted({o.end for o in observations})
    table = _table(observations)
    rows: Rows = [["数据库：月度数据"], ["时间", *map(_export, table)]]
    rows += [[PERIOD_STYLES[style](end), *(cells.get(end, "-") for cells in table.values())] for end in ends]
    return [*rows, ["数据来源：区统计局"]]


def write_vendor(observations: Sequence[Observation], style: str) -> Rows:
    ends = sorted({o.end for o in observations})
    table = _table(observations)
    rows: Rows = [
        ["指标名称", *(f"中国:{s.name}{'' if s.vendor.startswith('(') else ':'}{s.vendor}" for s in table)],
        ["频率", *("月" for _ in table)],
        ["单位", *(s.unit or "上年同月=100" for s in table)],
    ]
    return [*rows, *([PERIOD_STYLES[style](end), *(c.get(end, "") for c in table.values())] for end in ends)]


def write_bureau(observations: Sequence[Observation], style: str) -> Rows:
    """One month only: 本月, 同比, 1—本月, 同比."""
    (end,) = {o.end for o in observations}
    cells = {o[:3]: f"{o.value:f}" for o in observations}
    rows: Rows = [
        [f"{end.year}年{end.month}月主要经济指标"],
        ["指标", f"{end.month}月", "", f"1—{end.month}月", ""],
        ["", "本月", "同比增长(%)", "累计", "同比增长(%)"],
    ]
    kinds = (("total", "month"), ("growth", "month"), ("total", "ytd"), ("growth", "ytd"))
    for indicator in dict.fromkeys(o.indicator for o in observations):
        series = next(s for s in SERIES if s.indicator == indicator)
        values = [cells.get((indicator, *kind), "…") for kind in kinds]
        rows.append([f"{series.name}({series.unit})", *values])
    return [*rows, ["注：只为测试"]]


def write_page(observations: Sequence[Observation], style: str) -> Rows:
    """The bureau's table with every cell on a line of its own."""
    title, _, _, *body = write_bureau(observations, style)
    (end,) = {o.end for o in observations}
    headings = ["指标", f"{end.month}月", "比去年同月增长(%)", f"1-{end.month}月", "比去年同期增长(%)"]
    return [[title[0]], *([cell] for cell in headings), *([cell] for row in body for cell in row)]


WRITERS = {
    "long": write_long,
    "nbs_columns": write_columns,
    "nbs_rows": write_rows,
    "vendor": write_vendor,
    "bureau_monthly": write_bureau,
    "bureau_page": write_page,
}


def _table(observations: Sequence[Observation]) -> dict[Series, dict[date, str]]:
    table: dict[Series, dict[date, str]] = {}
    for o in observations:
        table.setdefault(BY_KEY[o[:3]], {})[o.end] = f"{o.value:f}"
    return table


def _export(series: Series) -> str:
    return f"{series.name}{series.export}" + (f"({series.unit})" if series.unit else "")


def encode(rows: Rows, encoding: str, delimiter: str = ",") -> bytes:
    """Rows as a CSV in an encoding, or as a workbook with numbers stored as numbers."""
    if encoding == "xlsx":
        return xlsx_file.xlsx_bytes([[_number(cell) for cell in row] for row in rows])
    if encoding == "xls":
        return xls_file.xls_bytes([[_number(cell) for cell in row] for row in rows])
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue().encode(encoding)


def _number(cell: str) -> str | float:
    try:
        return float(cell) if cell.isascii() and math.isfinite(float(cell)) else cell
    except ValueError:
        return cell


def months(first: int, count: int) -> list[date]:
    """`count` month ends from the `first` month after December 2021 on."""
    return [month_end(2022 + m // 12, m % 12 + 1) for m in range(first, first + count)]
