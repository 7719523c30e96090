"""Periods as offices print them: 2024年3月, 1—3月份, 一季度, 上半年, 202403, 2024Q1, 2024-03-31.

A label gives the last day that it covers and, where its words say so, the basis: `1—3月` is `ytd`,
`2024年3月` leaves open whether the month alone or the year so far is meant.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

MONTH, QUARTER, YEAR, SPAN, POINT = "month", "quarter", "year", "span", "point"
_FIRST_YEAR, _LAST_YEAR = 1949, 2100

# Pages leave characters of no width in what is copied from them.
INVISIBLE = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", ""))
_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_NUMERALS = {**_DIGITS, "十一": 11, "十二": 12}
_ENGLISH_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DASHES = str.maketrans(dict.fromkeys("—–－‐‑‒―~～至到", "-"))  # noqa: RUF001


class Period(NamedTuple):
    """What a label says: the last day covered and the kind of stretch.

    `kind` is month, quarter, year, span (from January up to `end`) or point (末).
    """

    end: date
    kind: str

    @property
    def basis(self) -> str:
        """The basis that the label itself states: ytd, point, or "" where it leaves it open."""
        return {SPAN: "ytd", YEAR: "ytd", POINT: "point"}.get(self.kind, "")


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def parse_month(text: str) -> date | None:
    """`YYYY-MM` → the last day of that month, or None."""
    match = re.fullmatch(r"(\d{4})-(\d{2})", text)
    return _month(int(match[1]), int(match[2])).end if match and _is_month(match[1], match[2]) else None


def period_name(end: date, basis: str) -> str:
    """A period in Chinese words: 2024年1—3月, 2024年3月, 2024年一季度, 2024年3月末, 2024年."""
    year, month = end.year, end.month
    if basis == "ytd":
        return f"{year}年" if month == 12 else f"{year}年1—{month}月" if month > 1 else f"{year}年1月"
    if basis == "quarter":
        return f"{year}年{'一二三四'[(month - 1) // 3]}季度"
    return f"{year}年{month}月末" if basis == "point" else f"{year}年{month}月"


def parse_period(text: str, *, year: int | None = None) -> Period | None:
    """Read a period label; `year` completes one that prints none. None where it is no period.

    `2024.1` is not read: it is January or the lost zero of October (see `settle_lost_zeros`).
    """
    label = normal_label(text)
    for pattern, build in _FORMS:
        match = pattern.fullmatch(label)
        if match:
            return build(match, year)
    return None


def needs_year(text: str) -> bool:
    """Whether a label is a period that only lacks its year: 3月, 1—3月, 上半年."""
    return parse_period(text) is None and parse_period(text, year=2000) is not None


def normal_label(text: str) -> str:
    """Width, spaces and dashes made alike; Chinese numerals stay."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text.translate(INVISIBLE))).translate(_DASHES)


def settle_lost_zeros(labels: Sequence[str]) -> list[str | None]:
    """Labels with each `2019.1` written out as `2019.01` or `2019.10` where its neighbours prove which.

    Proven: the other dotted labels run strictly up or down, and only one of the two months fits between
    the neighbours; where both fit at an end, the one beside its neighbour, if all others are one month
    apart. What is not proven becomes None.
    """
    kept = [label.strip() for label in labels]
    months = [_dotted(label) for label in kept]
    doubtful = [place for place, label in enumerate(kept) if _LOST_ZERO.fullmatch(label)]
    if not doubtful:
        return list(kept)
    settled: list[str | None] = list(kept)
    direction = _direction(months)
    for place in doubtful:
        month = _fitting(months, place, int(kept[place][:4]), direction)
        settled[place] = f"{kept[place][:4]}.{month:02d}" if month else None
    return settled


_LOST_ZERO = re.compile(r"\d{4}\.1")
_EITHER_WAY = re.compile(rf"\d{{1,2}}-(?:{'|'.join(_ENGLISH_MONTHS)})[a-z]*", re.IGNORECASE)


def is_doubtful(text: str) -> bool:
    """Whether a label is a period that can be read two ways: 2019.1, 24-Mar."""
    return bool(_LOST_ZERO.fullmatch(text.strip()) or _EITHER_WAY.fullmatch(text.strip()))


