"""Ask the gate about rows until its answers agree with one another.

Rules about a series' past see earlier deliveries only, and of those only what stands. All rows of a run are asked
about at once, as if every one stood; then again about the series in which some did not, until nothing changes.
What a row is held against depends on earlier deliveries and earlier rules alone, so this ends, and ends where one
run for each delivery would.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from expectations import gate
from expectations.gate import Expectation, Failure
from expectations.observations import BY_ID, EXPLAINED_BY_SLIP, RANK, SUITE
from flows import evidence
from flows.evidence import Standing
from flows.known import Row, Subject, World, families
from models.delivery import Severity, rejection_id

if TYPE_CHECKING:
    import pandas as pd
    from duckdb import DuckDBPyConnection

Evidence = Mapping[str, object]
Broken = Mapping[int, tuple[str, ...]]
Ask = Callable[["pd.DataFrame", Sequence[Expectation]], list[Failure]]
STANDS = Standing()
WITHDRAWN = Standing(is_out=True)


@dataclass
class Findings:
    """What the gate said of the rows, by row id: rules broken, by rank, and the evidence they looked at."""

    broken: dict[int, tuple[str, ...]] = field(default_factory=dict)
    evidence: dict[int, Evidence] = field(default_factory=dict)
    standings: dict[int, Standing] = field(default_factory=dict)  # of rows that do not stand


def sift(rows: Sequence[Row], world: World, *, ask: Ask = gate.run) -> Findings:
    """Every rule that each row breaks, given what was known before. `ask` is the gate."""
    findings = Findings(standings=_withdrawn(rows, world))
    numbers = families(rows)
    with evidence.opened(rows, world, families=numbers) as database:
        while True:
            evidence.decide(database, findings.standings)
            frame = evidence.measured(database)
            broken = _by_row(ask(frame, SUITE))
            findings.evidence.update(_told(database, broken, rows, world))
            changed = _note(findings, frame, broken, rows=rows, world=world)
            if not changed:
                return findings
            focus = {(rows[row_id].candidate.region, rows[row_id].candidate.indicator) for row_id in changed}
            evidence.focus_on(database, focus, numbers)


def _told(
    database: DuckDBPyConnection, broken: Broken, rows: Sequence[Row], world: World
) -> Iterator[tuple[int, Evidence]]:
    """What the words need of each row that breaks a rule."""
    subjects = {subject.indicator: subject for subject in world.subjects}
    offices = {office.office_id: office.name for office in world.offices}
    for row_id, line in evidence.told(database, broken).items():
        row = rows[row_id]
        subject = subjects.get(row.candidate.indicator) or Subject(
            row.candidate.indicator, row.candidate.indicator, False, ()
        )
        names = {
            "indicator_name": subject.name,
            "office_sent": row.office,
            "office_sent_name": offices.get(row.office, row.office),
            "office_booked": subject.office,
            "office_booked_name": offices.get(subject.office, subject.office),
        }
        yield row_id, {**line, **names}


def _withdrawn(rows: Sequence[Row], world: World) -> dict[int, Standing]:
    if not world.withdrawn:
        return {}
    return {row_id: WITHDRAWN for row_id, row in enumerate(rows) if row.delivery_id in world.withdrawn}


def _note(
    findings: Findings, frame: pd.DataFrame, broken: Broken, *, rows: Sequence[Row], world: World
) -> set[int]:
    """Take down what the gate says of the rows in `frame`; those whose standing changed."""
    before = set(findings.broken).intersection(frame.index)
    return {row_id for row_id in before | set(broken) if _settle(findings, row_id, broken, rows, world)}


def _settle(findings: Findings, row_id: int, broken: Broken, rows: Sequence[Row], world: World) -> bool:
    """Put down the rules that a row breaks; whether its standing changed by it."""
    rules = broken.get(row_id, ())
    if rules:
        findings.broken[row_id] = rules
    else:
        findings.broken.pop(row_id, None)
    known = findings.standings.get(row_id, STANDS)
    standing = _standing(rows[row_id], rules, world)
    findings.standings[row_id] = standing
    return standing != known


def _by_row(failures: Iterable[Failure]) -> dict[int, tuple[str, ...]]:
    broken: dict[int, set[str]] = {}
    for failure in failures:
        broken.setdefault(int(failure.row), set()).add(failure.rule)
    return {row_id: _ranked(rules) for row_id, rules in broken.items()}


def _ranked(rules: set[str]) -> tuple[str, ...]:
    kept = rules - EXPLAINED_BY_SLIP if "unit_slip" in rules else rules
    return tuple(sorted(kept, key=RANK.__getitem__))


def objections(rules: Iterable[str]) -> list[str]:
    """Those of `rules` that keep a figure out."""
    return [rule for rule in rules if BY_ID[rule].severity != Severity.WARNING]


def _standing(row: Row, rules: Sequence[str], world: World) -> Standing:
    against = objections(rules)
    is_released = bool(against) and _is_released(row, against[0], world)
    is_kept_out = bool(against) and not is_released
    return Standing(
        is_out_early=is_kept_out and any(BY_ID[rule].is_early for rule in against),
        is_out=is_kept_out or row.delivery_id in world.withdrawn,
        is_released=is_released,
    )


def _is_released(row: Row, rule: str, world: World) -> bool:
    c = row.candidate
    return rejection_id(row.delivery_id, rule, sheet=c.sheet, row=c.row, column=c.column) in world.released
