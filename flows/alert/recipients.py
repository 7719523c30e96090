"""Telling: which offices hear of which transitions, and which addresses that makes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.alert.facts import Facts, Standing
from flows.alert.letter import plain
from flows.alert.transitions import Derived, Transition
from models.addressee import Addressee, Directory, Part
from models.alert import ABOUT_SHORTFALL, NOBODY_TOLD, AlertKind
from sql import query

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_OWNERS = ABOUT_SHORTFALL | {
    AlertKind.RECOVERED,
    AlertKind.ACHIEVED,
    AlertKind.MISSED,
    AlertKind.CORRECTED,
}
_FOLLOWED = _OWNERS - {AlertKind.SILENCE_ENDED, AlertKind.OUTLOOK_UNLIKELY}
_REPORTERS = {AlertKind.LATE, AlertKind.REFUSED, AlertKind.QUARANTINED, AlertKind.RESTATED}
_OPERATORS = {
    AlertKind.REFUSED,
    AlertKind.QUARANTINED,
    AlertKind.UNDELIVERABLE,
    AlertKind.RUN_MISSED,
    AlertKind.ESCALATED_LEADERSHIP,
    AlertKind.MISSED,
}


@dataclass(frozen=True)
class Telling:
    """One transition told to one office in one part; `instead_of` names an owner without an address."""

    office: Addressee
    part: Part
    transition: Transition
    instead_of: str = ""


def read_directory(connection: DuckDBPyConnection) -> Directory:
    """The offices of the book as addressees."""
    found = connection.execute(query("alert/office")).fetchall()
    return Directory(tuple(_addressee(*row) for row in found))


def _addressee(
    region: str, office_id: str, name: str, name_en: str, role: str, leader: str, emails: str, language: str,
    sections: str, min_severity: object, wants_workbook: bool,
) -> Addressee:  # fmt: skip
    return Addressee(
        region, office_id, plain(name), plain(name_en), _split(role), leader, _split(emails), language, _split(sections),
        min_severity, wants_workbook,  # type: ignore[arg-type]
    )  # fmt: skip


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def route(facts: Facts, derived: Derived, directory: Directory) -> tuple[Telling, ...]:
    """Every telling of the transitions, in order; what reaches no owner goes to the operator."""
    return tuple(
        t for transition in derived.transitions for t in _tellings(facts, derived, directory, transition)
    )


def _tellings(
    facts: Facts, derived: Derived, directory: Directory, transition: Transition
) -> Iterator[Telling]:
    if transition.kind in NOBODY_TOLD:
        return
    if transition.subject_kind == "target":
        standing = facts.standings[transition.subject_id]
        found = _of_target(facts, derived, directory, transition, standing)
    else:
        found = _of_reporter(facts, directory, transition)
    told: set[tuple[str, str]] = set()
    for office, part, instead_of in found:
        if office.addresses and (office.region, office.office_id) not in told:
            told.add((office.region, office.office_id))
            yield Telling(office, part, transition, instead_of)


Found = Iterator[tuple[Addressee, Part, str]]


def _of_target(
    facts: Facts, derived: Derived, directory: Directory, transition: Transition, standing: Standing
) -> Found:
    kind, region = transition.kind, standing.region
    life = derived.lives[standing.target_id]
    leader = directory.leader_of(region, standing.responsible_office, standing.leader)
    if kind in _OWNERS | {AlertKind.MEASURES_DUE} and not _is_held_back(facts, transition):
        yield from _owners(directory, transition, standing)
    is_for_leader = kind in (AlertKind.ESCALATED_LEADER, AlertKind.MISSED, AlertKind.MEASURES_DUE)
    follows = life.leader_told and kind in _FOLLOWED
    if leader and (is_for_leader or follows or _ends(facts, transition, AlertKind.ESCALATED_LEADER)):
        yield leader, Part.LEADER, ""
    is_for_leadership = kind in (AlertKind.HEADLINE_FIGURE, AlertKind.ESCALATED_LEADERSHIP)
    follows = (standing.section == "headline" or life.leadership_told) and kind in _FOLLOWED
    if is_for_leadership or follows or _ends(facts, transition, AlertKind.ESCALATED_LEADERSHIP):
        yield from ((office, Part.LEADERSHIP, "") for office in directory.with_role(region, "leadership"))
    if kind in _OPERATORS or (kind == AlertKind.ESCALATED_LEADER and not (leader and leader.addresses)):
        yield from ((office, Part.OPERATOR, "") for office in directory.operators(region))


def _is_held_back(facts: Facts, transition: Transition) -> bool:
    silence = facts.silences.get(transition.subject_id)
    return transition.kind in ABOUT_SHORTFALL and silence is not None and silence.holds(facts.as_of)


def _ends(facts: Facts, transition: Transition, told_by: AlertKind) -> bool:
    """Whether this ends a trouble that leaders were told of: they hear of its end as well."""
    if transition.kind not in (
        AlertKind.RECOVERED,
        AlertKind.ACHIEVED,
        AlertKind.CORRECTED,
        AlertKind.MISSED,
    ):
        return False
    rows = [
        told for told in facts.told if told.subject_id == transition.subject_id and told.as_of < facts.as_of
    ]
    starts = [told.as_of for told in rows if told.alert_kind in (AlertKind.NEWLY_BEHIND, AlertKind.FLAPPING)]
    told_on = [told.as_of for told in rows if told.alert_kind == told_by]
    return bool(starts and told_on) and max(told_on) >= max(starts)


def _owners(directory: Directory, transition: Transition, standing: Standing) -> Found:
    region, owner_id = standing.region, standing.responsible_office
    owner = directory.find(region, owner_id)
    if owner and owner.addresses:
        if owner.wants(transition.kind, section=standing.section, severity=transition.severity):
            yield owner, Part.OWNER, ""
    else:
        name = owner.name if owner else owner_id
        yield from ((office, Part.OPERATOR, name) for office in directory.operators(region))
    for office_id in _split(standing.co_responsible):
        office = directory.find(region, office_id)
        if office and office.wants(transition.kind, section=standing.section, severity=transition.severity):
            yield office, Part.CO_OWNER, ""


def _of_reporter(facts: Facts, directory: Directory, transition: Transition) -> Found:
    region, office_id = transition.region, _reporter(facts, transition)
    office = directory.find(region, office_id)
    if transition.kind in _REPORTERS:
        if office and office.addresses:
            yield office, Part.REPORTER, ""
        elif transition.kind not in _OPERATORS:
            name = office.name if office else office_id
            yield from ((operator, Part.OPERATOR, name) for operator in directory.operators(region))
    if transition.kind == AlertKind.LATE_LEADER:
        leader = directory.leader_of(region, office_id)
        if leader and leader.addresses:
            yield leader, Part.LEADER, ""
        else:
            yield from ((operator, Part.OPERATOR, "") for operator in directory.operators(region))
    if transition.kind in _OPERATORS:
        yield from ((operator, Part.OPERATOR, "") for operator in directory.operators(region))


def _reporter(facts: Facts, transition: Transition) -> str:
    if transition.subject_kind == "feed":
        return transition.subject_id.split("/")[1]
    return next((d.reporting_office for d in facts.deliveries if d.delivery_id == transition.subject_id), "")


@dataclass(frozen=True)
class Envelope:
    """One address with every office it stands for; it gets at most one mail a run."""

    address: str
    offices: tuple[Addressee, ...]

    @property
    def language(self) -> str:
        return self.offices[0].language

    @property
    def wants_workbook(self) -> bool:
        return any(office.wants_workbook for office in self.offices)

    @property
    def region(self) -> str:
        return self.offices[0].region

    @property
    def regions(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(office.region for office in self.offices))


def envelopes(offices: Iterable[Addressee]) -> tuple[Envelope, ...]:
    """One envelope an address, in order, however many offices share it."""
    shared: dict[str, dict[tuple[str, str], Addressee]] = defaultdict(dict)
    for office in offices:
        for address in office.addresses:
            shared[address][office.region, office.office_id] = office
    return tuple(
        Envelope(address, tuple(offices[key] for key in sorted(offices)))
        for address, offices in sorted(shared.items())
    )
