"""Choosing between the two languages, and how a row's figures are written in each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from models.notation import amount, growth, month, number, stretch
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
    """A number with the unit of the row: 17.2万平方米, 6.3%; a rank by its place: 第5位."""
    if row["measure"] == "rank" and value is not None:
        return pick(lang, f"第{number(value)}位", f"place {number(value)}")
    return amount(value, unit_of(row, lang), places, lang=lang)


def bare(value: Decimal | None, lang: str, places: int | None = None) -> str:
    """A number without its unit."""
    return amount(value, "", places, lang=lang)


def operand(value: Decimal | None, lang: str) -> str:
    """A number in a sum, where a negative one stands in brackets: 5 − (−2)."""
    text = bare(value, lang)
    return f"({text})" if text.startswith("−") else text


def covered(row: Row, period: date | None, lang: str) -> str:
    """The stretch of a figure: 1—10月; of a target of several years 2023年1月—2024年10月."""
    if period is None or (row.get("months_total") or 0) <= 12:
        return stretch(period, row["basis"], lang)
    if row["basis"] == "ytd" and row["measure"] == "total":
        first = month(date(row["year"], 1, 31), lang)
        return f"{first}{pick(lang, '—', '–')}{month(period, lang)}"
    text = stretch(period, row["basis"], lang)
    return pick(lang, f"{period.year}年{text}", f"{text} {period.year}")


def told(row: Row, value: Decimal | None, lang: str, *, bound: str | None = None) -> str:
    """A figure of the row as prose says it: 同比增长6.3%, 17.2万平方米, 已开业运营."""
    if row["measure"] == "stage" and value is not None:
        return stages(row, value, lang)
    if row["measure"] == "growth" and not bound:
        return growth(value, lang, None)
    if row["measure"] == "rank" and not bound:
        return measured(row, value, lang)
    return amount(value, unit_of(row, lang), lang=lang, bound=bound)


def stages(row: Row, value: Decimal, lang: str) -> str:
    """One stage in the words of its promise; of several, how many are done."""
    if value and row["status"] != "achieved":
        return pick(
            lang,
            f"已完成 {number(value)} 个节点",
            f"{number(value)} {'stage' if value == 1 else 'stages'} done",
        )
    return stage_text(str(row["printed"]), is_reached=bool(value), lang=lang)


def share(part: Decimal | None, places: int | None = None) -> str:
    """A part of a whole in per cent, with all the digits that are kept: 28.2245%."""
    return number(None if part is None else part * 100, places) + "%"
