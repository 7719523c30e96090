"""validate: Great Expectations decides which figures get in, and says of the others what is wrong.

All new figures of a run come at once, whatever the number of files; flows/sift.py asks, this module turns the
answers into problems that a person can read, and into what load may write.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flows import gate_world
from flows.books import Books
from flows.evidence import Row
from flows.gate_world import World
from flows.objections import is_accepted, problems
from flows.settings import Settings
from flows.sift import sift
from models.delivery import Candidate, Delivery, Finality, Problem, Severity
from models.run import RunContext


@dataclass(frozen=True)
class Validated:
    """The deliveries with what was accepted of them, and every problem."""

    deliveries: tuple[Delivery, ...]

    def __str__(self) -> str:
        accepted = sum(len(item.accepted) for item in self.deliveries)
        severities = [problem.severity for item in self.deliveries for problem in item.problems]
        return (
            f"校验 {len(self.deliveries)} 份，通过 {accepted} 条，隔离 {severities.count(Severity.QUARANTINED)} 条，"
            f"拒收 {severities.count(Severity.REFUSED)} 处，提醒 {severities.count(Severity.WARNING)} 处"
        )


def validate(settings: Settings, context: RunContext, deliveries: Sequence[Delivery]) -> Validated:
    """Set every figure apart; a delivery whose side file is missing or faulty gives none."""
    rows = [row for delivery in deliveries for row in _rows(delivery, undated=None)]
    if not rows:
        return Validated(tuple(map(_unread, deliveries)))
    return _sort_out(deliveries, rows, gate_world.of_warehouse(settings, rows))


def check(settings: Settings, deliveries: Sequence[Delivery], books: Books, *, today: date) -> Validated:
    """The same without the warehouse, which is neither needed nor touched; no side file means received today."""
    rows = [row for delivery in deliveries for row in _rows(delivery, undated=today)]
    if not rows:
        return Validated(tuple(map(_unread, deliveries)))
    return _sort_out(deliveries, rows, gate_world.of_published(settings, books))


def _unread(delivery: Delivery) -> Delivery:
    return replace(delivery, accepted=(), problems=_reading_problems(delivery))


def _reading_problems(delivery: Delivery) -> tuple[Problem, ...]:
    found = (*delivery.raw.side_problems, *delivery.reading.problems, *delivery.problems)
    return tuple(dict.fromkeys(found))


def _rows(delivery: Delivery, *, undated: date | None) -> Iterator[Row]:
    side = delivery.raw.side
    received = side.received if side else undated
    if received is not None:
        finality = side.finality if side else Finality.PRELIMINARY
        for candidate in delivery.reading.candidates:
            yield Row(delivery.delivery_id, received, delivery.raw.sha256, finality, candidate)


def _sort_out(deliveries: Sequence[Delivery], rows: Sequence[Row], world: World) -> Validated:
    findings = sift(rows, world)
    accepted: dict[str, list[Candidate]] = {}
    found: dict[str, list[Problem]] = {}
    for row_id, row in enumerate(rows):
        if is_accepted(row_id, findings):
            accepted.setdefault(row.delivery_id, []).append(row.candidate)
        found.setdefault(row.delivery_id, []).extend(problems(row_id, row.candidate, findings))
    return Validated(
        tuple(
            replace(
                delivery,
                accepted=tuple(accepted.get(delivery.delivery_id, ())),
                problems=(*_reading_problems(delivery), *found.get(delivery.delivery_id, ())),
            )
            for delivery in deliveries
        )
    )
