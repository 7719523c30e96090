"""The gate for the books: the same Great Expectations that data pass, with file, line and column in the message.

What a single cell must look like follows from the annotations of the books' dataclasses; what cells of a row
must say together is written below as evidence: a column that names the offending cell, and must be empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from expectations.book_rules import ROW_RULES, BookRule, Cells
from expectations.gate import in_set, matches, not_null, run, unique
from models.calendar import CalendarEntry, CalendarMove
from models.cell import Column, columns_of
from models.figure import FigureNotTarget
from models.indicator import Indicator
from models.office import Office
from models.region import Region
from models.rule import RuleChoice, RuleCondition
from models.section import ReportSection
from models.target import SchedulePoint, Target

Frames = Mapping[str, Sequence[Cells]]

KEYS: dict[str, tuple[type, tuple[str, ...]]] = {
    "regions.csv": (Region, ("region", "entered_on")),
    "offices.csv": (Office, ("office_id", "entered_on")),
    "indicators.csv": (Indicator, ("indicator_id", "entered_on")),
    "calendar.csv": (CalendarEntry, ("indicator_id", "entered_on")),
    "calendar_moves.csv": (CalendarMove, ("indicator_id", "period", "entered_on")),
    "targets.csv": (Target, ("target_id", "entered_on")),
    "schedule_points.csv": (SchedulePoint, ("target_id", "period", "stage_name", "entered_on")),
    "rules.csv": (RuleCondition, ("rule_set", "kind", "nature", "priority", "entered_on")),
    "rule_choices.csv": (RuleChoice, ("region", "target_id", "entered_on")),
    "figures_not_targets.csv": (
        FigureNotTarget,
        ("region", "year", "section", "paragraph", "printed", "occurrence", "entered_on"),
    ),
    "sections.csv": (ReportSection, ("region", "year", "section", "entered_on")),
}


@dataclass(frozen=True, slots=True)
class BookFailure:
    """A cell of a book that must not be as it is; `row` is the line in the file."""

    file: str
    row: int
    column: str
    value: str
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.file} 第 {self.row} 行 {self.column} 栏“{self.value}”：{self.message}"


def suite(file: str) -> list[BookRule]:
    """All rules of a book."""
    book, key = KEYS[file]
    cells = [rule for name, column in columns_of(book).items() for rule in _cell_rules(name, column)]
    once = BookRule(key[0], "同一键同一录入日期只能有一行。", unique("key_unique", *key))
    return [*cells, once, *ROW_RULES.get(file, ())]


def check_books(frames: Frames) -> list[BookFailure]:
    """What the gate refuses in the books; `frames` is file → rows of text cells, each with its `line`."""
    return [failure for file, rows in frames.items() for failure in _check_book(file, rows)]


def _check_book(file: str, rows: Sequence[Cells]) -> Iterator[BookFailure]:
    import pandas as pd

    rules = {rule.expectation.rule: rule for rule in suite(file)}
    frame = pd.DataFrame([_evident(cells, rules) for cells in rows], dtype=object)
    for failure in run(frame, [rule.expectation for rule in rules.values()]):
        rule, cells = rules[failure.rule], rows[failure.row]
        value = cells.get(rule.column, "")
        yield BookFailure(file, int(cells["line"]), rule.column, value, failure.rule, rule.message)


def _evident(cells: Cells, rules: Mapping[str, BookRule]) -> dict[str, str | None]:
    """A row with blank cells as missing, and the evidence of its row rules."""
    shown = {name: cell.strip() or None for name, cell in cells.items()}
    evidence = {
        name: (cells.get(rule.column) or "空") if rule.offends(cells) else None
        for name, rule in rules.items()
        if rule.offends
    }
    return {**shown, **evidence}


def _cell_rules(name: str, column: Column) -> Iterator[BookRule]:
    if column.required:
        yield BookRule(name, "不能为空。请补上。", not_null(f"{name}_present", name))
    if column.allowed and not column.pattern:
        allowed = "、".join(column.allowed)
        yield BookRule(name, f"应为 {allowed} 之一。", in_set(f"{name}_allowed", name, column.allowed))
    elif column.allowed:
        one, allowed = "|".join(column.allowed), "、".join(column.allowed)
        regex = rf"^(?:{one})(?:\|(?:{one}))*$"
        yield BookRule(
            name, f"应为 {allowed} 中的一个或几个，用 | 分隔。", matches(f"{name}_allowed", name, regex)
        )
    elif column.pattern:
        yield BookRule(
            name,
            "写法不对。请按 docs/books.md 改正。",
            matches(f"{name}_form", name, f"^(?:{column.pattern})$"),
        )
