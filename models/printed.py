"""What the printed form of a figure tells beside its value: how far it was rounded, and in which unit it stood."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from models.quantity import parse_unit

_FIGURE = re.compile(r"[0-9][0-9,]*\.?[0-9]*")
# Not NFKC, which makes 12.31 of 12.3①.
_NARROW = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_LARGER = ("亿", "千万", "百万", "十万", "万", "千", "百", "十")
_COMMON = ("", "万", "亿", "千", "百万", "百", "十", "十万", "千万")


def rounding_step(value: Decimal, printed: str) -> Decimal:
    """The last printed place in the value's own unit: 12000 read from `1.2` (万人) is rounded to 1000."""
    digits = _digits(printed).replace(".", "")
    if not digits.strip("0") or not value:
        return _last_place(value)
    return (abs(value) / int(digits)).quantize(Decimal("0.000001"), ROUND_HALF_UP)


def _last_place(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(min(exponent, 0)) if isinstance(exponent, int) else Decimal(0)


def _digits(printed: str) -> str:
    found = _FIGURE.search(printed.translate(_NARROW))
    return found[0].replace(",", "") if found else ""


def fitting_unit(value: Decimal, unit: str, printed: str, power: int) -> str:
    """The unit in which the printed figure would be right when `value` (in `unit`) is 10^power too large.

    "" when no common unit is that much smaller or larger than the one in which the file said it was.
    """
    kept = parse_unit(unit)
    if kept is None:
        return ""
    wanted = kept.factor * _stated_over_kept(value, printed) / Fraction(10) ** power
    base = _without_scale(unit)
    names = (f"{scale}{base}" for scale in _COMMON)
    return next((name for name in names if (made := parse_unit(name)) and made.factor == wanted), "")


def _stated_over_kept(value: Decimal, printed: str) -> Fraction:
    """The unit of the file in the unit that is kept, read off the figure itself: 万元 over 亿元 is 1/10000."""
    figure = Fraction(_digits(printed) or "0")
    return abs(Fraction(value)) / figure if figure and value else Fraction(1)


def _without_scale(unit: str) -> str:
    for scale in _LARGER:
        rest = unit.removeprefix(scale)
        if rest != unit and parse_unit(rest):
            return _without_scale(rest)
    return unit
