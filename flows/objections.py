"""What the gate found, as problems: one for a figure that is kept out, one for each remark on one that got in."""

from __future__ import annotations

from collections.abc import Sequence

from expectations.observation_words import told
from expectations.observations import BY_ID
from flows.sift import Evidence, Findings, objections
from models.delivery import Candidate, Problem, Severity
from models.message import joined

REPEATED = "same_key_repeated"


def is_accepted(row_id: int, findings: Findings) -> bool:
    """Nothing against it, and not the second of two equal rows. A released figure stays with its rejection."""
    rules = findings.broken.get(row_id, ())
    return not objections(rules) and REPEATED not in rules


def problems(row_id: int, candidate: Candidate, findings: Findings) -> list[Problem]:
    """One problem with every objection in it, since a person answers for the figure once; or the remarks."""
    rules = findings.broken.get(row_id)
    if not rules:
        return []
    evidence = findings.evidence[row_id]
    against = objections(rules)
    if against:
        return [_problem(against, candidate, evidence)]
    remarks = (REPEATED,) if REPEATED in rules else rules
    return [_problem([rule], candidate, evidence) for rule in remarks]


def _problem(rules: Sequence[str], candidate: Candidate, evidence: Evidence) -> Problem:
    """A problem that the first of `rules` names; the others are told behind it."""
    severity = BY_ID[rules[0]].severity
    words = [told(rule, candidate, evidence) for rule in rules]
    message, advice = words[0]
    return Problem(
        file=candidate.file,
        rule=rules[0],
        message=joined(" 另外：", [message, *(more for more, _ in words[1:])]),
        severity=severity,
        sheet=candidate.sheet,
        row=candidate.row,
        column=candidate.column,
        value=candidate.printed or str(candidate.value),
        advice=advice,
        candidate=candidate if severity == Severity.QUARANTINED else None,
    )
