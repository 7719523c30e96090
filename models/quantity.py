"""Units with their dimensions, and conversion between them. Exact: Decimal in, Decimal out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache

SCALE = Decimal("0.000001")  # figures are kept as DECIMAL(20,6)
LIMIT = Decimal(10) ** 14

_SCALES = {
    "": 1,
    "十": 10,
    "百": 100,
    "千": 1_000,
    "万": 10_000,
    "十万": 100_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 10**8,
    "十亿": 10**9,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}

# Each unit: the dimension, and how many of the dimension's smallest unit it is. 户, 家 and 个 stay apart:
# nobody can tell from the file that 3 个 are 3 户.
_UNITS: dict[str, tuple[str, Fraction]] = {
    "元": ("money", Fraction(1)),
    "美元": ("us_dollar", Fraction(1)),
    "%": ("percent", Fraction(1)),
    "‰": ("percent", Fraction(1, 10)),
    "百分点": ("percentage_point", Fraction(1)),
    "平方米": ("area", Fraction(1)),
    "平方公里": ("area", Fraction(10**6)),
    "公顷": ("area", Fraction(10_000)),
    "亩": ("area", Fraction(10_000, 15)),
    "米": ("length", Fraction(1)),
    "千米": ("length", Fraction(1000)),
    "公里": ("length", Fraction(1000)),
    "立方米": ("volume", Fraction(1)),
    "吨": ("mass", Fraction(1)),
    "千克": ("mass", Fraction(1, 1000)),
    "公斤": ("mass", Fraction(1, 1000)),
    "毫克": ("mass", Fraction(1, 10**9)),
    "微克": ("mass", Fraction(1, 10**12)),
    "吨标准煤": ("energy_coal", Fraction(1)),
    "千克标准煤": ("energy_coal", Fraction(1, 1000)),
    "千瓦时": ("energy", Fraction(1)),
    "度": ("energy", Fraction(1)),
    "千瓦": ("power", Fraction(1)),
    "位": ("rank", Fraction(1)),
    "名": ("rank", Fraction(1)),
}
_COUNTS = [
    "户",
    "家",
    "人",
    "人次",
    "个",
    "套",
    "件",
    "天",
    "次",
    "项",
    "所",
    "台",
    "辆",
    "张",
    "处",
    "座",
    "篇",
    "本",
    "起",
    "例",
    "分",
    "年",
    "岁",
    "小时",
    "标箱",
    "列",
    "班",
    "床",
    "宗",
    "艘",
    "架",
    "部",
    "块",
    "条",
    "只",
    "头",
    "株",
    "门",
    "片",
    "场",
    "期",
    "届",
    "支",
    "种",
    "组",
    "点",
    "工作日",
    "节点",
]
_UNITS.update({name: (f"count_{name}", Fraction(1)) for name in _COUNTS})

_SAME = {
    "个百分点": "百分点",
    "百分比": "%",
    "百分之": "%",
    "平米": "平方米",
    "km": "公里",
    "人民币元": "元",
    "rmb": "元",
    "cny": "元",
    "yuan": "元",
    "usd": "美元",
    "usdollars": "美元",
    "usdollar": "美元",
    "percent": "%",
    "pct": "%",
    "percentagepoints": "百分点",
    "persons": "人",
    "people": "人",
    "person": "人",
    "households": "户",
    "household": "户",
    "enterprises": "家",
    "days": "天",
    "day": "天",
    "sets": "套",
    "units": "个",
    "items": "项",
    "mu": "亩",
    "hectares": "公顷",
    "squaremetres": "平方米",
    "squaremeters": "平方米",
    "tonnes": "吨",
    "tons": "吨",
    "μg": "微克",
    "ug": "微克",
    "kwh": "千瓦时",
}
_ENGLISH_SCALES = (
    ("100million", 10**8),
    ("10thousand", 10_000),
    ("10,000", 10_000),
    ("10000", 10_000),
    ("1,000", 1_000),
    ("thousand", 1_000),
    ("million", 1_000_000),
    ("billion", 10**9),
    ("mn", 1_000_000),
    ("bn", 10**9),
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as printed, its dimension and its size in the dimension's smallest unit."""

    text: str
    dimension: str
    factor: Fraction


