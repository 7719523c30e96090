"""What an office sends and what reading it gives: side file, candidate rows, problems."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple


class Measure(StrEnum):
    """口径: which figure of an indicator."""

    TOTAL = "total"
    GROWTH = "growth"
    LEVEL = "level"
    RATIO = "ratio"
    RANK = "rank"
    STAGE = "stage"
    INDEX = "index"  # 上年同月=100: kept apart from growth, never judged


class Basis(StrEnum):
    """累计、当月、当季、时点: which stretch of time a figure covers."""

    YTD = "ytd"
    MONTH = "month"
    QUARTER = "quarter"
    POINT = "point"


class Provenance(StrEnum):
    """来源: who vouches for a figure."""

    OFFICIAL = "official"
    PUBLIC = "public"
    SIMULATED = "simulated"


class Finality(StrEnum):
    """数据性质, from weakest to strongest; `revised` and `final` rank the same."""

    ESTIMATE = "estimate"
    PRELIMINARY = "preliminary"
    REVISED = "revised"
    FINAL = "final"


class Outcome(StrEnum):
    """What became of a delivery."""

    LOADED = "loaded"  # every row accepted
    PARTLY = "partly"  # some rows accepted, some not
    REFUSED = "refused"  # nothing accepted
    WITHDRAWN = "withdrawn"  # accepted once, taken back by a person


class Severity(StrEnum):
    """How a problem ends for the row or file it names."""

    REFUSED = "refused"  # not readable safely: the sender must correct it
    QUARANTINED = "quarantined"  # readable but not believed: a person can release it
    WARNING = "warning"  # accepted, with a remark


@dataclass(frozen=True)
class SideFile:
    """What `<file>.delivery.toml` says of a file; `received` is the day it came in."""

    region: str  # six-digit code
    reporting_office: str
    received: date
    provenance: Provenance
    finality: Finality
    source: str = ""
    release_state: str = "released"  # released | unreleased
    sha256: str = ""  # of the side file itself
    period: str = ""  # YYYY or YYYY-MM that the file is about, for tables that print no year


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a file, sheet, row or cell, and what to do about it (plain Chinese)."""

    file: str  # path relative to the raw folder
    rule: str  # stable English snake_case id: unknown_indicator, wrong_dimension, bad_period …
    message: str
    severity: Severity = Severity.REFUSED
    sheet: str = ""
    row: int = 0  # 1-based as Excel counts; 0 = the whole file or sheet
    column: str = ""  # letter as in Excel, or header text for the long form
    value: str = ""
    advice: str = ""
    candidate: Candidate | None = None  # the figure a person may release, for quarantined ones


class Candidate(NamedTuple):
    """One figure as read, before the gate: value in the indicator's own unit.

    A tuple, because there are as many as there are cells: it is made in a third of the time of a dataclass.
    """

    file: str
    sheet: str
    row: int
    column: str
    region: str
    indicator: str
    measure: str
    basis: str
    period_end: date
    value: Decimal
    bound: str = ""  # "", ">=" or "<=": `6%及以上` is 6 with ">="
    unit: str = ""  # canonical unit of the value
    printed: str = ""  # the cell as it stood
    note: str = ""  # footnote marks or remarks beside the figure


@dataclass(frozen=True)
class Reading:
    """What a reader made of one file."""

    file: str
    layout: str = ""  # "" = no layout recognised
    encoding: str = ""
    cells_read: int = 0  # non-missing value cells whose place in the layout is understood
    candidates: tuple[Candidate, ...] = ()
    problems: tuple[Problem, ...] = ()
    footnotes: tuple[str, ...] = ()
    title: str = ""
    periods: tuple[date, ...] = ()
    units: tuple[str, ...] = ()  # as printed, for the receipt


@dataclass(frozen=True)
class RawFile:
    """A file in the raw folder at the moment it was first seen by this run."""

    path: str  # relative to the raw folder, with forward slashes
    sha256: str
    size: int
    side: SideFile | None
    side_problems: tuple[Problem, ...] = ()
    contradicts: str = ""  # the file of the same bytes and day whose side file says otherwise

    @property
    def delivery_id(self) -> str:
        """Content hash: the same bytes with a later received date are a new delivery."""
        if self.side is None or not self.sha256 or self.contradicts:
            return content_id("delivery", self.path, self.sha256)
        return content_id("delivery", self.sha256, self.side.received.isoformat(), self.side.region)


@dataclass(frozen=True)
class Delivery:
    """A file with what was read from it, on its way from receive to load."""

    raw: RawFile
    reading: Reading
    accepted: tuple[Candidate, ...] = ()
    problems: tuple[Problem, ...] = field(default=())  # of reading and gate together

    @property
    def delivery_id(self) -> str:
        return self.raw.delivery_id


def content_id(*parts: object) -> str:
    """A 16-digit hex id from content alone, the same on every machine and in every run."""
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()[:16]


def rejection_id(delivery_id: str, rule: str, *, sheet: str, row: int, column: str) -> str:
    """The id of a problem: the same whenever the same delivery is read, so that a person's decision holds."""
    return content_id("rejection", delivery_id, sheet, row, column, rule)
