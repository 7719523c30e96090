"""The statistics bureau's monthly table: 本月, 同比, 1—本月, 同比 beside each other, `#` marks "of which"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from deliveries import Delivery
from names import SIMULATED, indicator_name
from story import HUNDRED, Figure
from tables import Cell, Merge, csv_bytes, xlsx_bytes

MISSING = "—"
PARTS = {
    "industrial_investment": "#",
    "infrastructure_investment": "  ",
    "real_estate_investment": "#",
    "retail_sales_above_designated": "#",
}
MERGES: Sequence[Merge] = ((0, 0, 0, 4), (2, 0, 3, 0), (2, 1, 2, 2), (2, 3, 2, 4))


def write_bureau_csv(delivery: Delivery) -> bytes:
    return csv_bytes(bureau_rows(delivery), delivery.encoding)


def write_bureau_xlsx(delivery: Delivery) -> bytes:
    merges = MERGES if _month(delivery) > 2 else ((0, 0, 0, 2), (2, 0, 3, 0), (2, 1, 2, 2))
    return xlsx_bytes(bureau_rows(delivery), sheet=f"{_month(delivery)}月", merges=merges)


def _month(delivery: Delivery) -> int:
    return delivery.figures[0].month


def bureau_rows(delivery: Delivery) -> list[list[Cell]]:
    """Title, unit line, two header rows, one row an indicator, notes. February has no month of its own."""
    year, month = delivery.figures[0].year, _month(delivery)
    span = f"1—{month}月"
    own = ([f"{month}月", ""], ["本月", "同比增长(%)"]) if month > 2 else ([], [])
    return [
        [f"大渡口区{year}年{span}主要经济指标（{SIMULATED['zh']}）"],
        [f"大渡口区统计局　{year}年{month}月"],
        ["指标", *own[0], span, ""],
        ["", *own[1], "累计", "同比增长(%)"],
        *(_row(delivery, indicator) for indicator in dict.fromkeys(f.indicator for f in delivery.figures)),
        ["注：1.规模以上工业增加值增速按可比价格计算，投资只公布增速。"],
        ["　　2.“#”表示其中项。"],
    ]


def _row(delivery: Delivery, indicator: str) -> list[Cell]:
    now = _pair(delivery, indicator, _month(delivery))
    cumulative = [figure.value if figure else MISSING for figure in now]
    month = _own_month(delivery, indicator) if _month(delivery) > 2 else []
    total = now[0]
    unit = f"({total.unit})" if total else ""
    return [f"{PARTS.get(indicator, '')}{indicator_name(indicator)}{unit}", *month, *cumulative]


def _pair(
    delivery: Delivery, indicator: str, month: int, year: int = 0
) -> tuple[Figure | None, Figure | None]:
    """Total and growth of an indicator at a month, from the figures the office has on file."""
    year = year or delivery.figures[0].year
    found = {
        f.measure: f for f in delivery.on_file if (f.indicator, f.year, f.month) == (indicator, year, month)
    }
    return found.get("total"), found.get("growth")


def _own_month(delivery: Delivery, indicator: str) -> list[Cell]:
    """The month's own total and growth, which exist only where there is a total."""
    month, year = _month(delivery), delivery.figures[0].year
    own = _difference(delivery, indicator, year, month)
    before = _difference(delivery, indicator, year - 1, month)
    if own is None or before is None:
        return [own if own is not None else MISSING, MISSING]
    has_growth = _pair(delivery, indicator, month)[1] is not None
    growth = ((own / before - 1) * HUNDRED).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return [own, growth if has_growth else MISSING]


def _difference(delivery: Delivery, indicator: str, year: int, month: int) -> Decimal | None:
    now = _pair(delivery, indicator, month, year)[0]
    before = _pair(delivery, indicator, month - 1, year)[0]
    return now.value - before.value if now and before else None