@lru_cache(maxsize=4096)
def parse_unit(text: str) -> Unit | None:
    """A unit by its whole name: 亿元, 万户, 千美元, 万元/亩, ‰. None where it is none."""
    # ㎡ first: width folding makes it m2, which no case folding may confuse with the money supply M2.
    wide = text.replace("㎡", "平方米").replace("㎥", "立方米")
    label = re.sub(r"\s+", "", unicodedata.normalize("NFKC", wide)).casefold().replace("每", "/")
    label = label.removeprefix("人民币").removesuffix("人民币")
    if label.count("/") == 1:
        return _compound(text, *label.split("/"))
    found = _simple(label)
    return Unit(text.strip(), *found) if found else None


def _compound(text: str, above: str, below: str) -> Unit | None:
    top, bottom = _simple(above), _simple(below)
    if top is None or bottom is None:
        return None
    return Unit(text.strip(), f"{top[0]}/{bottom[0]}", top[1] / bottom[1])


def _simple(label: str) -> tuple[str, Fraction] | None:
    label = _SAME.get(label, label)
    if label in _UNITS:
        return _UNITS[label]
    for scale in sorted(_SCALES, key=len, reverse=True):
        rest = label.removeprefix(scale)
        if scale and rest != label:
            base = _UNITS.get(_SAME.get(rest, rest))
            # 万% and 千百分点 are slips of the pen, not units.
            return _scaled(base, _SCALES[scale]) if base and not base[0].startswith("percent") else None
    return _english(label)


def _english(label: str) -> tuple[str, Fraction] | None:
    for words, factor in _ENGLISH_SCALES:
        if label.startswith(words):
            rest = label.removeprefix(words)
            base = _UNITS.get(_SAME.get(rest, rest))
            return _scaled(base, factor) if base else None
        if label.endswith(words) and words.isalpha():  # yuan million, RMB bn
            base = _UNITS.get(_SAME.get(label.removesuffix(words), ""))
            return _scaled(base, factor) if base else None
    return None


def _scaled(base: tuple[str, Fraction], factor: int) -> tuple[str, Fraction]:
    return base[0], base[1] * factor


def units_like(text: str) -> tuple[str, ...]:
    """A unit and the usual larger and smaller ones of its dimension, itself first: 亿元 → 亿元, 元, 万元."""
    unit = parse_unit(text)
    if unit is None or "/" in unit.dimension or unit.dimension in ("percent", "percentage_point", "rank"):
        return (text,)
    base = next((name for name, (kind, size) in _UNITS.items() if kind == unit.dimension and size == 1), text)
    usual = (text, base, f"万{base}", *((f"亿{base}",) if unit.dimension == "money" else ()))
    return tuple(dict.fromkeys(usual))


def convert(value: Decimal, unit: Unit, canonical: Unit) -> Decimal:
    """`value` in `unit` → in `canonical`, exact; only what has no finite decimal (亩) is rounded half up."""
    return value if unit.factor == canonical.factor else scale(value, ratio(unit, canonical))


def ratio(unit: Unit, canonical: Unit) -> tuple[Decimal, Decimal]:
    """By what a figure in `unit` is multiplied and divided to be one in `canonical`."""
    found = unit.factor / canonical.factor
    return Decimal(found.numerator), Decimal(found.denominator)


def scale(value: Decimal, by: tuple[Decimal, Decimal]) -> Decimal:
    """`value` times the first of `by`, through the second."""
    exact = by[0] * value / by[1]
    return exact.quantize(SCALE, ROUND_HALF_UP) if exact.as_tuple().exponent < -6 else _plain(exact)  # type: ignore[operator]


def at_scale(value: Decimal) -> Decimal:
    """`value` at the precision that is kept: six decimals, half up."""
    return value.quantize(SCALE, ROUND_HALF_UP) if value.as_tuple().exponent < -6 else value  # type: ignore[operator]


def _plain(value: Decimal) -> Decimal:
    """3E+3 → 3000."""
    return value.quantize(Decimal(1)) if value.as_tuple().exponent > 0 else value  # type: ignore[operator]
