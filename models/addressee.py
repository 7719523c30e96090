"""Who is told what: the offices of the book, their addresses, and the parts they play for a target."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from models.alert import ABOUT_SHORTFALL, AlertKind

# Deliberately narrow: what a district's mail server takes, and nothing that could carry a second header.
_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@(?=.{1,253}$)[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")


class Part(StrEnum):
    """The part an office plays in what it is told; decides what it is asked to do."""

    OWNER = "owner"
    CO_OWNER = "co_owner"
    REPORTER = "reporter"
    LEADER = "leader"
    LEADERSHIP = "leadership"
    OPERATOR = "operator"


@dataclass(frozen=True)
class Addressee:
    """One office of the book as a recipient of mail."""

    region: str
    office_id: str
    name: str
    name_en: str
    role: tuple[str, ...]
    leader: str
    emails: tuple[str, ...]
    language: str
    sections: tuple[str, ...]
    min_severity: Decimal | None
    wants_workbook: bool

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses that mail can go to, lower-cased and once each."""
        return tuple(dict.fromkeys(email.lower() for email in self.emails if is_address(email)))

    def wants(self, kind: AlertKind, *, section: str, severity: Decimal | None) -> bool:
        """Whether the office asked to be told of this: its sections, its lowest severity."""
        if self.sections and section not in self.sections:
            return False
        too_slight = self.min_severity is not None and (severity or Decimal(0)) < self.min_severity
        return not (kind in ABOUT_SHORTFALL and too_slight)


def is_address(text: str) -> bool:
    """Whether `text` is a plain mail address: nothing quoted, no spaces, no control characters."""
    return bool(_ADDRESS.fullmatch(text)) and ".." not in text


def may_see_unreleased(address: str, allowed_domains: Sequence[str]) -> bool:
    """Whether numbers that are not released yet may go to `address`: an allowed domain or one below it."""
    domain = address.rpartition("@")[2].lower()
    return any(domain == d.lower() or domain.endswith("." + d.lower()) for d in allowed_domains)


@dataclass(frozen=True)
class Directory:
    """The offices of all regions."""

    offices: tuple[Addressee, ...]

    @cached_property
    def _by_key(self) -> dict[tuple[str, str], Addressee]:
        return {(office.region, office.office_id): office for office in self.offices}

    @cached_property
    def _by_role(self) -> dict[tuple[str, str], tuple[Addressee, ...]]:
        """The offices of each region and role; those of every region under the empty one."""
        found: dict[tuple[str, str], list[Addressee]] = defaultdict(list)
        for office in self.offices:
            for role in office.role:
                found[office.region, role].append(office)
                found["", role].append(office)
        return {key: tuple(offices) for key, offices in found.items()}

    def find(self, region: str, office_id: str) -> Addressee | None:
        return self._by_key.get((region, office_id))

    def with_role(self, region: str, role: str) -> tuple[Addressee, ...]:
        return self._by_role.get((region, role), ())

    def operators(self, region: str) -> tuple[Addressee, ...]:
        """The operators of the region, or of the installation where the region has none."""
        return self.with_role(region, "operator") or self.with_role("", "operator")

    def leader_of(self, region: str, office_id: str, named: str = "") -> Addressee | None:
        """The leader in charge: the one the target names, else the one of its office."""
        office = self.find(region, office_id)
        return self.find(region, named or (office.leader if office else ""))
