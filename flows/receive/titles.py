"""Lines around a table: titles above it, footnotes below it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from models.period import Period, normal_label, parse_period

_FOOTNOTE = re.compile(
    r"^\W*(?:注|备注|说明|附注|数据来源|资料来源|来源|制表|填表|填报|审核|联系|指标解释|单位负责人|note|source)",
    re.IGNORECASE,
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


def year_of_titles(titles: Iterable[str]) -> int | None:
    """The one year that the titles name, or None where there is none or more than one."""
    years = {int(found[0][:4]) for title in titles for found in _YEAR.finditer(normal_label(title))}
    return years.pop() if len(years) == 1 else None


def period_of_titles(titles: Iterable[str]) -> Period | None:
    """The one period that the titles name (2024年1—10月主要经济指标); a bare year counts only alone."""
    found = [
        parse_period(match[0]) for title in titles for match in _TITLE_PERIOD.finditer(normal_label(title))
    ]
    periods = {period for period in found if period is not None}
    closer = {period for period in periods if period.kind != "year"} or periods
    return closer.pop() if len(closer) == 1 else None
