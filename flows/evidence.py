"""What the gate looks at: candidate rows beside their own past, worked out set-based in DuckDB.

An own database in memory, so that a check without a warehouse and a run see the same. Deliveries see one
another in the order (received, sha256, delivery_id), and only earlier ones; `sql/gate/` holds the rest. Regions,
indicators and deliveries go by number there: millions of comparisons of whole numbers cost a tenth of texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from models.delivery import Basis, Candidate, Finality, Measure
from models.printed import rounding_step
from sql import query

if TYPE_CHECKING:
    import pandas as pd
    from duckdb import DuckDBPyConnection

    from flows.sift import Evidence

Families = Mapping[tuple[str, str], int]
Columns = Mapping[str, tuple[str, Sequence[Any]]]  # name → type in DuckDB, cells

VIEWS = ("comparison", "comparable", "neighbour", "need", "related", "identity")
SIX_PLACES = Decimal("0.000001")
LARGEST = Decimal(10) ** 14  # more does not fit DECIMAL(20, 6)
_STEPS = (1.0, 0.1, 0.01, 0.001, 0.0001, 0.00001, 0.000001)
_PANDAS = {"integer": "int32", "double": "float64", "boolean": "bool"}  # and objects for the others


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
class PastFiles:
    """The same in two Parquet files, as sql/gate/past.sql and past_delivery.sql give them."""

    figures: Path
    deliveries: Path


class Row(NamedTuple):
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


def families(rows: Sequence[Row]) -> dict[tuple[str, str], int]:
    """Region and indicator of the rows, numbered: no rule looks beyond."""
    found = dict.fromkeys((row.candidate.region, row.candidate.indicator) for row in rows)
    return {key: number for number, key in enumerate(found)}


@contextmanager
def opened(
    rows: Sequence[Row], past: Sequence[Past] | PastFiles, subjects: Sequence[Subject], *, families: Families
) -> Iterator[DuckDBPyConnection]:
    """A database in memory with the candidate rows, their past, and the views over both."""
    import duckdb

    with duckdb.connect() as connection:
        deliveries = {row.delivery_id: row for row in rows}
        fill(connection, "kind", _kinds())
        fill(connection, "sent", _sent(deliveries.values()))
        fill(connection, "subject", _subjects(subjects))
        fill(connection, "arrived", _arrived(rows, families, subjects=subjects))
        _fill_past(connection, past, families)
        for name in ("candidate", "place", "figure"):
            connection.execute(f"create table {name} as {query(f'gate/{name}')}")
        decide(connection, {})
        focus_on(connection, None, families)
        connection.execute(f"create table standing as {query('gate/standing_figure')} limit 0")
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
    connection.execute(f"create or replace table standing as {query('gate/standing_figure')}")
    connection.execute(f"create or replace table evidence as {query('gate/evidence')}")
    return connection.execute(query("gate/measured")).df().set_index("row_id", drop=False)


def told(connection: DuckDBPyConnection, row_ids: Iterable[int]) -> dict[int, Evidence]:
    """What the words need to speak of these rows in focus."""
    fill(connection, "spoken_of", {"row_id": ("integer", [*row_ids])})
    result = connection.execute(query("gate/told"))
    names = [column[0] for column in result.description or ()]
    return {int(line[0]): dict(zip(names, line, strict=True)) for line in result.fetchall()}


def fill(connection: DuckDBPyConnection, table: str, columns: Columns, *, kind: str = "table") -> None:
    """A table (or a temp table) of these columns, in the place of one of that name."""
    import pandas as pd

    frame = pd.DataFrame(
        {
            name: pd.Series(cells, dtype=_PANDAS.get(type_, "object"))
            for name, (type_, cells) in columns.items()
        }
    )
    casts = ", ".join(f'cast("{name}" as {type_}) as "{name}"' for name, (type_, _) in columns.items())
    connection.register("incoming", frame)
    connection.execute(f"create or replace {kind} {table} as select {casts} from incoming")
    connection.unregister("incoming")


def _kinds() -> Columns:
    """Measure and basis as one number below 32."""
    pairs = [(str(measure), str(basis)) for measure in Measure for basis in Basis]
    return {
        "measure": ("text", [measure for measure, _ in pairs]),
        "basis": ("text", [basis for _, basis in pairs]),
        "code": ("integer", range(len(pairs))),
    }


def _sent(rows: Iterable[Row]) -> Columns:
    deliveries = [*rows]
    return {
        "delivery": ("integer", range(len(deliveries))),
        "delivery_id": ("text", [row.delivery_id for row in deliveries]),
        "received": ("date", [row.received for row in deliveries]),
        "sha256": ("text", [row.sha256 for row in deliveries]),
        "is_estimate": ("boolean", [row.finality == Finality.ESTIMATE for row in deliveries]),
    }


def _subjects(subjects: Sequence[Subject]) -> Columns:
    return {
        "subject": ("integer", range(len(subjects))),
        "is_whole": ("boolean", [item.is_whole for item in subjects]),
        "months": ("integer", [sum(1 << month for month in item.months) for item in subjects]),
    }


def _arrived(rows: Sequence[Row], families: Families, *, subjects: Sequence[Subject]) -> Columns:
    deliveries = {
        delivery_id: number for number, delivery_id in enumerate({row.delivery_id: 0 for row in rows})
    }
    numbers = {item.indicator: number for number, item in enumerate(subjects)}
    figures = [row.candidate for row in rows]
    kept = [_kept(c.value) for c in figures]
    return {
        "row_id": ("integer", range(len(rows))),
        "delivery": ("integer", [deliveries[row.delivery_id] for row in rows]),
        "family": ("integer", [families[c.region, c.indicator] for c in figures]),
        "subject": ("integer", [numbers.get(c.indicator, -1) for c in figures]),
        "source_sheet": ("text", [c.sheet for c in figures]),
        "source_row": ("integer", [c.row for c in figures]),
        "source_column": ("text", [c.column for c in figures]),
        "measure": ("text", [str(c.measure) for c in figures]),
        "basis": ("text", [str(c.basis) for c in figures]),
        "day": ("integer", [c.period_end.toordinal() for c in figures]),
        "value": ("text", kept),
        "bound": ("text", [c.bound for c in figures]),
        "is_percent": ("boolean", [c.unit == "%" for c in figures]),
        "rounding_step": ("double", [*map(_step, figures, kept)]),
    }


def _kept(value: Decimal) -> str | None:
    """A value as it will be kept, None where it cannot be."""
    if not value.is_finite() or abs(value) >= LARGEST:
        return None
    return format(value.quantize(SIX_PLACES, ROUND_HALF_UP), "f")


def _step(candidate: Candidate, kept: str | None) -> float:
    """How far the figure was rounded; most stand in the file as they are kept, and tell it by their length."""
    if kept is None:
        return 0.0
    printed = candidate.printed
    whole, _, places = printed.partition(".")
    if whole.isdecimal() and whole.isascii() and len(places) <= 6 and printed == str(candidate.value):
        return _STEPS[len(places)]
    return float(rounding_step(candidate.value, printed))


def _fill_past(connection: DuckDBPyConnection, past: Sequence[Past] | PastFiles, families: Families) -> None:
    if isinstance(past, PastFiles):
        for table, path in (("past", past.figures), ("past_delivery", past.deliveries)):
            file = str(path).replace("'", "''")
            connection.execute(f"create table {table} as from read_parquet('{file}')")
        return
    deliveries = {item.delivery_id: item for item in past}
    numbers = {delivery_id: number for number, delivery_id in enumerate(deliveries)}
    kept = [item for item in past if (item.region, item.indicator) in families]
    fill(
        connection,
        "past_delivery",
        {
            "delivery": ("integer", range(len(deliveries))),
            "delivery_id": ("text", [*deliveries]),
            "received": ("date", [item.received for item in deliveries.values()]),
            "sha256": ("text", [item.sha256 for item in deliveries.values()]),
        },
    )
    fill(
        connection,
        "past",
        {
            "delivery": ("integer", [numbers[item.delivery_id] for item in kept]),
            "family": ("integer", [families[item.region, item.indicator] for item in kept]),
            "measure": ("text", [item.measure for item in kept]),
            "basis": ("text", [item.basis for item in kept]),
            "period_end": ("date", [item.period_end for item in kept]),
            "value": ("decimal(20, 6)", [item.value for item in kept]),
            "bound": ("text", [item.bound for item in kept]),
        },
    )
