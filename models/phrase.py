"""Choosing between the two languages, and the unit of a row as it is written in each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Row = Mapping[str, Any]


def pick(lang: str, zh: str, en: str) -> str:
    """The Chinese or the English words."""
    return zh if lang == "zh" else en


def unit_of(row: Row, lang: str) -> str:
    """The unit as it follows a number: close to it in Chinese and for %, after a space in English."""
    unit = str(row["unit"] or "")
    return unit if lang == "zh" or unit == "%" else f" {unit}"
