"""Indicators: what is measured, and the whole names under which offices report it."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from models.cell import (
    Day,
    Flag,
    OptionalCapacity,
    OptionalDay,
    OptionalText,
    Text,
    TextList,
    WholeList,
    choice,
    choices,
)

MEASURES = ("total", "growth", "level", "ratio", "rank", "stage", "index")
BASES = ("ytd", "month", "quarter", "point")

_SPACES = re.compile(r"\s+")
# NFKC turns （） into (), but leaves the brackets that Chinese tables use besides.
_BRACKETS = str.maketrans(
    {"〔": "(", "〕": ")", "【": "(", "】": ")", "[": "(", "]": ")", "{": "(", "}": ")"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One indicator; `unit` is that of its total, level, ratio, rank or stage (growth is always in %)."""

    indicator_id: Text
    name: Text
    name_en: Text
    unit: Text
    measures: Annotated[tuple[str, ...], choices(*MEASURES)]
    basis: Annotated[str, choice(*BASES)]
    direction: Annotated[str, choice("higher", "lower")]
    whole_number: Flag
    valuation: Annotated[str, choice("nominal", "real", "none")]
    frequency: Annotated[str, choice("month", "quarter", "year")]
    reporting_office: Text
    proxy: OptionalText
    capacity: OptionalCapacity
    atypical_years: WholeList
    aliases: TextList
    definition: Text
    reviewed_on: OptionalDay
    entered_on: Day

    @property
    def key(self) -> str:
        return self.indicator_id

    @property
    def known_names(self) -> tuple[str, ...]:
        """Every whole name that means this indicator, its id included."""
        return (self.indicator_id, self.name, self.name_en, *self.aliases)


def normal_name(name: str) -> str:
    """A name as it is compared: width, spaces, brackets and the case of Latin letters do not matter.

    Nothing else is forgiven: names match whole, because 限上社零 is not 社零.
    """
    return _SPACES.sub("", unicodedata.normalize("NFKC", name)).translate(_BRACKETS).casefold()


def nearest_names(name: str, known: Iterable[str], *, limit: int = 3) -> list[str]:
    """The known names most like an unknown one, for a message; never a reading of it."""
    printed = {normal_name(one): one for one in known}
    return [printed[one] for one in difflib.get_close_matches(normal_name(name), printed, limit, cutoff=0.5)]
