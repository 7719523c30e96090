"""load: append what the gate let through; of each delivery everything or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from flows import warehouse
from flows.errors import MixedProvenanceError
from flows.settings import Settings
from models.delivery import Candidate, Delivery, Outcome, Problem, Provenance, Severity, rejection_id
from models.message import in_language, say
from models.relations import KEPT, Relation
from models.run import RunContext

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SIX_PLACES = Decimal("0.000001")
TOGETHER = (
    500  # deliveries a transaction: a commit waits for the disk, and a killed run loses no more than these
)
_RELATIONS = {item.name: item for item in KEPT}
PARTS = ("delivery", "observation", "rejection", "footnote")
Row = tuple[object, ...]


@dataclass(frozen=True)
class Loaded:
    """What a run took in."""

    deliveries: int
    accepted: int
    quarantined: int
    refused: int

    def __str__(self) -> str:
        return say(
            "装载 {deliveries} 份，采纳 {accepted} 条，隔离 {quarantined} 条，拒收 {refused} 处",
            deliveries=self.deliveries,
            accepted=self.accepted,
            quarantined=self.quarantined,
            refused=self.refused,
        )


def load(settings: Settings, context: RunContext, deliveries: Sequence[Delivery], fingerprint: str) -> Loaded:
    """Write `deliveries`, replacing what an earlier reading of the same delivery left.

    Raises MixedProvenanceError, before anything is written, when simulated and real figures would meet.
    """
    if deliveries:
        with warehouse.connect(settings) as connection:
            _refuse_mixture(connection, deliveries)
            for first in range(0, len(deliveries), TOGETHER):
                _replace(connection, deliveries[first : first + TOGETHER], context, fingerprint)
    return Loaded(
        len(deliveries),
        sum(len(item.accepted) for item in deliveries),
        sum(_count(item, Severity.QUARANTINED) for item in deliveries),
        sum(_count(item, Severity.REFUSED) for item in deliveries),
    )


def _refuse_mixture(connection: DuckDBPyConnection, deliveries: Sequence[Delivery]) -> None:
    rows = connection.execute(
        "select distinct provenance from delivery where provenance is not null"
    ).fetchall()
    known = {provenance == Provenance.SIMULATED for (provenance,) in rows}
    for item in deliveries:
        side = item.raw.side
        if side is None:
            continue
        known.add(side.provenance == Provenance.SIMULATED)
        if len(known) > 1:
            raise MixedProvenanceError(
                say(
                    "{path}：来源为 {provenance}，与仓库中已有数据不同。模拟数据与真实数据不能放在同一个仓库，请用 --var 另选目录。",
                    path=item.raw.path,
                    provenance=side.provenance,
                )
            )


def _replace(
    connection: DuckDBPyConnection, deliveries: Sequence[Delivery], context: RunContext, fingerprint: str
) -> None:
    """Whole deliveries or nothing of them; a killed run takes up the others next time."""
    with warehouse.transaction(connection):
        known = _known(connection, [item.delivery_id for item in deliveries])
        for name in PARTS:
            if known:  # among millions of figures, so only where there is something to find
                connection.execute(f"delete from {name} where delivery_id in ({known})")
            rows = [row for item in deliveries for row in _rows(name, item, context, fingerprint)]
            append(connection, name, _RELATIONS[name], rows)


def _known(connection: DuckDBPyConnection, delivery_ids: Sequence[str]) -> str:
    """Those of `delivery_ids` that an earlier reading left, as a list in SQL."""
    asked = ", ".join(f"'{delivery_id}'" for delivery_id in delivery_ids)
    found = connection.execute(f"select delivery_id from delivery where delivery_id in ({asked})").fetchall()
    return ", ".join(f"'{delivery_id}'" for (delivery_id,) in found)


def append(connection: DuckDBPyConnection, table: str, relation: Relation, rows: Sequence[Row]) -> None:
    """Append `rows`, in the order of the relation's columns, to `table` in one statement."""
    if not rows:
        return
    import pandas as pd

    names = [column.name for column in relation.columns]
    cells = zip(*rows, strict=True)
    frame = pd.DataFrame(
        {name: _texts(column) for name, column in zip(names, cells, strict=True)}, dtype=object
    )
    casts = ", ".join(f'cast("{c.name}" as {c.type}) as "{c.name}"' for c in relation.columns)
    connection.register("incoming", frame)
    connection.execute(f"insert into {table} select {casts} from incoming")
    connection.unregister("incoming")


