"""Deliveries that once came in another form than their office's usual one: forms.csv, one writer a form."""

from __future__ import annotations

from dataclasses import replace

from bureau import bureau_rows
from deliveries import Delivery
from long_form import long_rows
from names import SIMULATED, indicator_name, period_text, printed, region_name
from story import Figure, read_table
from tables import csv_bytes
from xls_file import Cell, xls_bytes

LABELS = {"total": "{name}({unit})", "growth": "{name}增速({unit})", "ratio": "{name}({unit})"}


def in_their_forms(deliveries: list[Delivery]) -> list[Delivery]:
    """The same deliveries, those of forms.csv in the layout that it names."""
    forms = {(row["period"], row["package"]): row["layout"] for row in read_table("forms.csv")}
    return [replace(d, layout=forms.get((d.folder, d.name), d.layout)) for d in deliveries]


def write_bureau_page(delivery: Delivery) -> bytes:
    """The bureau's monthly table as copied from its page: every cell on a line of its own, blank lines between."""
    title, by, _, _, *body = bureau_rows(delivery)
    month = delivery.figures[0].month
    header = ["指标", f"{month}月", "比去年同月增长(%)", f"1—{month}月", "比去年同期增长(%)"]
    lines = [str(cell) for row in (title, by, header, *body) for cell in row]
    return ("\n\n".join(lines) + "\n").encode("utf-8")


def write_region_table(delivery: Delivery) -> bytes:
    """Regions in rows under indicators; the period stands in the title alone."""
    figures = delivery.figures
    first = figures[0]
    period = period_text(first.year, first.month, "quarter")
    rows = [
        [f"{period}主要经济指标（{SIMULATED['zh']}）"],
        ["地区", *(_label(delivery, figure) for figure in figures)],
        [region_name(delivery.region), *(printed(figure, delivery.office)[0] for figure in figures)],
        [f"数据来源：{delivery.source}"],
    ]
    return csv_bytes(rows, delivery.encoding)


def write_nbs_regions(delivery: Delivery) -> bytes:
    """An export of one indicator: regions in rows, years in columns, newest first, the indicator above."""
    figures = sorted(delivery.figures, key=lambda figure: figure.year, reverse=True)
    rows = [
        ["数据库：分区县年度数据"],
        [f"指标：{_label(delivery, figures[0])}"],
        [f"时间：{figures[-1].year}-{figures[0].year}"],
        ["地区", *(f"{figure.year}年" for figure in figures)],
        [region_name(delivery.region), *(printed(figure, delivery.office)[0] for figure in figures)],
        [f"数据来源：{delivery.source}（{SIMULATED['zh']}）"],
    ]
    return csv_bytes(rows, "gb18030")


def write_long_xls(delivery: Delivery) -> bytes:
    """The long form as an Excel 97 workbook, its values stored as numbers."""
    header, *body = long_rows(delivery)
    value = header.index("数值")
    rows: list[list[Cell]] = [list(header)]
    rows += [[float(cell) if place == value else cell for place, cell in enumerate(row)] for row in body]
    return xls_bytes(rows, sheet="报送")


def _label(delivery: Delivery, figure: Figure) -> str:
    unit = printed(figure, delivery.office)[1]
    return LABELS[figure.measure].format(name=indicator_name(figure.indicator), unit=unit)
