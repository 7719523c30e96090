"""How one column of a book is read: what a cell may hold, and what it becomes.

A book is a frozen dataclass whose fields are annotated with the types below. The same annotation reads the
cell, refuses it with a sentence, and names the column, so that a book has one description only.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, get_type_hints

from models.message import joined, say

LIST_SEPARATOR = "|"
NUMBER = r"[+-]?\d+(?:\.\d+)?"
WHOLE = r"\d{1,9}"
# Excel writes 2024/1/31 for a date that it was given as 2024-01-31.
DAY = r"\d{4}(?:-\d{2}-\d{2}|/\d{1,2}/\d{1,2})"
MONTH = r"\d{4}(?:-\d{2}|/\d{1,2})"
LIST = r"[^|]+(?:\|[^|]+)*"
SECTION = r"headline|[1-9]\d?"
CAPACITY = r"days_in_year|[1-9]\d{0,8}"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `parse` raises ValueError with the Chinese words for what was expected.

    `pattern` is the form of a cell as the gate checks it; a list may hold several of `allowed`.
    """

    parse: Callable[[str], Any]
    pattern: str = ""
    required: bool = True
    allowed: tuple[str, ...] = ()


def month_end(year: int, month: int) -> date:
    """The last day of a month, which is how a period is stored."""
    return date(year, month, calendar.monthrange(year, month)[1])


def parse_text(cell: str) -> str:
    return cell


def parse_number(cell: str) -> Decimal:
    if not re.fullmatch(NUMBER, cell):
        raise ValueError(say("应为数字，如 6 或 3.7，不带单位和千分号"))
    return Decimal(cell)


def parse_whole(cell: str) -> int:
    if not re.fullmatch(WHOLE, cell):
        raise ValueError(say("应为非负整数"))
    return int(cell)


def parse_day(cell: str) -> date:
    if not re.fullmatch(DAY, cell):
        raise ValueError(say("应为 YYYY-MM-DD 的日期"))
    try:
        return date(*map(int, re.split("[-/]", cell)))
    except ValueError as error:
        raise ValueError(say("应为存在的日期 YYYY-MM-DD")) from error


def parse_month(cell: str) -> date:
    """`2024-12` as the last day of that month."""
    if not re.fullmatch(MONTH, cell):
        raise ValueError(say("应为 YYYY-MM 的月份"))
    year, month = map(int, re.split("[-/]", cell))
    if not 1 <= month <= 12 or year == 0:
        raise ValueError(say("应为存在的月份 YYYY-MM"))
    return month_end(year, month)


def parse_flag(cell: str) -> bool:
    return cell == "yes"


def parse_list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(LIST_SEPARATOR) if part.strip())


def parse_wholes(cell: str) -> tuple[int, ...]:
    return tuple(parse_whole(part) for part in parse_list(cell))


def parse_months_of_year(cell: str) -> tuple[int, ...]:
    months = parse_wholes(cell)
    if not months or any(not 1 <= month <= 12 for month in months) or list(months) != sorted(set(months)):
        raise ValueError(say("应为 1 至 12 的月份，从小到大，用 | 分隔"))
    return months


def parse_section(cell: str) -> str:
    """A section of a report's plan part: `headline`, or its number."""
    if not re.fullmatch(SECTION, cell):
        raise ValueError(say("应为 headline 或章节序号 1、2……"))
    return cell


def parse_capacity(cell: str) -> str:
    """What bounds a count: `days_in_year`, or the whole that there is (10 of ten projects)."""
    if not re.fullmatch(CAPACITY, cell):
        raise ValueError(say("应为 days_in_year 或正整数"))
    return cell


def choice(*allowed: str) -> Column:
    """A cell that must hold one of `allowed`."""
    return Column(parse_text, allowed=allowed)


def optional_choice(*allowed: str) -> Column:
    return Column(parse_text, required=False, allowed=allowed)


def choices(*allowed: str) -> Column:
    """A cell that lists at least one of `allowed`, separated by `|`."""
    return Column(parse_list, LIST, allowed=allowed)


Text = Annotated[str, Column(parse_text)]
OptionalText = Annotated[str | None, Column(parse_text, required=False)]
Number = Annotated[Decimal, Column(parse_number, NUMBER)]
OptionalNumber = Annotated[Decimal | None, Column(parse_number, NUMBER, required=False)]
Whole = Annotated[int, Column(parse_whole, WHOLE)]
OptionalWhole = Annotated[int | None, Column(parse_whole, WHOLE, required=False)]
Day = Annotated[date, Column(parse_day, DAY)]
OptionalDay = Annotated[date | None, Column(parse_day, DAY, required=False)]
Month = Annotated[date, Column(parse_month, MONTH)]
Flag = Annotated[bool, Column(parse_flag, allowed=("yes", "no"))]
TextList = Annotated[tuple[str, ...], Column(parse_list, LIST, required=False)]
WholeList = Annotated[tuple[int, ...], Column(parse_wholes, rf"{WHOLE}(?:\|{WHOLE})*", required=False)]
Section = Annotated[str, Column(parse_section, SECTION)]
OptionalCapacity = Annotated[str | None, Column(parse_capacity, CAPACITY, required=False)]
MonthsOfYear = Annotated[tuple[int, ...], Column(parse_months_of_year, r"\d{1,2}(?:\|\d{1,2})*")]


@cache
def columns_of(book: type) -> Mapping[str, Column]:
    """Column name → column, in the order of the book's fields."""
    hints = get_type_hints(book, include_extras=True)
    return {name: hint.__metadata__[0] for name, hint in hints.items() if hasattr(hint, "__metadata__")}


def read_cell(column: Column, cell: str) -> object:
    """The value of a cell; a blank one is None, or () for a list. Raises ValueError in Chinese."""
    text = cell.strip()
    if not text:
        return _blank(column)
    value = column.parse(text)
    parts = value if isinstance(value, tuple) else (text,)
    if column.allowed and any(part not in column.allowed for part in parts):
        raise ValueError(say("应为 {allowed} 之一", allowed=joined("、", column.allowed)))
    return value


def _blank(column: Column) -> object:
    if column.required:
        raise ValueError(say("不能为空"))
    return () if column.parse in (parse_list, parse_wholes) else None
