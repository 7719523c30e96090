"""What the gate looks at: candidate rows beside their own past, worked out set-based in DuckDB.

An own database in memory, so that a check without a warehouse and a run see the same. Deliveries see one
another in the order (received, sha256, delivery_id), and only earlier ones; `sql/gate/` holds the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from models.delivery import Candidate, Finality
from models.printed import rounding_step
from sql import query

if TYPE_CHECKING:
    import pandas as pd
    from duckdb import DuckDBPyConnection

TABLES = ("place", "figure")
VIEWS = (
    "standing_figure",
    "comparison",
    "comparable",
    "neighbour",
    "need",
    "related",
    "identity",
    "evidence",
)
SIX_PLACES = Decimal("0.000001")
LARGEST = Decimal(10) ** 14  # more does not fit DECIMAL(20, 6)


class Subject(NamedTuple):
    """What the books say of an indicator, as far as the gate asks."""

    indicator: str
    name: str
    is_whole: bool
    months: tuple[int, ...]  # of the calendar; empty = the calendar does not say


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
class Row:
    """A candidate with the delivery it came in; its place in the list of rows is its id."""

    delivery_id: str
    received: date
    sha256: str
    finality: str
    candidate: Candidate


@dataclass(frozen=True)
class Standing:
    """Whether the rules leave a row out: among its own delivery's rows, and for later deliveries."""

    is_out_early: bool = False
    is_out: bool = False
    is_released: bool = False  # by a person, in spite of the rules


_CANDIDATE = {
    "row_id": "integer",
    "delivery_id": "text",
    "received": "date",
    "sha256": "text",
    "is_estimate": "boolean",
    "source_sheet": "text",
    "source_row": "integer",
    "source_column": "text",
    "region": "text",
    "indicator": "text",
    "measure": "text",
    "basis": "text",
    "period_end": "date",
    "value": "decimal(20, 6)",
    "bound": "text",
    "unit": "text",
    "rounding_step": "double",
}
_PAST = {name: _CANDIDATE[name] for name in Past._fields}


@contextmanager
def opened(
    rows: Sequence[Row], past: Iterable[Past] | Path, subjects: Iterable[Subject]
) -> Iterator[DuckDBPyConnection]:
    """A database in memory with the candidate rows, their past, and the views over both."""
    import duckdb

    with duckdb.connect() as connection:
        _fill(
            connection,
            "candidate",
            _CANDIDATE,
            [_candidate_cells(place, row) for place, row in enumerate(rows)],
        )
        _fill_past(connection, past)
        kinds = {"indicator": "text", "name": "text", "is_whole": "boolean", "months": "integer[]"}
        _fill(
            connection,
            "subject",
            kinds,
            [(s.indicator, s.name, s.is_whole, list(s.months) or None) for s in subjects],
        )
        for name in TABLES:
            connection.execute(f"create table {name} as {query(f'gate/{name}')}")
        decide(connection, {})
        focus_on(connection, None)
        for name in VIEWS:
            connection.execute(f"create view {name} as {query(f'gate/{name}')}")
        yield connection


def decide(connection: DuckDBPyConnection, standings: Mapping[int, Standing]) -> None:
    """Say which rows are out, as far as is known."""
    kinds = {"row_id": "integer", "is_out_early": "boolean", "is_out": "boolean", "is_released": "boolean"}
    cells = [(row_id, s.is_out_early, s.is_out, s.is_released) for row_id, s in standings.items()]
    _fill(connection, "verdict", kinds, cells)


def focus_on(connection: DuckDBPyConnection, families: Iterable[int] | None) -> None:
    """Look only at the rows of these families (region and indicator), or at all."""
    if families is None:
        chosen = "where row_id is not null"
    else:
        _fill(connection, "wanted_family", {"family": "integer"}, [(family,) for family in families])
        chosen = "semi join wanted_family using (family) where row_id is not null"
    connection.execute(f"create or replace table focus as select row_id, family from figure {chosen}")


def evidence(connection: DuckDBPyConnection) -> pd.DataFrame:
    """One line a row in focus, labelled with the row's id: measurements as floats, worked out in decimals, and the
    figures that the words need as text.
    """
    return connection.execute("select * from evidence").df().set_index("row_id", drop=False)


def _fill(
    connection: DuckDBPyConnection, table: str, kinds: Mapping[str, str], cells: Sequence[tuple[object, ...]]
) -> None:
    import pandas as pd

    frame = pd.DataFrame(cells, columns=[*kinds], dtype=object)
    casts = ", ".join(f'cast("{name}" as {kind}) as "{name}"' for name, kind in kinds.items())
    connection.register("incoming", frame)
    connection.execute(f"create or replace table {table} as select {casts} from incoming")
    connection.unregister("incoming")


def _fill_past(connection: DuckDBPyConnection, past: Iterable[Past] | Path) -> None:
    if not isinstance(past, Path):
        return _fill(connection, "past", _PAST, [tuple(item) for item in past])
    casts = ", ".join(f'cast("{name}" as {kind}) as "{name}"' for name, kind in _PAST.items())
    file = str(past).replace("'", "''")
    connection.execute(f"create table past as select {casts} from read_parquet('{file}')")
    return None


def _candidate_cells(place: int, row: Row) -> tuple[object, ...]:
    c = row.candidate
    value = c.value if c.value.is_finite() and abs(c.value) < LARGEST else None
    kept = None if value is None else format(value.quantize(SIX_PLACES, ROUND_HALF_UP), "f")
    step = 0.0 if value is None else float(rounding_step(value, c.printed))
    return (
        place,
        row.delivery_id,
        row.received,
        row.sha256,
        row.finality == Finality.ESTIMATE,
        c.sheet,
        c.row,
        c.column,
        c.region,
        c.indicator,
        c.measure,
        c.basis,
        c.period_end,
        kept,
        c.bound,
        c.unit,
        step,
    )
