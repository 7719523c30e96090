"""Lines around a table: titles above it, footnotes below it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flows.receive.sheet import Sheet
from models.period import Period, normal_label, parse_period

_NATIONAL_SOURCE = "国家统计局"
_FOOTNOTE = re.compile(
    r"^\W*(?:注|备注|说明|附注|数据来源|资料来源|来源|制表|填表|填报|审核|联系|指标解释|单位负责人|note|source)",
    re.IGNORECASE,
)
_CONTINUED = re.compile(r"续|第\s*\d+\s*页")
_NUMBERED = re.compile(
    r"^\s*(?:附?表\s*[\d一二三四五六七八九十]+(?:[-.—]\d+)*[\s:：]+|\d{1,2}[-—]\d{1,2}\s+)"  # noqa: RUF001
)
_YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d{2})(?=年|[-/](?:19|20)\d{2}年)|(?<=年份:)(\d{4})(?!\d)|(?<=年度:)(\d{4})(?!\d)"
)
_TITLE_PERIOD = re.compile(
    r"(?<!\d)(?<!\d[-/])(?<!年[-/])(?:19|20)\d{2}年(?:1月?-(?:1[0-2]|[2-9])月|(?:1[0-2]|0?[1-9])月|第?[1-4一二三四]季度|前[三3]季度|上半年|全年|度)?(?!\d|.?日|-|第?\d+[期号])"
)


def is_footnote(text: str) -> bool:
    """注：…, 数据来源：…, numbered notes that follow are told by their place."""
    return bool(_FOOTNOTE.match(text.strip()))


def is_continued(text: str) -> bool:
    """A title printed again on the next page: the table goes on."""
    return bool(_CONTINUED.search(text))


def without_number(title: str) -> str:
    """A title without 表1 or 2-1 before it, whose figures would run into those of a year."""
    return _NUMBERED.sub("", title)


def _plain(title: str) -> str:
    return normal_label(without_number(title))


def year_of_titles(titles: Iterable[str]) -> int | None:
    """The one year that the titles name, or None where there is none or more than one."""
    years = {int(found[0][:4]) for title in titles for found in _YEAR.finditer(_plain(title))}
    return years.pop() if len(years) == 1 else None


def period_of_titles(titles: Iterable[str]) -> Period | None:
    """The one period that the titles name (2024年1—10月主要经济指标); a bare year counts only alone."""
    found = [parse_period(match[0]) for title in titles for match in _TITLE_PERIOD.finditer(_plain(title))]
    periods = {period for period in found if period is not None}
    closer = {period for period in periods if period.kind != "year"} or periods
    return closer.pop() if len(closer) == 1 else None


def names_national_source(sheet: Sheet) -> bool:
    """Whether the lines at the end say that the national bureau made this table."""
    last = (cell.strip() for row in sheet.rows[-6:] for cell in row)
    return any("来源" in cell and cell.endswith(_NATIONAL_SOURCE) for cell in last)