_DOTTED = re.compile(r"(\d{4})\.(\d{1,2})")


def _dotted(label: str) -> int | None:
    match = _DOTTED.fullmatch(label)
    if not match or _LOST_ZERO.fullmatch(label) or not 1 <= int(match[2]) <= 12:
        return None
    return int(match[1]) * 12 + int(match[2]) - 1


def _direction(months: Sequence[int | None]) -> int:
    """1 ascending, -1 descending, 0 where the sure labels are not in order."""
    sure = [month for month in months if month is not None]
    steps = {(b > a) - (b < a) for a, b in zip(sure, sure[1:], strict=False)} - {0}
    return steps.pop() if len(steps) == 1 else 0


def _fitting(months: Sequence[int | None], place: int, year: int, direction: int) -> int | None:
    if direction == 0:
        return None
    before = next((m for m in reversed(months[:place]) if m is not None), None)
    after = next((m for m in months[place + 1 :] if m is not None), None)
    fits = [m for m in (1, 10) if _is_between(year * 12 + m - 1, before, after, direction)]
    if len(fits) == 1:
        return fits[0]
    beside = [m for m in fits if _is_beside(year * 12 + m - 1, before, after, direction)]
    return beside[0] if len(beside) == 1 and _has_even_steps(months) else None


def _is_between(month: int, before: int | None, after: int | None, direction: int) -> bool:
    return (before is None or (month - before) * direction > 0) and (
        after is None or (after - month) * direction > 0
    )


def _is_beside(month: int, before: int | None, after: int | None, direction: int) -> bool:
    return (before is not None and month - before == direction) or (
        after is not None and after - month == direction
    )


def _has_even_steps(months: Sequence[int | None]) -> bool:
    pairs = zip(months, months[1:], strict=False)
    steps = [abs(b - a) for a, b in pairs if a is not None and b is not None]
    return bool(steps) and set(steps) == {1}


def _is_year(text: str | int) -> bool:
    return _FIRST_YEAR <= int(text) <= _LAST_YEAR


def _is_month(year: str | int, month: str | int) -> bool:
    return _is_year(year) and 1 <= int(month) <= 12


def _month(year: int, month: int) -> Period:
    return Period(month_end(year, month), MONTH)


def _number(text: str) -> int:
    return _NUMERALS[text] if text in _NUMERALS else int(text)


def _year_of(match: re.Match[str], year: int | None) -> int | None:
    text = match.groupdict().get("year")
    found = int(text) if text else year
    return found if found is not None and _is_year(found) else None


def _read_month(match: re.Match[str], year: int | None) -> Period | None:
    found, month = _year_of(match, year), _number(match["month"])
    if found is None or not 1 <= month <= 12:
        return None
    end = month_end(found, month)
    if match.groupdict().get("day") and int(match["day"]) not in (1, end.day):
        return None  # any other day is a date of publication or survey, not a month
    return Period(end, POINT if match.groupdict().get("point") else MONTH)


def _read_span(match: re.Match[str], year: int | None) -> Period | None:
    found, month = _year_of(match, year), _number(match["month"])
    if found is None or not 1 <= month <= 12:
        return None
    return Period(month_end(found, month), SPAN if month > 1 else MONTH)


def _read_quarter(match: re.Match[str], year: int | None) -> Period | None:
    found, quarter = _year_of(match, year), _number(match["quarter"])
    if found is None or not 1 <= quarter <= 4:
        return None
    end = month_end(found, quarter * 3)
    return Period(end, POINT if match.groupdict().get("point") else QUARTER)


def _read_quarters(match: re.Match[str], year: int | None) -> Period | None:
    found, quarter = _year_of(match, year), _number(match["quarter"])
    if found is None or not 1 <= quarter <= 4:
        return None
    return Period(month_end(found, quarter * 3), SPAN)


def _read_half(match: re.Match[str], year: int | None) -> Period | None:
    found = _year_of(match, year)
    return Period(month_end(found, 6), SPAN) if found is not None else None


def _read_year(match: re.Match[str], year: int | None) -> Period | None:
    found = _year_of(match, year)
    if found is None:
        return None
    return Period(month_end(found, 12), POINT if match.groupdict().get("point") else YEAR)


