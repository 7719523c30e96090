"""What the gate is told: the rows that arrive, and what was known before them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from models.delivery import Candidate


class Subject(NamedTuple):
    """What the books say of an indicator, as far as the gate asks."""

    indicator: str
    name: str
    is_whole: bool
    months: tuple[int, ...]  # of the calendar; empty = the calendar does not say
    capacity: str = ""  # days_in_year, or a whole number; empty = nothing bounds it
    office: str = ""  # that reports it


class Office(NamedTuple):
    """An office of the books."""

    office_id: str
    region: str
    name: str


class Aim(NamedTuple):
    """What a year's target lets expect of the year's figures."""

    region: str
    indicator: str
    measure: str
    year: int
    value: Decimal
    is_cap: bool  # less is better, so that little is no surprise
    is_loose: bool  # comes in lumps, or at the year's end: nothing is expected month by month


class Past(NamedTuple):
    """A figure of an earlier delivery that stands: accepted, or released by a person; not withdrawn."""

    delivery_id: str
    received: date
    sha256: str
    region: str
    indicator: str
    measure: str
    basis: str
    period_end: date
    value: str
    bound: str


@dataclass(frozen=True)
class KnownFiles:
    """Past and aims in Parquet files, as sql/gate/past.sql, past_delivery.sql and aim.sql give them."""

    past: Path
    deliveries: Path
    aims: Path


@dataclass(frozen=True)
class World:
    """Earlier figures that stand, what the books say, and what people released or withdrew."""

    past: tuple[Past, ...] = ()
    subjects: tuple[Subject, ...] = ()
    released: frozenset[str] = frozenset()  # rejection ids
    withdrawn: frozenset[str] = frozenset()  # delivery ids
    aims: tuple[Aim, ...] = ()
    offices: tuple[Office, ...] = ()
    files: KnownFiles | None = None  # in the place of `past` and `aims`


class Row(NamedTuple):
    """A candidate with the delivery it came in; its place in the list of rows is its id."""

    delivery_id: str
    received: date
    sha256: str
    finality: str
    candidate: Candidate
    office: str = ""  # that sent it; empty where nobody did, as with public pages


Families = Mapping[tuple[str, str], int]


def families(rows: Sequence[Row]) -> dict[tuple[str, str], int]:
    """Region and indicator of the rows, numbered: no rule looks beyond."""
    found = dict.fromkeys((row.candidate.region, row.candidate.indicator) for row in rows)
    return {key: number for number, key in enumerate(found)}
