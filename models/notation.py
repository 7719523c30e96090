"""Figures, dates and periods as people write them, by language. A missing figure is a dash, never a zero."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from models.message import Message, either
from models.period import period_name

MISSING = "—"
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
RATES = ("%", "‰")


def number(value: Decimal | int | float | None, places: int | None = None) -> str:
    """A plain number without needless zeros, at most `places` decimals (half up); thousands grouped from 10,000."""
    if value is None:
        return MISSING
    exact = Decimal(str(value))
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{exact:,f}" if abs(exact) >= 10_000 else f"{exact:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text.replace("-", "−")


def signed(value: Decimal | int | float | None, places: int | None = None) -> str:
    """A number with its sign, as gaps are shown."""
    text = number(value, places)
    return text if value is None or text.startswith("−") or text == "0" else f"+{text}"


def quantity(
    value: Decimal | int | float | None,
    unit: str | None,
    places: int | None = None,
    *,
    bound: str | None = None,
) -> str:
    """A figure with its unit (362.7亿元, 6.3%) and the sign of a bound in front."""
    if value is None:
        return MISSING
    mark = {">=": "≥", "<=": "≤"}.get(bound or "", "")
    return f"{mark}{number(value, places)}{unit or ''}"


def amount(
    value: Decimal | int | float | None,
    unit: str | None,
    places: int | None = None,
    *,
    lang: str = "zh",
    bound: str | None = None,
) -> str:
    """A figure in running text: Chinese prose groups no digits, so that 13180人 stands beside 3180人."""
    text = quantity(value, unit, places, bound=bound)
    return text.replace(",", "") if lang == "zh" else text


def growth(rate: Decimal | int | float | None, lang: str = "zh", places: int | None = 1) -> str:
    """A rate against last year in words: 同比增长6.3%, 同比下降2.1%, 与上年同期持平; a fall is never a negative growth."""
    if rate is None:
        return MISSING
    size = number(abs(Decimal(str(rate))), places)
    if size == "0":
        return "与上年同期持平" if lang == "zh" else "level with last year"
    rises = Decimal(str(rate)) > 0
    if lang == "zh":
        return f"同比{'增长' if rises else '下降'}{size}%"
    return f"{'up' if rises else 'down'} {size}% on last year"


def points(value: Decimal | int | float | None, lang: str = "zh", places: int | None = 1) -> str:
    """A signed gap in points."""
    if value is None:
        return MISSING
    return f"{signed(value, places)}{'个百分点' if lang == 'zh' else ' pp'}"


def points_of(row: Mapping[str, Any]) -> Decimal | None:
    """The gap of a judged row in points; a milestone's is in days and a rank's in places, they have none."""
    return None if row["kind"] in ("stage", "rank") else row["gap_points"]


def percent(share: Decimal | int | float | None, places: int = 0) -> str:
    """A share between 0 and 1 as a percentage."""
    return MISSING if share is None else f"{number(Decimal(str(share)) * 100, places)}%"


def chance(probability: Decimal | None) -> str:
    """A probability as a percentage; 0 % and 100 % are kept for what is settled."""
    if probability is not None and 0 < probability < Decimal("0.01"):
        return "<1%"
    if probability is not None and Decimal("0.99") < probability < 1:
        return ">99%"
    return percent(probability)


def day(value: date | None, lang: str = "zh") -> str:
    """2024年11月28日 or 28 Nov 2024."""
    if value is None:
        return MISSING
    return (
        f"{value.year}年{value.month}月{value.day}日"
        if lang == "zh"
        else f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    )


def month(value: date | None, lang: str = "zh") -> str:
    """2024年10月 or Oct 2024."""
    if value is None:
        return MISSING
    return f"{value.year}年{value.month}月" if lang == "zh" else f"{_MONTHS[value.month - 1]} {value.year}"


def named_period(end: date, basis: str) -> Message:
    """A period with its year: 2024年1—3月, Jan–Mar 2024."""
    stretched = f"Q{(end.month + 2) // 3}" if basis == "quarter" else stretch(end, basis, "en")
    return either(period_name(end, basis), f"{stretched} {end.year}")


def stretch(value: date | None, basis: str | None, lang: str = "zh") -> str:
    """The stretch a figure covers: 1—10月, 前三季度, 10月, 9月末 (Jan–Oct, Oct, end of Sep)."""
    if value is None:
        return MISSING
    if lang != "zh":
        name = _MONTHS[value.month - 1]
        return {"ytd": f"Jan–{name}" if value.month > 1 else name, "point": f"end of {name}"}.get(
            basis or "", name
        )
    if basis == "ytd":
        return "全年" if value.month == 12 else "1月" if value.month == 1 else f"1—{value.month}月"
    return {"quarter": f"{(value.month + 2) // 3}季度", "point": f"{value.month}月末"}.get(
        basis or "", f"{value.month}月"
    )
