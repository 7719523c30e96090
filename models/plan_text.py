"""A work report's plan part (二、) as sections, paragraphs and the numbers printed in them.

What counts as a number:

- every run of Arabic digits, half or full width, with its decimals and thousands separators, and the
  magnitude (百 千 万 亿) and unit that follow it at once: `0.3万户`, `5 %`, `33618`, `2024年`; numbers that are
  part of a name are numbers too, each run by itself: `1+1＞2` is three of them;
- Chinese numerals only where they measure something: before a unit of measurement (`三百亩`, `两倍`) or as
  百分之…. 三资, 第四届, 五大产业, 十四五 are names and no numbers.

Width and spaces do not matter: `5 %` is `5%`. A section's heading is its paragraph 0, the non-empty lines
after it count from 1; what stands before （一） is the section `headline`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

_NUMERALS = "一|二|三|四|五|六|七|八|九|十|十一|十二|十三|十四|十五|十六|十七|十八|十九|二十"
_PART = re.compile(r"^([一二三四五六七八九十]+)、")
_SECTION = re.compile(rf"^\(({_NUMERALS})\)")
_YEAR = re.compile(r"(\d{4})年")
_SPACES = re.compile(r"\s+")

MAGNITUDES = {
    "": 1,
    "百": 100,
    "千": 1_000,
    "万": 10_000,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "万亿": 10**12,
}
# The longer of two units that begin alike comes first.
_MEASURED = "个百分点|百分点|平方公里|平方米|立方米|公里|公顷|美元|元|户|家|人次|人|亩|套|天|吨|倍|成"
_COUNTED = "%|‰|周年|号线|个|项|件|所|座|条|处|张|床|名|米|年|月|日|届|次|期|度|位|级"
_DIGITS = "一二三四五六七八九十两"
_NUMERAL = f"[百千万亿零〇{_DIGITS}]*[{_DIGITS}][百千万亿零〇{_DIGITS}]*"


_FIGURE = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?)"
    rf"(?P<magnitude>万亿|千万|百万|[百千万亿])?(?P<unit>(?:{_MEASURED}|{_COUNTED})(?:/(?:亩|平方公里|平方米|人|户))?)?"
    rf"|{_NUMERAL}(?:点{_NUMERAL})?(?:{_MEASURED})"
    rf"|百分之{_NUMERAL}(?:点{_NUMERAL})?"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed number: where it starts in the normalised paragraph; `amount` is None for 三百亩."""

    printed: str
    start: int
    amount: Decimal | None
    unit: str  # with its magnitude taken out: 户 for 0.3万户

    @property
    def end(self) -> int:
        return self.start + len(self.printed)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the plan part, its text normalised in width and without spaces."""

    section: str
    number: int
    text: str

    @property
    def place(self) -> tuple[str, int]:
        return (self.section, self.number)


def normal_text(text: str) -> str:
    """Text as it is searched; the full-width comma is kept from becoming a thousands separator."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text.replace("，", "、")))


def figures_in(text: str) -> list[Figure]:
    """All numbers of a text that `normal_text` gave, in order."""
    return [_figure(match) for match in _FIGURE.finditer(text)]


def _figure(match: re.Match[str]) -> Figure:
    number, magnitude, unit = match["number"], match["magnitude"] or "", match["unit"] or ""
    amount = Decimal(number.replace(",", "")) * MAGNITUDES[magnitude] if number else None
    return Figure(match.group(), match.start(), amount, unit)


def find_printed(printed: str, text: str) -> list[int]:
    """Where `printed` stands in a normalised text as whole numbers: 6% is not found in 16%."""
    wanted, figures = normal_text(printed), figures_in(text)
    starts = [match.start() for match in re.finditer(f"(?={re.escape(wanted)})", text)] if wanted else []
    inside = [(figure.printed, figure.start) for figure in figures_in(wanted)]
    return [at for at in starts if _figures_within(figures, at, at + len(wanted)) == inside]


def _figures_within(figures: list[Figure], start: int, end: int) -> list[tuple[str, int]]:
    """The numbers that touch a stretch of text, counted from its start."""
    return [(f.printed, f.start - start) for f in figures if f.start < end and f.end > start]


def split_plan(report: str) -> list[Paragraph]:
    """The paragraphs of the plan part, headings included as paragraph 0; empty if there is no part 二、."""
    paragraphs: list[Paragraph] = []
    part, section, number = "", "headline", -1
    for line in filter(None, map(normal_text, report.splitlines())):
        if heading := _PART.match(line):
            part, section, number = heading[1], "headline", -1
        elif (heading := _SECTION.match(line)) and part == "二":
            section, number = str(_NUMERALS.split("|").index(heading[1]) + 1), -1
        number += 1
        if part == "二":
            paragraphs.append(Paragraph(section, number, line))
    return paragraphs


def plan_year(paragraphs: list[Paragraph]) -> int | None:
    """The year that the plan part's heading names."""
    found = _YEAR.search(paragraphs[0].text) if paragraphs else None
    return int(found[1]) if found else None
