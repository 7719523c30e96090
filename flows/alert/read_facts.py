"""Reading the facts of one as-of date from the warehouse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from flows.alert.facts import Acknowledgement, Course, DeliveryNews, Facts, Silence, Standing, Told
from models.alert import Sighting
from models.lateness import Missing, Timetable, missing_periods
from sql import query

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

T = TypeVar("T")


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
        unreleased_regions=frozenset(
            region for (region,) in connection.execute(query("alert/unreleased"), {"as_of": as_of}).fetchall()
        ),
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
    for (
        target_id,
        as_of,
        period_end,
        status,
        severity,
        outlook,
        data_state,
        periods,
        assessment_id,
        between,
    ) in _all(connection, query("alert/sighting")):
        if as_of not in wanted or target_id not in standings:
            continue
        overdue = (
            len(_missing(standings[target_id], period_end, data_state, as_of, tables))
            if data_state == "late"
            else 0
        )
        seen[target_id].append(
            Sighting(
                as_of,
                period_end,
                status,
                severity or Decimal(0),
                outlook,
                data_state,
                overdue,
                assessment_id,
                between,
            )
        )
        in_status[target_id, as_of] = periods or 1
    return {target_id: tuple(found) for target_id, found in seen.items()}, in_status


def _course(connection: DuckDBPyConnection, as_of: date) -> dict[str, tuple[Course, ...]]:
    """The status of every period of each target's year, as known by `as_of`."""
    found: dict[str, list[Course]] = defaultdict(list)
    for target_id, *period in connection.execute(query("alert/course"), {"as_of": as_of}).fetchall():
        found[target_id].append(Course(*period))
    return {target_id: tuple(periods) for target_id, periods in found.items()}


def _judged(connection: DuckDBPyConnection, as_of: date) -> dict[str, dict[str, Any]]:
    """The assessments as they are stored, every column by its name."""
    cursor = connection.execute(query("alert/judged"), {"as_of": as_of})
    names = [column[0] for column in cursor.description or ()]
    found = (dict(zip(names, row, strict=True)) for row in cursor.fetchall())
    return {row["target_id"]: row for row in found}
