"""The form of `duban template`, filled in by an office: the long form under a marked title, last year beside it."""

from __future__ import annotations

from deliveries import Delivery, Line
from names import (
    SIMULATED,
    basis_word,
    indicator_name,
    measure_word,
    office_name,
    period_text,
    printed,
    region_name,
)
from story import Figure
from tables import Rows, csv_bytes, xlsx_bytes

MARK = "督办报送表"
HELP = "只填“数值”“单位”“备注”三栏；没有数据填“-”；界限写作 >=500。"
HEADER = ("地区", "指标", "口径", "累计或当月", "时期", "数值", "单位", "上年同期（参考）", "备注")


def write_form_csv(delivery: Delivery) -> bytes:
    return csv_bytes(_rows(delivery), delivery.encoding)


def write_form_xlsx(delivery: Delivery) -> bytes:
    return xlsx_bytes(_rows(delivery), sheet="报送表")


def _rows(delivery: Delivery) -> Rows:
    first = delivery.figures[0]
    title = f"{MARK}　{office_name(delivery.office)}　{first.year}年{first.month}月"
    return [(title,), (HELP,), HEADER, *(_cells(line, delivery) for line in delivery.lines)]


def _cells(line: Line, delivery: Delivery) -> tuple[str, ...]:
    figure = line.figure
    number, unit = printed(figure, delivery.office)
    return (
        region_name(figure.region),
        indicator_name(figure.indicator),
        measure_word(figure, "zh"),
        basis_word(figure, "zh"),
        period_text(figure.year, figure.month, delivery.period_style),
        f"{figure.bound}{number}",
        unit,
        _last_year(figure, delivery),
        "；".join(filter(None, (line.note, SIMULATED["zh"]))),
    )


def _last_year(figure: Figure, delivery: Delivery) -> str:
    """What the office itself reported a year ago, with its unit, as the form shows it."""
    key = (figure.region, figure.indicator, figure.measure, figure.year - 1, figure.month)
    before = next((f for f in delivery.on_file if f.key == key), None)
    return "".join(printed(before, delivery.office)) if before else ""
