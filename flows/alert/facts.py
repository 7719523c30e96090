"""What the alerts of one as-of date are derived from, as plain rows (read by read_facts.py)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from models.alert import Sighting
from models.lateness import Missing


@dataclass(frozen=True)
class Standing:
    """Where one target stands as of a date: its newest assessment and what the books say of it."""

    assessment_id: str
    region: str
    region_name: str | None
    year: int
    target_id: str
    promise_id: str | None
    indicator: str
    indicator_name: str
    indicator_name_en: str | None
    responsible_office: str
    co_responsible: str
    leader: str
    reporting_office: str
    kind: str
    measure: str
    basis: str | None
    comparator: str | None
    target_value: Decimal | None
    value_high: Decimal | None
    unit: str
    nature: str | None
    modality: str | None
    stretch: str | None
    period_end: date | None
    as_of: date
    actual: Decimal | None
    actual_bound: str | None
    reference_value: Decimal | None
    linear_share: Decimal | None
    schedule_share: Decimal | None
    schedule_basis: str | None
    expected: Decimal | None
    gap: Decimal | None
    gap_points: Decimal | None
    severity: Decimal
    completion: Decimal | None
    required: Decimal | None
    required_per_period: Decimal | None
    required_growth: Decimal | None
    forecast: Decimal | None
    forecast_low: Decimal | None
    forecast_high: Decimal | None
    probability: Decimal | None
    status: str
    status_since: date | None
    periods_in_status: int | None
    data_state: str
    outlook: str
    rule_set: str | None
    provenance: str | None
    finality: str | None
    delivery_id: str | None
    source_file: str | None
    source_sheet: str | None
    source_row: int | None
    section: str
    paragraph: int | None
    printed: str
    reference_target: str | None
    final_period: date | None
    is_unreleased: bool
    is_whole_number: bool
    is_between_dates: bool  # comes in lumps, and yellow only by the share of the year gone by
    frequency: str | None

    @property
    def urgency(self) -> tuple[int, Decimal, str]:
        """The order in which targets are listed: red before yellow, yellow between dates last, then by severity."""
        rank = {"missed": 0, "behind": 0, "slightly_behind": 1}.get(self.status, 3)
        return (2 if self.is_between_dates else rank, -self.severity, self.target_id)


@dataclass(frozen=True)
class Problem:
    """One refused or quarantined place of a delivery."""

    delivery_id: str
    gravity: str
    file: str
    sheet: str
    row: int
    column: str
    value: str
    message: str
    advice: str
    message_en: str
    advice_en: str
    rejection_id: str


@dataclass(frozen=True)
class Restatement:
    """One figure that a delivery changed."""

    delivery_id: str
    indicator_name: str
    indicator_name_en: str
    measure: str
    basis: str
    period_end: date
    value: Decimal
    superseded_by_value: Decimal
    unit: str
    is_unreleased: bool  # the figure that was replaced


@dataclass(frozen=True)
class DeliveryNews:
    """A delivery with something to tell: problems, or figures that it changed."""

    delivery_id: str
    file: str
    region: str
    reporting_office: str
    received: date
    rows_accepted: int
    refused: int
    quarantined: int
    restated: int
    is_unreleased: bool
    is_simulated: bool
    resent_file: str  # what the same office sent next and was taken in
    resent_on: date | None

    @property
    def is_waiting(self) -> bool:
        """Whether somebody still has to deal with it; what a refused file lacks is a late figure of its own."""
        return bool(self.quarantined or (self.refused and not self.resent_on))


@dataclass(frozen=True)
class Silence:
    """Who silenced a target, why, and until when (inclusive)."""

    target_id: str
    author: str
    reason: str
    starts_on: date
    ends_on: date

    def holds(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True)
class Acknowledgement:
    """The measures that an office promised, and by when."""

    target_id: str
    author: str
    measures_taken: str
    due_on: date
    starts_on: date


@dataclass(frozen=True)
class Told:
    """An alert row written before."""

    subject_id: str
    alert_kind: str
    as_of: date


@dataclass(frozen=True)
class Course:
    """How one period of a target was judged, as known by the as-of date."""

    period_end: date
    status: str
    is_unreleased: bool


@dataclass(frozen=True)
class Facts:
    """Everything that the alerts of `as_of` are derived from."""

    as_of: date
    standings: Mapping[str, Standing]
    sightings: Mapping[str, tuple[Sighting, ...]]  # by target, in order, up to as_of
    periods_in_status: Mapping[tuple[str, date], int]
    quarterly: frozenset[str]  # indicators reported less often than monthly
    missing: Mapping[str, tuple[Missing, ...]]  # by target, as of this date
    deliveries: tuple[DeliveryNews, ...]
    told: tuple[Told, ...]
    silences: Mapping[str, Silence]  # the newest about each target
    acknowledgements: Mapping[str, Acknowledgement]
    passes: tuple[date, ...]  # earlier as-of dates whose alerts were derived, in order
    course: Mapping[str, tuple[Course, ...]] = field(
        default_factory=dict
    )  # every period of its year, by target
    unreleased_regions: frozenset[str] = frozenset()  # regions with figures that are not released yet
    judged: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # whole rows, to be explained

    @cached_property
    def told_of(self) -> Mapping[str, tuple[Told, ...]]:
        """The alert rows written before, by subject."""
        found: dict[str, list[Told]] = defaultdict(list)
        for told in self.told:
            found[told.subject_id].append(told)
        return {subject_id: tuple(rows) for subject_id, rows in found.items()}

    @cached_property
    def in_region(self) -> Mapping[str, tuple[Standing, ...]]:
        """The targets of each region: a mail never looks beyond its own."""
        found: dict[str, list[Standing]] = defaultdict(list)
        for standing in self.standings.values():
            found[standing.region].append(standing)
        return {region: tuple(standings) for region, standings in found.items()}

    def of_regions(self, regions: Iterable[str]) -> Iterator[Standing]:
        return (standing for region in regions for standing in self.in_region.get(region, ()))

    @cached_property
    def is_simulated(self) -> bool:
        """Whether anything told of rests on simulated figures; a warehouse holds no mixture."""
        return any(s.provenance == "simulated" for s in self.standings.values()) or any(
            d.is_simulated for d in self.deliveries
        )

    @property
    def is_first(self) -> bool:
        return not self.passes
