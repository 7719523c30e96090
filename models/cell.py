"""How one column of a book is read: what a cell may hold, and what it becomes.

A book is a frozen dataclass whose fields are annotated with the types below. The same annotation reads the
cell, refuses it with a sentence, and names the column, so that a book has one description only.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, get_type_hints

LIST_SEPARATOR = "|"
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_WHOLE = re.compile(r"\d+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MONTH = re.compile(r"\d{4}-\d{2}")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `parse` raises ValueError with the Chinese words for what was expected."""

    parse: Callable[[str], Any]
    required: bool = True
    allowed: tuple[str, ...] = ()


def month_end(year: int, month: int) -> date:
    """The last day of a month, which is how a period is stored."""
    return date(year, month, calendar.monthrange(year, month)[1])


def parse_text(cell: str) -> str:
    return cell


def parse_number(cell: str) -> Decimal:
    if not _NUMBER.fullmatch(cell):
        raise ValueError("应为数字，如 6 或 3.7，不带单位和千分号")
    return Decimal(cell)


def parse_whole(cell: str) -> int:
    if not _WHOLE.fullmatch(cell):
        raise ValueError("应为非负整数")
    return int(cell)


def parse_day(cell: str) -> date:
    if not _DAY.fullmatch(cell):
        raise ValueError("应为 YYYY-MM-DD 的日期")
    try:
        return date.fromisoformat(cell)
    except ValueError as error:
        raise ValueError("应为存在的日期 YYYY-MM-DD") from error


def parse_month(cell: str) -> date:
    """`2024-12` as the last day of that month."""
    if not _MONTH.fullmatch(cell) or not 1 <= int(cell[5:]) <= 12 or int(cell[:4]) == 0:
        raise ValueError("应为 YYYY-MM 的月份")
    return month_end(int(cell[:4]), int(cell[5:]))


def parse_flag(cell: str) -> bool:
    return cell == "yes"


def parse_list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(LIST_SEPARATOR) if part.strip())


def parse_wholes(cell: str) -> tuple[int, ...]:
    return tuple(parse_whole(part) for part in parse_list(cell))


def parse_months_of_year(cell: str) -> tuple[int, ...]:
    months = parse_wholes(cell)
    if not months or any(not 1 <= month <= 12 for month in months) or list(months) != sorted(set(months)):
        raise ValueError("应为 1 至 12 的月份，从小到大，用 | 分隔")
    return months


def parse_section(cell: str) -> str:
    """A section of a report's plan part: `headline`, or its number."""
    if cell != "headline" and not re.fullmatch(r"[1-9]\d?", cell):
        raise ValueError("应为 headline 或章节序号 1、2……")
    return cell


def choice(*allowed: str) -> Column:
    """A cell that must hold one of `allowed`."""
    return Column(parse_text, allowed=allowed)


def optional_choice(*allowed: str) -> Column:
    return Column(parse_text, required=False, allowed=allowed)


def choices(*allowed: str) -> Column:
    """A cell that lists at least one of `allowed`, separated by `|`."""
    return Column(parse_list, allowed=allowed)


Text = Annotated[str, Column(parse_text)]
OptionalText = Annotated[str | None, Column(parse_text, required=False)]
Number = Annotated[Decimal, Column(parse_number)]
OptionalNumber = Annotated[Decimal | None, Column(parse_number, required=False)]
Whole = Annotated[int, Column(parse_whole)]
OptionalWhole = Annotated[int | None, Column(parse_whole, required=False)]
Day = Annotated[date, Column(parse_day)]
OptionalDay = Annotated[date | None, Column(parse_day, required=False)]
Month = Annotated[date, Column(parse_month)]
Flag = Annotated[bool, Column(parse_flag, allowed=("yes", "no"))]
TextList = Annotated[tuple[str, ...], Column(parse_list, required=False)]
WholeList = Annotated[tuple[int, ...], Column(parse_wholes, required=False)]
Section = Annotated[str, Column(parse_section)]
MonthsOfYear = Annotated[tuple[int, ...], Column(parse_months_of_year)]


def columns_of(book: type) -> dict[str, Column]:
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
        raise ValueError(f"应为 {'、'.join(column.allowed)} 之一")
    return value


def _blank(column: Column) -> object:
    if column.required:
        raise ValueError("不能为空")
    return () if column.parse in (parse_list, parse_wholes) else None
