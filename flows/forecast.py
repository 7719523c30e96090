"""Forecast the year-end figure of many series at once: runs `sql/forecast/` in order on a connection.

The caller creates the inputs on the same connection, as tables or views:

- `forecast_series (series_id, measure_kind, year, month, value, is_atypical)`: figures known as of now, cumulative
  within the year (`flow_total`), cumulative growth in per cent (`growth`), a stock (`level`) or a rate (`ratio`);
  `is_atypical` years teach nothing;
- `forecast_origin (series_id, year, month)`: what to forecast, from the figures of the year up to that month;
- `forecast_target (series_id, year, origin_month, target, direction)`: limits whose probability is wanted
  (`higher`: at least, `lower`: at most).

It leaves the temporary tables `forecast` and `forecast_probability`. Their formulas are in `docs/forecast.md`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sql import query

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

STEPS = (
    ("listed", "view"),
    ("year", "table"),
    ("unrest", "view"),
    ("moment", "table"),
    ("past", "view"),
    ("coefficient", "table"),
    ("signal", "view"),
    ("restless", "view"),
    ("rate", "view"),
    ("point", "table"),
    ("error", "table"),
    ("scale", "table"),
    ("spread", "table"),
    ("forecast", "table"),
    ("probability", "table"),
)


def run(connection: DuckDBPyConnection, *, listed: str = "") -> None:
    """Create `forecast` and `forecast_probability` from the three input relations, in one pass over all series.

    `listed` is the SQL of a caller who has whole years at hand, in the columns of sql/forecast/listed.sql;
    `forecast_series` is not needed then.
    """
    drop(connection)
    for step, form in STEPS:
        text = listed if listed and step == "listed" else query(f"forecast/{step}")
        connection.execute(f"create temp {form} {relation(step)} as {text}")


def relation(step: str) -> str:
    """The table that a file of `sql/forecast/` fills."""
    return step if step == "forecast" else f"forecast_{step}"


def drop(connection: DuckDBPyConnection) -> None:
    """Remove what `run` created, so that memory is free for the next stage."""
    for step, form in reversed(STEPS):
        connection.execute(f"drop {form} if exists temp.{relation(step)}")
