"""What the gate looks at: candidate rows beside their own past, worked out set-based in DuckDB.

An own database in memory, so that a check without a warehouse and a run see the same. Deliveries see one
another in the order (received, sha256, delivery_id), and only earlier ones; `sql/gate/` holds the rest. Regions,
indicators and deliveries go by number there: millions of comparisons of whole numbers cost a tenth of texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.gate_tables import Columns, fill, fill_all
from flows.known import Families, Row, World
from sql import query

if TYPE_CHECKING:
    import pandas as pd
    from duckdb import DuckDBPyConnection

    from flows.sift import Evidence

VIEWS = (
    "comparison", "comparable", "likeness", "first_figure", "neighbour", "need", "related", "identity",
)  # fmt: skip
TABLES = ("asked", "standing_figure", "evidence")  # what is worked out of each pass


@dataclass(frozen=True)
class Standing:
    """Whether the rules leave a row out: among its own delivery's rows, and for later deliveries."""

    is_out_early: bool = False
    is_out: bool = False
    is_released: bool = False  # by a person, in spite of the rules


@contextmanager
def opened(rows: Sequence[Row], world: World, *, families: Families) -> Iterator[DuckDBPyConnection]:
    """A database in memory with the candidate rows, their past, and the views over both."""
    import duckdb

    with duckdb.connect() as connection:
        fill_all(connection, rows, world, families=families)
        for name in ("candidate", "place", "figure"):
            connection.execute(f"create table {name} as {query(f'gate/{name}')}")
        decide(connection, {})
        focus_on(connection, None, families)
        for name in TABLES[:2]:
            connection.execute(f"create table {name} as {query(f'gate/{name}')} limit 0")
        for name in VIEWS:
            connection.execute(f"create view {name} as {query(f'gate/{name}')}")
        yield connection


def decide(connection: DuckDBPyConnection, standings: Mapping[int, Standing]) -> None:
    """Say which rows are out, as far as is known."""
    cells = standings.values()
    columns: Columns = {
        "row_id": ("integer", [*standings]),
        "is_out_early": ("boolean", [s.is_out_early for s in cells]),
        "is_out": ("boolean", [s.is_out for s in cells]),
        "is_released": ("boolean", [s.is_released for s in cells]),
    }
    fill(connection, "verdict", columns)


def focus_on(
    connection: DuckDBPyConnection, chosen: Iterable[tuple[str, str]] | None, families: Families
) -> None:
    """Look only at the rows of these regions and indicators, or at all."""
    numbers = [families[key] for key in (families if chosen is None else chosen)]
    fill(connection, "wanted_family", {"family": ("integer", numbers)})
    connection.execute(
        "create or replace table focus as select row_id, family from candidate semi join wanted_family using (family)"
    )


def measured(connection: DuckDBPyConnection) -> pd.DataFrame:
    """One line a row in focus, labelled with the row's id: measurements as floats, worked out in decimals."""
    for name in TABLES:
        connection.execute(f"create or replace table {name} as {query(f'gate/{name}')}")
    return connection.execute(query("gate/measured")).df().set_index("row_id", drop=False)


def told(connection: DuckDBPyConnection, row_ids: Iterable[int]) -> dict[int, Evidence]:
    """What the words need to speak of these rows in focus."""
    fill(connection, "spoken_of", {"row_id": ("integer", [*row_ids])})
    connection.execute("create or replace table asked as from asked semi join spoken_of using (row_id)")
    result = connection.execute(query("gate/told"))
    names = [column[0] for column in result.description or ()]
    return {int(line[0]): dict(zip(names, line, strict=True)) for line in result.fetchall()}
