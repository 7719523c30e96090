"""Everything a report shows, read once from the views of the warehouse; what is written is made from these rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Row = Mapping[str, Any]
Rows = tuple[Row, ...]


@dataclass(frozen=True)
class World:
    """The rows of each relation, as of the run's date; books and notes of people beside the judged facts."""

    variance: Rows = ()
    assessment: Rows = ()
    observation: Rows = ()
    observation_vintage: Rows = ()
    delivery: Rows = ()
    rejection: Rows = ()
    target: Rows = ()
    region: Rows = ()
    indicator: Rows = ()
    book_office: Rows = ()
    book_schedule_point: Rows = ()
    book_rule: Rows = ()
    book_section: Rows = ()
    footnote: Rows = ()
    acknowledgement: Rows = ()
    silence: Rows = ()
    notification: Rows = ()


# Relations of which a region's files show their own region's rows only.
BY_REGION = frozenset(
    {"variance", "assessment", "observation", "observation_vintage", "delivery", "target", "notification"}
)


def read_world(connection: DuckDBPyConnection, region: str | None = None) -> World:
    """All relations the reports need, of one region or of all; published ones from `mart`, others from `main`."""
    places = _places(connection)
    names = [field.name for field in fields(World) if field.name in places]
    return World(
        **{name: read(connection, places[name], region if name in BY_REGION else None) for name in names}
    )


def read_regions(
    connection: DuckDBPyConnection, is_ours: Callable[[str], bool] = lambda _: True
) -> tuple[tuple[str, ...], date | None]:
    """The regions that have judged targets, and the newest period judged of any of them up to the run's date."""
    found = connection.execute(
        "select region, max(period_end) filter (where period_end <= as_of) from mart.variance group by region order by region"
    ).fetchall()
    ours = {region: newest for region, newest in found if is_ours(region)}
    return tuple(ours), max((newest for newest in ours.values() if newest), default=None)


def _places(connection: DuckDBPyConnection) -> dict[str, str]:
    sql = "select schema_name, table_name from duckdb_tables() union all select schema_name, view_name from duckdb_views()"
    found = connection.execute(sql).fetchall()
    places = {name: f"main.{name}" for schema, name in found if schema == "main"}
    return places | {name: f"mart.{name}" for schema, name in found if schema == "mart"}


def read(connection: DuckDBPyConnection, relation: str, region: str | None = None) -> Rows:
    """Every row of one relation, or its rows of one region, in an order that does not depend on storage."""
    chosen = f"where region = '{int(region):06}'" if region else ""
    result = connection.execute(f"select * from {relation} {chosen} order by all")
    names = [column[0] for column in result.description or ()]
    return tuple(dict(zip(names, row, strict=True)) for row in result.fetchall())