def _texts(cells: Iterable[object]) -> list[str | None]:
    """A column as text; what repeats (dates, regions, units) is made once."""
    known: dict[object, str | None] = {}
    return [known[cell] if cell in known else known.setdefault(cell, _text(cell)) for cell in cells]


def _text(cell: object) -> str | None:
    if cell is None or cell == "":
        return None  # nothing is null, never an empty text
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)


def _rows(name: str, item: Delivery, context: RunContext, fingerprint: str) -> list[Row]:
    delivery_id = item.delivery_id
    if name == "delivery":
        return [_delivery_row(item, context, fingerprint)]
    if name == "observation":
        return [_observation_row(delivery_id, figure) for figure in item.accepted]
    if name == "rejection":
        return [_rejection_row(delivery_id, problem) for problem in _distinct(item)]
    return [(delivery_id, number, text) for number, text in enumerate(item.reading.footnotes, 1)]


def _count(item: Delivery, severity: Severity) -> int:
    return sum(problem.severity == severity for problem in item.problems)


def _outcome(item: Delivery) -> Outcome:
    if not item.accepted:
        return Outcome.REFUSED
    whole = not _count(item, Severity.REFUSED) and not _count(item, Severity.QUARANTINED)
    return Outcome.LOADED if whole else Outcome.PARTLY


def _delivery_row(item: Delivery, context: RunContext, fingerprint: str) -> Row:
    raw, side, reading = item.raw, item.raw.side, item.reading
    from_side: Row = (None,) * 2 + (context.as_of, None, None, None, None)
    if side:
        from_side = (
            side.region,
            side.reporting_office,
            side.received,
            side.provenance,
            side.finality,
            side.source,
            side.release_state,
        )
    side_sha256 = side.sha256 if side else None
    counts = (
        len(reading.candidates),
        len(item.accepted),
        _count(item, Severity.QUARANTINED),
        _count(item, Severity.REFUSED),
    )
    return (
        item.delivery_id, raw.path, raw.sha256, side_sha256, fingerprint, *from_side,
        reading.layout, reading.encoding, reading.title, reading.cells_read, *counts, _outcome(item), context.run_id,
    )  # fmt: skip


def _observation_row(delivery_id: str, c: Candidate) -> Row:
    value = c.value.quantize(SIX_PLACES, ROUND_HALF_UP)
    return (
        delivery_id,
        c.region,
        c.indicator,
        c.measure,
        c.basis,
        c.period_end,
        value,
        c.bound,
        c.unit,
        c.sheet,
        c.row,
        c.column,
        c.note,
    )


def _distinct(item: Delivery) -> Iterable[Problem]:
    return {_rejection_id(item.delivery_id, problem): problem for problem in item.problems}.values()


def _rejection_id(delivery_id: str, problem: Problem) -> str:
    return rejection_id(
        delivery_id, problem.rule, sheet=problem.sheet, row=problem.row, column=problem.column
    )


def _rejection_row(delivery_id: str, p: Problem) -> Row:
    c = p.candidate
    key: Row = (None,) * 8
    if c:
        key = (
            c.region,
            c.indicator,
            c.measure,
            c.basis,
            c.period_end,
            c.value.quantize(SIX_PLACES, ROUND_HALF_UP),
            c.bound,
            c.unit,
        )
    return (
        _rejection_id(delivery_id, p),
        delivery_id,
        p.file,
        p.sheet,
        p.row,
        p.column,
        p.value,
        p.rule,
        p.message,
        p.advice,
        p.severity,
        *key,
        in_language(p.message, "en"),
        in_language(p.advice, "en"),
    )
