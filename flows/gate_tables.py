"""What the gate is told, as tables in DuckDB: texts that repeat become numbers, whole columns go over at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from expectations.ceilings import ceiling
from flows.known import Aim, Families, KnownFiles, Past, Row, World
from models.delivery import Basis, Candidate, Finality, Measure
from models.printed import rounding_step

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Columns = Mapping[str, tuple[str, Sequence[Any]]]  # name → type in DuckDB, cells

SIX_PLACES = Decimal("0.000001")
LARGEST = Decimal(10) ** 14  # more does not fit DECIMAL(20, 6)
NOWHERE = -1
_STEPS = (1.0, 0.1, 0.01, 0.001, 0.0001, 0.00001, 0.000001)
KINDS = {pair: code for code, pair in enumerate((str(m), str(b)) for m in Measure for b in Basis)}  # below 32
_PANDAS = {"integer": "int32", "double": "float64", "boolean": "bool"}  # and objects for the others


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


def fill_all(
    connection: DuckDBPyConnection, rows: Sequence[Row], world: World, *, families: Families
) -> None:
    """The tables that sql/gate/ begins with."""
    regions = _numbered(region for region, _ in families)
    tables = {
        "kind": kinds(),
        "sent": _sent(rows, world, regions),
        "subject": _subjects(world, regions),
        "arrived": _arrived(rows, world, families=families, regions=regions),
    }
    for name, columns in tables.items():
        fill(connection, name, columns)
    if world.files:
        _fill_from_files(connection, world.files)
    else:
        fill(connection, "past", _past(world.past, families))
        fill(connection, "past_delivery", _past_deliveries(world.past))
        fill(connection, "aim", _aims(world.aims, families))


def _fill_from_files(connection: DuckDBPyConnection, files: KnownFiles) -> None:
    for table, path in (("past", files.past), ("past_delivery", files.deliveries), ("aim", files.aims)):
        file = str(path).replace("'", "''")
        connection.execute(f"create table {table} as from read_parquet('{file}')")


def _numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(dict.fromkeys(names))}


def kinds() -> Columns:
    """Measure and basis as one number."""
    return {
        "measure": ("text", [measure for measure, _ in KINDS]),
        "basis": ("text", [basis for _, basis in KINDS]),
        "code": ("integer", [*KINDS.values()]),
    }


def _series(families: Families, item: Candidate | Past) -> int:
    """Region, indicator, measure and basis as one number, as sql/gate/past.sql makes it."""
    return families[item.region, item.indicator] * 32 + KINDS[item.measure, item.basis]


def _sent(rows: Sequence[Row], world: World, regions: Mapping[str, int]) -> Columns:
    """The deliveries of the rows; the sender and its region only where the books know it."""
    deliveries = [*{row.delivery_id: row for row in rows}.values()]
    seats = {office.office_id: regions.get(office.region, NOWHERE) for office in world.offices}
    return {
        "delivery": ("integer", range(len(deliveries))),
        "delivery_id": ("text", [row.delivery_id for row in deliveries]),
        "received": ("date", [row.received for row in deliveries]),
        "sha256": ("text", [row.sha256 for row in deliveries]),
        "is_estimate": ("boolean", [row.finality == Finality.ESTIMATE for row in deliveries]),
        "office": ("text", [row.office for row in deliveries]),
        "office_region": ("integer", [seats.get(row.office, NOWHERE) for row in deliveries]),
    }


def _subjects(world: World, regions: Mapping[str, int]) -> Columns:
    subjects = world.subjects
    seats = {office.office_id: regions.get(office.region, NOWHERE) for office in world.offices}
    return {
        "subject": ("integer", range(len(subjects))),
        "is_whole": ("boolean", [item.is_whole for item in subjects]),
        "months": ("integer", [sum(1 << month for month in item.months) for item in subjects]),
        "capacity": ("text", [item.capacity for item in subjects]),
        "office": ("text", [item.office for item in subjects]),
        "office_region": ("integer", [seats.get(item.office, NOWHERE) for item in subjects]),
    }


def _arrived(rows: Sequence[Row], world: World, *, families: Families, regions: Mapping[str, int]) -> Columns:
    deliveries = _numbered(row.delivery_id for row in rows)
    numbers = {item.indicator: number for number, item in enumerate(world.subjects)}
    figures = [row.candidate for row in rows]
    kept = [_kept(c.value) for c in figures]
    return {
        "row_id": ("integer", range(len(rows))),
        "delivery": ("integer", [deliveries[row.delivery_id] for row in rows]),
        "family": ("integer", [families[c.region, c.indicator] for c in figures]),
        "series": ("integer", [_series(families, c) for c in figures]),
        "region": ("integer", [regions[c.region] for c in figures]),
        "subject": ("integer", [numbers.get(c.indicator, NOWHERE) for c in figures]),
        "source_sheet": ("text", [c.sheet for c in figures]),
        "source_row": ("integer", [c.row for c in figures]),
        "source_column": ("text", [c.column for c in figures]),
        "measure": ("text", [str(c.measure) for c in figures]),
        "basis": ("text", [str(c.basis) for c in figures]),
        "day": ("integer", [c.period_end.toordinal() for c in figures]),
        "value": ("text", kept),
        "bound": ("text", [c.bound for c in figures]),
        "is_percent": ("boolean", [c.unit == "%" for c in figures]),
        "ceiling": ("double", [ceiling(c.unit) for c in figures]),
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


def _past(past: Sequence[Past], families: Families) -> Columns:
    numbers = _numbered(item.delivery_id for item in past)
    kept = [item for item in past if (item.region, item.indicator) in families]
    return {
        "delivery": ("integer", [numbers[item.delivery_id] for item in kept]),
        "series": ("integer", [_series(families, item) for item in kept]),
        "period_end": ("date", [item.period_end for item in kept]),
        "value": ("decimal(20, 6)", [item.value for item in kept]),
        "bound": ("text", [item.bound for item in kept]),
    }


def _past_deliveries(past: Sequence[Past]) -> Columns:
    deliveries = {item.delivery_id: item for item in past}
    return {
        "delivery": ("integer", range(len(deliveries))),
        "delivery_id": ("text", [*deliveries]),
        "received": ("date", [item.received for item in deliveries.values()]),
        "sha256": ("text", [item.sha256 for item in deliveries.values()]),
    }


def _aims(aims: Sequence[Aim], families: Families) -> Columns:
    kept = [item for item in aims if (item.region, item.indicator) in families]
    return {
        "family": ("integer", [families[item.region, item.indicator] for item in kept]),
        "measure": ("text", [item.measure for item in kept]),
        "year": ("integer", [item.year for item in kept]),
        "value": ("decimal(20, 6)", [str(item.value) for item in kept]),
        "is_cap": ("boolean", [item.is_cap for item in kept]),
        "is_loose": ("boolean", [item.is_loose for item in kept]),
    }
