"""Series made up for the forecast's tests, and one call that forecasts them with the product's SQL."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from flows import forecast

Values = Mapping[tuple[int, int], float]
Origin = tuple[str, int, int]
Target = tuple[str, int, int, float, str]


@dataclass(frozen=True)
class Series:
    """The known figures of one series, by (year, month)."""

    series_id: str
    values: Values
    kind: str = "flow_total"
    atypical: frozenset[int] = frozenset()


def run(
    series: Iterable[Series], origins: Iterable[Origin], targets: Iterable[Target] = ()
) -> dict[Origin, dict[str, Any]]:
    """Forecasts by (series, year, origin month); `probability` holds one figure a target, in order."""
    with duckdb.connect() as connection:
        _load(connection, series, origins, targets)
        forecast.run(connection)
        rows = {
            (row["series_id"], row["year"], row["origin_month"]): row for row in fetch(connection, "forecast")
        }
        for row in fetch(connection, "forecast_probability"):
            key = (row["series_id"], row["year"], row["origin_month"])
            rows[key].setdefault("probability", {})[float(row["target"]), row["direction"]] = row[
                "probability"
            ]
        return rows


def fetch(connection: duckdb.DuckDBPyConnection, relation: str) -> list[dict[str, Any]]:
    """All rows of a relation, a column a key."""
    cursor = connection.execute(f"select * from {relation}")
    columns = [column[0] for column in cursor.description]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def flow(
    name: str,
    *,
    years: range,
    months: Iterable[int] = range(1, 13),
    seed: int = 0,
    growth: float = 0.05,
    noise: float = 0.05,
) -> Series:
    """A cumulative series with a season, a trend and noise; reproducible by seed."""
    draw = random.Random(f"{name}-{seed}")
    season = [math.exp(draw.gauss(0, 0.3)) for _ in range(12)]
    values: dict[tuple[int, int], float] = {}
    for year in years:
        total = 0.0
        for month in range(1, 13):
            total += (
                100 * season[month - 1] * (1 + growth) ** (year - years[0]) * math.exp(draw.gauss(0, noise))
            )
            if month in set(months):
                values[year, month] = round(total, 6)
    return Series(name, values)


def steady(name: str, monthly: Mapping[int, float], *, until: tuple[int, int] = (9999, 12)) -> Series:
    """The same amount every month of a year, by year, up to and with `until`."""
    values = {
        (year, month): amount * month
        for year, amount in monthly.items()
        for month in range(1, 13)
        if (year, month) <= until
    }
    return Series(name, values)


def _load(
    connection: duckdb.DuckDBPyConnection,
    series: Iterable[Series],
    origins: Iterable[Origin],
    targets: Iterable[Target],
) -> None:
    _fill(
        connection,
        "forecast_series",
        "series_id varchar, measure_kind varchar, year integer, month integer, value decimal(20,6), "
        "is_atypical boolean",
        [
            (one.series_id, one.kind, year, month, f"{value:.6f}", year in one.atypical)
            for one in series
            for (year, month), value in one.values.items()
        ],
    )
    _fill(connection, "forecast_origin", "series_id varchar, year integer, month integer", origins)
    _fill(
        connection,
        "forecast_target",
        "series_id varchar, year integer, origin_month integer, target double, direction varchar",
        targets,
    )


def _fill(
    connection: duckdb.DuckDBPyConnection, table: str, columns: str, rows: Iterable[tuple[Any, ...]]
) -> None:
    connection.execute(f"create table {table} ({columns})")
    lines = [repr(tuple(row)) if len(row) > 1 else f"({row[0]!r})" for row in rows]
    if lines:
        connection.execute(f"insert into {table} values {', '.join(lines)}")
