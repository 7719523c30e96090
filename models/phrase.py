"""Choosing between the two languages, and how a row's figures are written in each."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from models.notation import amount, growth, number
from models.stage_words import stage_text
from models.words import unit_word

Row = Mapping[str, Any]


def pick(lang: str, zh: str, en: str) -> str:
    """The Chinese or the English words."""
    return zh if lang == "zh" else en


def unit_of(row: Row, lang: str) -> str:
    """The unit as it follows a number: close to it in Chinese and for %, after a space in English."""
    unit = "%" if row["measure"] == "growth" else unit_word(row["unit"], lang)
    return unit if lang == "zh" or unit in ("%", "‰", "") else f" {unit}"


def measured(row: Row, value: Decimal | None, lang: str, places: int | None = None) -> str:
    """A number with the unit of the row: 17.2万平方米, 6.3%."""
    return amount(value, unit_of(row, lang), places, lang=lang)


def bare(value: Decimal | None, lang: str, places: int | None = None) -> str:
    """A number without its unit, for sums."""
    return amount(value, "", places, lang=lang)


def told(row: Row, value: Decimal | None, lang: str, *, bound: str | None = None) -> str:
    """A figure of the row as prose says it: 同比增长6.3%, 17.2万平方米, 已开业运营."""
    if row["measure"] == "stage" and value is not None:
        return stages(row, value, lang)
    if row["measure"] == "growth" and not bound:
        return growth(value, lang, None)
    return amount(value, unit_of(row, lang), lang=lang, bound=bound)


def stages(row: Row, value: Decimal, lang: str) -> str:
    """One stage in the words of its promise; of several, how many are done."""
    if value and row["status"] != "achieved":
        return pick(lang, f"已完成 {number(value)} 个节点", f"{number(value)} stages done")
    return stage_text(str(row["printed"]), is_reached=bool(value), lang=lang)


def share(part: Decimal | None, places: int | None = None) -> str:
    """A part of a whole in per cent, with all the digits that are kept: 28.2245%."""
    return number(None if part is None else part * 100, places) + "%"
