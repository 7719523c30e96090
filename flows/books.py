"""The books: read the CSV files of a reference folder into typed rows, every problem collected.

    folder → raw rows with their line → typed rows → rows that refer to each other → Books

`load` reads plainly and fast; the Great Expectations gate over the same rows (expectations/books.py) is run
only when `Books.fingerprint` is new.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from flows.book_agreement import agreement_problems
from flows.book_files import BOOK_FILES, OPTIONAL, read_bytes, read_raw, typed_rows
from flows.book_references import reference_problems
from flows.errors import ConfigurationError
from models.calendar import CalendarEntry, CalendarMove
from models.figure import FigureNotTarget
from models.indicator import Indicator, normal_name
from models.message import joined, say
from models.office import Office
from models.region import Region
from models.rule import RuleChoice, RuleCondition
from models.section import ReportSection
from models.target import SchedulePoint, Target

# What reading a delivery asks. The others, targets above all, are read by SQL alone, from the warehouse.
FOR_READING = ("regions", "offices", "indicators", "calendar", "calendar_moves")


class BookRow(Protocol):
    """What every row of a book has: the key it is found by, and the day it was entered."""

    @property
    def entered_on(self) -> date: ...
    @property
    def key(self) -> object: ...


@dataclass(frozen=True)
class Books:
    """All books of one reference folder. `load` keeps every row; `as_of` keeps what held on a day."""

    fingerprint: str  # sha256 over the bytes of all files
    regions: tuple[Region, ...] = ()
    offices: tuple[Office, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    calendar: tuple[CalendarEntry, ...] = ()
    calendar_moves: tuple[CalendarMove, ...] = ()
    targets: tuple[Target, ...] = ()
    schedule_points: tuple[SchedulePoint, ...] = ()
    rules: tuple[RuleCondition, ...] = ()
    rule_choices: tuple[RuleChoice, ...] = ()
    figures_not_targets: tuple[FigureNotTarget, ...] = ()
    sections: tuple[ReportSection, ...] = ()

    def as_of(self, day: date) -> Books:
        """The books as they stood on `day`: later rows hidden, the newest row of each key kept."""
        held: dict[str, Any] = {name: _newest(getattr(self, name), day) for name in BOOK_FILES}
        return replace(self, **held)

    def for_reading(self) -> Books:
        """These books without what only SQL reads."""
        return Books(self.fingerprint, **{name: getattr(self, name) for name in FOR_READING})

    def held(self, day: date) -> tuple[date, date]:
        """The days between which the books say the same as on `day`: from the first to before the second."""
        entered = {row.entered_on for name in BOOK_FILES for row in getattr(self, name)}
        earlier = [one for one in entered if one <= day]
        return max(earlier, default=date.min), min(entered.difference(earlier), default=date.max)

    def region(self, code: str) -> Region | None:
        return self._region_by_code.get(code)

    def office(self, office_id: str) -> Office | None:
        return self._office_by_id.get(office_id)

    def indicator(self, indicator_id: str) -> Indicator | None:
        return self._indicator_by_id.get(indicator_id)

    def calendar_entry(self, indicator_id: str) -> CalendarEntry | None:
        return self._calendar_by_id.get(indicator_id)

    def target(self, target_id: str) -> Target | None:
        return self._target_by_id.get(target_id)

    @cached_property
    def _region_by_code(self) -> dict[str, Region]:
        return {row.region: row for row in sorted(self.regions, key=_entered_on)}

    @cached_property
    def _office_by_id(self) -> dict[str, Office]:
        return {row.office_id: row for row in sorted(self.offices, key=_entered_on)}

    @cached_property
    def _indicator_by_id(self) -> dict[str, Indicator]:
        return {row.indicator_id: row for row in sorted(self.indicators, key=_entered_on)}

    @cached_property
    def _calendar_by_id(self) -> dict[str, CalendarEntry]:
        return {row.indicator_id: row for row in sorted(self.calendar, key=_entered_on)}

    @cached_property
    def _target_by_id(self) -> dict[str, Target]:
        return {row.target_id: row for row in sorted(self.targets, key=_entered_on)}

    def reporting_office(self, indicator_id: str, region: str) -> Office | None:
        """Who compiles an indicator in a region: the region's only compiler where its own office sits elsewhere."""
        indicator = self.indicator(indicator_id)
        own = self.office(indicator.reporting_office) if indicator else None
        there = {
            row.office_id: row for row in self.offices if row.region == region and "reporting" in row.role
        }
        return own if own is None or own.region == region or len(there) != 1 else next(iter(there.values()))

    def indicator_names(self) -> dict[str, str]:
        """Normalised whole name → indicator_id, for every name and alias."""
        return {normal_name(name): row.indicator_id for row in self.indicators for name in row.known_names}

    def region_names(self) -> dict[str, str]:
        """Normalised whole name or code → six-digit code."""
        return {normal_name(name): row.region for row in self.regions for name in row.known_names}


def _entered_on(row: BookRow) -> date:
    return row.entered_on


def _newest(rows: Sequence[BookRow], day: date) -> tuple[BookRow, ...]:
    """The newest row of each key that was entered by `day`, in the order of the book."""
    kept: dict[object, BookRow] = {}
    for row in rows:
        if row.entered_on <= day and (row.key not in kept or kept[row.key].entered_on <= row.entered_on):
            kept[row.key] = row
    return tuple(kept.values())


def load(reference: Path) -> Books:
    """Read all books of `reference`. Raises ConfigurationError that lists every problem found."""
    problems: list[str] = []
    content = read_contents(reference, problems)
    if not problems:
        raw = {name: read_raw(name, content[name], problems) for name in BOOK_FILES}
        typed = {name: typed_rows(name, raw[name], problems) for name in BOOK_FILES}
        problems += [*reference_problems(typed, raw), *agreement_problems(typed, raw)]
    if problems:
        title = say(
            "基础台账 {reference} 有 {problems} 处问题，请改正后再运行：",
            reference=reference,
            problems=len(problems),
        )
        raise ConfigurationError(joined("\n", [title, *problems]))
    rows: dict[str, Any] = {name: tuple(row for _, row in typed[name]) for name in BOOK_FILES}
    return Books(fingerprint=fingerprint_of(content), **rows)


def load_for_reading(content: dict[str, bytes]) -> Books:
    """The books that reading a delivery asks, from files that `load` once found to be in order."""
    rows: dict[str, Any] = {
        name: tuple(row for _, row in typed_rows(name, read_raw(name, content[name], []), []))
        for name in FOR_READING
    }
    return Books(fingerprint=fingerprint_of(content), **rows)


def read_contents(reference: Path, problems: list[str]) -> dict[str, bytes]:
    """The bytes of every book; what cannot be read is added to `problems`."""
    return {name: read_bytes(reference / file, problems) for name, (file, _) in BOOK_FILES.items()}


def read_frames(reference: Path) -> dict[str, list[dict[str, str]]]:
    """The books as text for the gate: file name → rows, each with its `line`."""
    frames = {}
    for name, (file, _) in BOOK_FILES.items():
        raw = read_raw(name, read_bytes(reference / file, []), [])
        if raw.rows or file not in OPTIONAL:
            frames[file] = raw.by_column()
    return frames


def fingerprint_of(content: dict[str, bytes]) -> str:
    """sha256 over the bytes of all books."""
    digest = hashlib.sha256()
    for name in sorted(content):
        digest.update(f"{name}:{len(content[name])}\n".encode() + content[name])
    return digest.hexdigest()
