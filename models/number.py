"""Figures as offices print them: thousands separators, notes, bounds, missing signs, units in the cell."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

from models.period import INVISIBLE
from models.quantity import parse_unit


class Number(NamedTuple):
    """A cell's number: a value, or missing, or neither (`fault` says why).

    `unit` is a unit printed in the cell itself, `marks` what stood behind the figure (①, *).
    """

    value: Decimal | None = None
    bound: str = ""
    unit: str = ""
    marks: str = ""
    fault: str = ""

    @property
    def is_missing(self) -> bool:
        return self.value is None and not self.fault


MISSING = frozenset({"", "-", "--", "—", "——", "…", "……", "...", "......", "/", "//", "?", "??", "n/a", "na", "null", "none"})  # fmt: skip
MISSING |= {"空", "缺", "缺失", "暂缺", "缺报", "未报", "不详", "未统计", "未发布", "尚未公布"}
MISSING |= {"#n/a", "无", "暂无", "未公布", "无数据", "·", "•"}

is_plain = re.compile(r"-?[0-9]+(?:\.[0-9]+)?").fullmatch  # a number and nothing else, as most cells are
_NOTE_MARKS = re.compile(
    r"(?:[\u2460-\u2473\u2474-\u2487\u2776-\u277f*※†‡#]|\[\d{1,2}\]|[(（](?:注|注释|note)?\d{1,2}[)）]|注\d{1,2}|[\u00b9\u00b2\u00b3\u2070-\u2079])+$"
)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_SPACED = re.compile(r"[+-]?\d{1,3}(?: \d{3})+(?:\.\d+)?")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)")
_NOT_FINITE = re.compile(r"[+-]?(?:nan|inf(?:inity)?|∞)", re.IGNORECASE)  # a program wrote these, no person
_QUOTED = re.compile(r"['’][-+]?[\d.,]+%?")  # noqa: RUF001
_BRACKETED = re.compile(r"[(（][\d.,]*[.,][\d.,]*%?[)）]|[(（]\d{3,}%?[)）]")  # noqa: RUF001
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d+")
_LEADING = re.compile(r"^(>=|≥|≧|>|<=|≤|≦|<|不低于|不少于|不高于|不超过|超过|突破|超|不足)")
_TRAILING = re.compile(r"(及以上|或以上|以上|及以下|或以下|以下|以内|\+)$")
_LOWER = {">=", "≥", "≧", ">", "不低于", "不少于", "超过", "突破", "超", "及以上", "或以上", "以上", "+"}
_ABOUT = re.compile(r"^(约|近|大约|左右|~)|(左右|余|多|上下)$")


def parse_number(text: str) -> Number:
    """Read a cell: 1,234.5 · 12.3① · 6%及以上 · >=500 · -4.2 · － · …. Missing is missing, not zero."""
    if is_plain(text):
        return Number(Decimal(text)) if len(text) < 30 else Number(fault="数字过长")
    return _parse_printed(text)


def _parse_printed(text: str) -> Number:
    bare = text.translate(INVISIBLE).strip()
    if _NOT_FINITE.fullmatch(bare):
        return Number(fault="这是算不出来的结果，不是数")
    if bare.casefold() in MISSING:
        return Number()
    if _QUOTED.fullmatch(bare):  # Excel's own sign for a number kept as text, written out by other programs
        bare = bare[1:]
    if _BRACKETED.fullmatch(bare):
        return Number(fault="加括号的数可能是负数，也可能是附注")
    marks = _NOTE_MARKS.search(bare)
    bare = _NOTE_MARKS.sub("", bare) if marks else bare
    label = unicodedata.normalize("NFKC", bare).replace("−", "-").strip()
    if label.casefold() in MISSING:
        return Number(marks=marks[0] if marks else "")
    return _parse_bounded(label, marks[0] if marks else "")


def _parse_bounded(label: str, marks: str) -> Number:
    bounds = []
    for pattern in (_LEADING, _TRAILING):
        found = pattern.search(label)
        if found:
            bounds.append(">=" if found[1] in _LOWER else "<=")
            label = pattern.sub("", label).strip()
    if len(bounds) > 1:
        return Number(fault="前后各有一个界限")
    if _ABOUT.search(label):
        return Number(fault="约数不是统计数")
    number, unit = _split_unit(label)
    return _read_digits(number, bounds[0] if bounds else "", unit, marks)


def _split_unit(label: str) -> tuple[str, str]:
    match = re.match(r"([+-]?[\d.,  ]*(?:[eE][+-]?\d+)?)(.*)$", label)
    number, rest = (match[1], match[2].strip()) if match else (label, "")
    return (number.strip(), rest) if rest and parse_unit(rest) else (label, "")


def _read_digits(number: str, bound: str, unit: str, marks: str) -> Number:
    if _SCIENTIFIC.fullmatch(number):
        return Number(fault="科学计数法的数可能已丢失位数")
    if _GROUPED.fullmatch(number):
        number = number.replace(",", "")
    elif _SPACED.fullmatch(number):
        number = number.replace(" ", "")
    if not _NUMBER.fullmatch(number) or len(number) > 30:
        return Number(fault="不是数字")
    return Number(Decimal(number), bound, unit, marks)
