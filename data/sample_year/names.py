"""The words of the files: names from the books, measures, bases and periods as offices write them."""

from __future__ import annotations

import csv
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from story import Figure

REFERENCE = Path(__file__).resolve().parents[1] / "reference"
SIMULATED = {"zh": "模拟数据，不是真实统计", "en": "simulated, not a real statistic"}
MEASURES = {
    "total": "绝对量",
    "growth": "同比增速",
    "level": "时点数",
    "ratio": "比率",
    "stage": "节点",
}
BASES = {"ytd": "累计", "month": "当月", "quarter": "当季", "point": "时点"}
QUARTERS = {3: "第一季度", 6: "上半年", 9: "前三季度", 12: "全年"}
# What an office prints instead of the indicator's own unit: (office, unit) → (printed, factor, decimals).
PRINTED_UNITS = {
    ("finance", "亿元"): ("万元", Decimal(10000), 0),
    ("human_resources", "人"): ("万人", Decimal("0.0001"), 4),
}


@lru_cache
def _book(name: str, key: str, column: str) -> dict[str, str]:
    with (REFERENCE / name).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row[key]: row[column] for row in reversed(rows)}  # the first row of a key is the original one


def indicator_name(indicator: str, language: str = "zh") -> str:
    return _book("indicators.csv", "indicator_id", "name" if language == "zh" else "name_en")[indicator]


def region_name(region: str, language: str = "zh") -> str:
    return _book("regions.csv", "region", "name" if language == "zh" else "name_en")[region]


def office_name(office: str) -> str:
    return _book("offices.csv", "office_id", "name")[office]


def measure_word(figure: Figure, language: str) -> str:
    return MEASURES[figure.measure] if language == "zh" else figure.measure


def basis_word(figure: Figure, language: str) -> str:
    return BASES[figure.basis] if language == "zh" else figure.basis


def period_text(year: int, month: int, style: str) -> str:
    """One period in the style of one office; cumulative months of a year are named by their last month."""
    if style == "iso":
        return f"{year}-{month:02d}"
    if style == "compact":
        return f"{year}{month:02d}"
    if style == "range" and month > 1:
        return f"{year}年1—{month}月"
    if style == "quarter" and month in QUARTERS:
        return f"{year}年{QUARTERS[month]}"
    if style == "year" and month == 12:
        return f"{year}年全年"
    return f"{year}年{month}月"


def printed(figure: Figure, office: str) -> tuple[str, str]:
    """The figure as its office prints it: number and unit."""
    unit, factor, decimals = PRINTED_UNITS.get((office, figure.unit), (figure.unit, Decimal(1), None))
    if decimals is None:
        return str(figure.value), unit
    number = (figure.value * factor).quantize(Decimal(1).scaleb(-decimals))
    return (f"{number:,}" if unit == "万元" else str(number)), unit