def _read_english(match: re.Match[str], year: int | None) -> Period | None:
    del year
    month = _ENGLISH_MONTHS.index(match["name"][:3].lower()) + 1
    return _month(int(match["year"]), month) if _is_year(match["year"]) else None


def _read_excel_month(match: re.Match[str], year: int | None) -> Period | None:
    """Jan-24 is how Excel shows a month that it was given as 2024-01; two digits below 49 are of this century."""
    short = int(match["short"])
    del year
    month = _ENGLISH_MONTHS.index(match["name"][:3].lower()) + 1
    return _month(short + (1900 if short >= _FIRST_YEAR % 100 else 2000), month)


def _read_day(match: re.Match[str], year: int | None) -> Period | None:
    """31/01/2024 and 01/31/2024, where only one of the two numbers can be the month."""
    del year
    one, other = int(match["one"]), int(match["other"])
    month, day = sorted((one, other))
    if not _is_month(match["year"], month) or day <= 12:
        return None
    end = month_end(int(match["year"]), month)
    return Period(end, MONTH) if day == end.day else None


def _read_compact(match: re.Match[str], year: int | None) -> Period | None:
    del year
    if not _is_month(match["year"], match["month"]):
        return None
    end = month_end(int(match["year"]), int(match["month"]))
    return Period(end, MONTH) if match["day"] is None or int(match["day"]) == end.day else None


_Y = r"(?P<year>\d{4})年?"
_OPTIONAL_YEAR = r"(?:(?P<year>\d{4})年?)?"
_M = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_Q = r"(?P<quarter>[1-4一二三四])"
_POINT = r"(?P<point>末|底)?"
_NAME = rf"(?P<name>(?:{'|'.join(_ENGLISH_MONTHS)})[a-z]*)"

# The first form that matches a whole label reads it, or says that it is none.
_FORMS = [
    (re.compile(pattern, re.IGNORECASE), build)
    for pattern, build in (
        (r"(?P<year>\d{4})(?P<month>0[1-9]|1[0-2])(?P<day>\d{2})?", _read_compact),
        (rf"{_Y}[-/]{_M}(?:[-/](?P<day>\d{{1,2}}))?(?:T?00:00(?::00(?:\.0+)?)?)?", _read_month),
        (r"(?P<year>\d{4})\.(?P<month>0[1-9]|1[0-2]|[2-9])(?:\.(?P<day>\d{1,2}))?", _read_month),
        (r"(?P<year>\d{4})-?M(?P<month>1[0-2]|0?[1-9])", _read_month),
        (rf"{_OPTIONAL_YEAR}{_M}月份?(?:(?P<day>\d{{1,2}})日)?{_POINT}", _read_month),
        (rf"{_OPTIONAL_YEAR}1月?份?-{_M}月份?(?:累计)?", _read_span),
        (rf"{_OPTIONAL_YEAR}第?{_Q}季度?{_POINT}", _read_quarter),
        (r"(?P<year>\d{4})[-年]?Q(?P<quarter>[1-4])", _read_quarter),
        (r"Q(?P<quarter>[1-4])-?(?P<year>\d{4})", _read_quarter),
        (r"(?P<month>1[0-2]|0?[1-9])/(?P<year>\d{4})", _read_month),
        (r"(?P<one>\d{1,2})/(?P<other>\d{1,2})/(?P<year>\d{4})", _read_day),
        (rf"{_NAME}[-.,]?(?P<year>\d{{4}})", _read_english),
        (rf"{_NAME}-(?P<short>\d{{2}})", _read_excel_month),
        (rf"(?P<year>\d{{4}})[-.,]?{_NAME}", _read_english),
        (rf"{_OPTIONAL_YEAR}前{_Q}个?季度?", _read_quarters),
        (rf"{_OPTIONAL_YEAR}(?:1|一)-{_Q}季度?", _read_quarters),
        (rf"{_OPTIONAL_YEAR}(?:上半年|前半年)", _read_half),
        (r"(?P<year>\d{4})[-年]?H1", _read_half),
        (rf"{_OPTIONAL_YEAR}(?:全年|年度)", _read_year),
        (rf"{_OPTIONAL_YEAR}年(?P<point>末|底)", _read_year),
        (rf"(?P<year>\d{{4}})年?度?{_POINT}", _read_year),
    )
]
