"""Everything a report shows, read once from the views of the warehouse; what is written is made from these rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
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
    footnote: Rows = ()
    acknowledgement: Rows = ()
    silence: Rows = ()


def read_world(connection: DuckDBPyConnection) -> World:
    """All relations the reports need; the published ones from `mart`, the others from `main` where they exist."""
    places = _places(connection)
    names = [field.name for field in fields(World)]
    return World(**{name: read(connection, places[name]) for name in names if name in places})


def _places(connection: DuckDBPyConnection) -> dict[str, str]:
    sql = "select schema_name, table_name from duckdb_tables() union all select schema_name, view_name from duckdb_views()"
    found = connection.execute(sql).fetchall()
    places = {name: f"main.{name}" for schema, name in found if schema == "main"}
    return places | {name: f"mart.{name}" for schema, name in found if schema == "mart"}


def read(connection: DuckDBPyConnection, relation: str) -> Rows:
    """Every row of one relation as a mapping, in an order that does not depend on storage."""
    result = connection.execute(f"select * from {relation} order by all")
    names = [column[0] for column in result.description or ()]
    return tuple(dict(zip(names, row, strict=True)) for row in result.fetchall())
