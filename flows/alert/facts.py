"""What the alerts of one as-of date are derived from, read from the warehouse into plain rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from models.alert import Sighting
from models.lateness import Missing, Timetable, missing_periods
from sql import query

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

T = TypeVar("T")


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
    rejection_id: str


@dataclass(frozen=True)
class Restatement:
    """One figure that a delivery changed."""

    delivery_id: str
    indicator_name: str
    measure: str
    basis: str
    period_end: date
    value: Decimal
    superseded_by_value: Decimal
    unit: str


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
    course: Mapping[str, tuple[tuple[date, str], ...]] = field(default_factory=dict)
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


def read_facts(connection: DuckDBPyConnection, as_of: date) -> Facts:
    """The facts as of `as_of`; runs of later dates do not exist for them."""
    passes = _dates(
        connection,
        "select distinct as_of from alert_pass where as_of < $as_of and outcome = 'told' order by as_of",
        as_of,
    )
    standings = {s.target_id: s for s in rows(connection, Standing, query("alert/standing"), as_of)}
    tables = _timetables(connection)
    seen, in_status = _sightings(connection, [*passes, as_of], standings, tables)
    return Facts(
        as_of=as_of,
        standings=standings,
        sightings=seen,
        periods_in_status=in_status,
        quarterly=frozenset(
            n for (n,) in _all(connection, "select indicator from book_indicator where frequency <> 'month'")
        ),
        missing={
            s.target_id: _missing(s, s.period_end, s.data_state, as_of, tables) for s in standings.values()
        },
        deliveries=tuple(rows(connection, DeliveryNews, query("alert/delivery"), as_of)),
        told=tuple(rows(connection, Told, _TOLD, as_of)),
        silences={s.target_id: s for s in rows(connection, Silence, _SILENCE, as_of)},
        acknowledgements={a.target_id: a for a in rows(connection, Acknowledgement, _ACKNOWLEDGEMENT, as_of)},
        passes=tuple(passes),
        course=_course(connection, as_of),
        judged=_judged(connection, as_of),
    )


_TOLD = "select subject_id, alert_kind, as_of from alert where as_of <= $as_of order by as_of, alert_id"
_SILENCE = (
    "select target_id, author, reason, starts_on, ends_on from silence where starts_on <= $as_of"
    " order by recorded_at, silence_id"
)
_ACKNOWLEDGEMENT = (
    "select target_id, author, measures_taken, due_on, starts_on from acknowledgement"
    " where starts_on <= $as_of order by recorded_at, acknowledgement_id"
)


def rows(connection: DuckDBPyConnection, shape: type[T], text: str, as_of: date | None = None) -> list[T]:
    """The rows of a query whose columns are named as the fields of the dataclass `shape`."""
    cursor = connection.execute(text, {"as_of": as_of}) if as_of else connection.execute(text)
    names = [column[0] for column in cursor.description or ()]
    wanted = [names.index(f.name) for f in fields(shape)]  # type: ignore[arg-type]
    return [shape(*(row[place] for place in wanted)) for row in cursor.fetchall()]


def _all(connection: DuckDBPyConnection, text: str) -> list[tuple[Any, ...]]:
    return connection.execute(text).fetchall()


def _dates(connection: DuckDBPyConnection, text: str, as_of: date) -> list[date]:
    return [row[0] for row in connection.execute(text, {"as_of": as_of}).fetchall()]


def _timetables(connection: DuckDBPyConnection) -> dict[str, Timetable]:
    """The reporting calendar of every indicator; a move of `*` is one of each indicator."""
    moved: dict[str, dict[date, date]] = defaultdict(dict)
    for indicator, period_end, due_on in _all(
        connection, "select indicator, period_end, due_on from book_calendar_move order by indicator"
    ):
        moved[indicator][period_end] = due_on
    return {
        indicator: Timetable(
            tuple(int(month) for month in months.split("|")),
            lag,
            final_lag,
            {**moved["*"], **moved[indicator]},
        )
        for indicator, months, lag, final_lag in _all(
            connection, "select indicator, months, lag_days, final_lag_days from book_calendar"
        )
    }


def _missing(
    standing: Standing,
    period_end: date | None,
    data_state: str,
    as_of: date,
    tables: Mapping[str, Timetable],
) -> tuple[Missing, ...]:
    table = tables.get(standing.indicator)
    if data_state not in ("late", "never_delivered") or table is None or standing.final_period is None:
        return ()
    return missing_periods(
        table, year=standing.year, final_period=standing.final_period, after=period_end, as_of=as_of
    )


def _sightings(
    connection: DuckDBPyConnection,
    dates: list[date],
    standings: Mapping[str, Standing],
    tables: Mapping[str, Timetable],
) -> tuple[dict[str, tuple[Sighting, ...]], dict[tuple[str, date], int]]:
    seen: dict[str, list[Sighting]] = defaultdict(list)
    in_status: dict[tuple[str, date], int] = {}
    wanted = set(dates)
    for target_id, as_of, period_end, status, severity, outlook, data_state, periods, assessment_id in _all(
        connection, query("alert/sighting")
    ):
        if as_of not in wanted or target_id not in standings:
            continue
        overdue = (
            len(_missing(standings[target_id], period_end, data_state, as_of, tables))
            if data_state == "late"
            else 0
        )
        seen[target_id].append(
            Sighting(
                as_of, period_end, status, severity or Decimal(0), outlook, data_state, overdue, assessment_id
            )
        )
        in_status[target_id, as_of] = periods or 1
    return {target_id: tuple(found) for target_id, found in seen.items()}, in_status


def _course(connection: DuckDBPyConnection, as_of: date) -> dict[str, tuple[tuple[date, str], ...]]:
    """The status of every period of each target's year, as known by `as_of`."""
    found: dict[str, list[tuple[date, str]]] = defaultdict(list)
    for target_id, period_end, status in connection.execute(
        query("alert/course"), {"as_of": as_of}
    ).fetchall():
        found[target_id].append((period_end, status))
    return {target_id: tuple(periods) for target_id, periods in found.items()}


def _judged(connection: DuckDBPyConnection, as_of: date) -> dict[str, dict[str, Any]]:
    """The assessments as they are stored, every column by its name."""
    cursor = connection.execute(query("alert/judged"), {"as_of": as_of})
    names = [column[0] for column in cursor.description or ()]
    found = (dict(zip(names, row, strict=True)) for row in cursor.fetchall())
    return {row["target_id"]: row for row in found}
