"""validate: Great Expectations decides which figures get in, and says of the others what is wrong.

All new figures of a run come at once, whatever the number of files; flows/sift.py asks, this module turns the
answers into problems that a person can read, and into what load may write.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from flows import gate_world
from flows.books import Books
from flows.known import Row
from flows.objections import is_accepted, problems
from flows.settings import Settings
from flows.sift import Findings, sift
from models.delivery import Delivery, Finality, Provenance, Severity
from models.message import say
from models.run import RunContext

TOGETHER = 150_000  # figures that the gate looks at at once: a month of the country, and 0.9 GiB with three years of their past


@dataclass(frozen=True)
class Validated:
    """The deliveries with what was accepted of them, and every problem."""

    deliveries: tuple[Delivery, ...]

    def __str__(self) -> str:
        accepted = sum(len(item.accepted) for item in self.deliveries)
        severities = [problem.severity for item in self.deliveries for problem in item.problems]
        return say(
            "校验 {deliveries} 份，通过 {accepted} 条，隔离 {quarantined} 条，拒收 {refused} 处，提醒 {warnings} 处",
            deliveries=len(self.deliveries),
            accepted=accepted,
            quarantined=severities.count(Severity.QUARANTINED),
            refused=severities.count(Severity.REFUSED),
            warnings=severities.count(Severity.WARNING),
        )


def validate(settings: Settings, context: RunContext, deliveries: Sequence[Delivery]) -> Validated:
    """Set every figure apart; a delivery whose side file is missing or faulty gives none."""
    rows = [tuple(_rows(delivery, undated=None)) for delivery in deliveries]
    flat = [row for own in rows for row in own]
    findings = Findings()
    for part in _parts(flat):
        with gate_world.of_warehouse(settings, list(part.values())) as world:
            _take_over(findings, list(part), sift(list(part.values()), world))
    return _sorted_out(deliveries, rows, findings)


def check(settings: Settings, deliveries: Sequence[Delivery], books: Books, *, today: date) -> Validated:
    """The same without the warehouse, which is neither needed nor touched; no side file means received today."""
    rows = [tuple(_rows(delivery, undated=today)) for delivery in deliveries]
    flat = [row for own in rows for row in own]
    findings = sift(flat, gate_world.of_published(settings, books, flat)) if flat else Findings()
    return _sorted_out(deliveries, rows, findings)


def _parts(rows: Sequence[Row]) -> Iterator[dict[int, Row]]:
    """Rows by their id, a part at a time: whole regions, since no rule looks at two, and no more than fits memory."""
    part: dict[int, Row] = {}
    by_region = sorted(enumerate(rows), key=lambda item: item[1].candidate.region)
    for _, own in groupby(by_region, key=lambda item: item[1].candidate.region):
        part |= own
        if len(part) >= TOGETHER:
            yield part
            part = {}
    if part:
        yield part


def _take_over(findings: Findings, row_ids: Sequence[int], found: Findings) -> None:
    """What was found of a part, under the ids that its rows have in the whole."""
    findings.broken.update({row_ids[place]: rules for place, rules in found.broken.items()})
    findings.evidence.update({row_ids[place]: line for place, line in found.evidence.items()})


def _rows(delivery: Delivery, *, undated: date | None) -> Iterator[Row]:
    side = delivery.raw.side
    received = side.received if side else undated
    if received is not None:
        finality = side.finality if side else Finality.PRELIMINARY
        office = side.reporting_office if side and side.provenance != Provenance.PUBLIC else ""
        delivery_id, sha256 = delivery.delivery_id, delivery.raw.sha256
        for candidate in delivery.reading.candidates:
            yield Row(delivery_id, received, sha256, finality, candidate, office)


def _sorted_out(
    deliveries: Sequence[Delivery], rows: Sequence[Sequence[Row]], findings: Findings
) -> Validated:
    """Each delivery with its own part of the findings: row ids count through all deliveries."""
    first = 0
    done = []
    for delivery, own in zip(deliveries, rows, strict=True):
        done.append(_with(delivery, own, first, findings))
        first += len(own)
    return Validated(tuple(done))


def _with(delivery: Delivery, rows: Sequence[Row], first: int, findings: Findings) -> Delivery:
    """The delivery with what was found of its rows, whose ids begin at `first`."""
    reading = (*delivery.raw.side_problems, *delivery.reading.problems, *delivery.problems)
    numbered = [(row_id, row.candidate) for row_id, row in enumerate(rows, first)]
    found = [problem for row_id, candidate in numbered for problem in problems(row_id, candidate, findings)]
    return replace(
        delivery,
        accepted=tuple(candidate for row_id, candidate in numbered if is_accepted(row_id, findings)),
        problems=tuple(dict.fromkeys((*reading, *found))),
    )
