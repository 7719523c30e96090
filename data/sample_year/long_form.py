"""The documented long CSV, one figure a row, with Chinese or English headers; and how it may be spoilt."""

from __future__ import annotations

from deliveries import Delivery, Line
from names import SIMULATED, basis_word, indicator_name, measure_word, period_text, printed, region_name
from tables import csv_bytes

HEADERS = {
    "zh": ("地区", "指标", "口径", "累计或当月", "时期", "界限", "数值", "单位", "备注"),
    "en": ("region", "indicator", "measure", "basis", "period", "bound", "value", "unit", "note"),
}


def write_long(delivery: Delivery) -> bytes:
    table = long_rows(delivery)
    if delivery.fault == "mojibake":  # what a wrong conversion leaves: GB18030 bytes taken for Latin-1
        return csv_bytes(table, "gb18030").decode("latin-1").encode("utf-8")
    return csv_bytes(table, delivery.encoding)


def long_rows(delivery: Delivery) -> list[tuple[str, ...]]:
    """Header and one row a figure."""
    header: tuple[str, ...] = HEADERS[delivery.language]
    rows = [dict(zip(header, _cells(line, delivery), strict=True)) for line in delivery.lines]
    if delivery.fault == "no_unit_no_period":
        header = tuple(name for name in header if name not in ("累计或当月", "时期", "单位", "备注"))
    return [header, *(tuple(row[name] for name in header) for row in rows)]


def _cells(line: Line, delivery: Delivery) -> tuple[str, ...]:
    figure, language = line.figure, delivery.language
    number, unit = printed(figure, delivery.office)
    return (
        region_name(figure.region, language),
        indicator_name(figure.indicator, language),
        measure_word(figure, language),
        basis_word(figure, language),
        period_text(figure.year, figure.month, delivery.period_style),
        figure.bound,
        number,
        line.unit or unit,
        "；".join(filter(None, (line.note, SIMULATED[language]))),
    )
