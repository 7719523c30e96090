"""Rule sets: named, versioned, ordered conditions that turn a gap into a status; first match wins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from models.cell import Day, Number, OptionalNumber, OptionalText, Text, Whole, choice
from models.target import KINDS, NATURES

SUBJECTS = ("gap_points", "gap", "actual", "peer_gap", "linear_gap_points")
OPERATORS = (">=", ">", "<=", "<", "any")
STATUSES = ("on_schedule", "slightly_behind", "behind")
ANY_NATURE = "*"
ANY_REGION = "*"
ANY_TARGET = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCondition:
    """One condition of one rule set for one kind. `scale` is what severity divides a shortfall by.

    Conditions are asked only where there is a gap; without one the status is unknown, whatever `any` says.
    """

    rule_set: Text
    kind: Annotated[str, choice(*KINDS)]
    nature: Annotated[str, choice(*NATURES, ANY_NATURE)]
    priority: Whole
    subject: Annotated[str, choice(*SUBJECTS)]
    operator: Annotated[str, choice(*OPERATORS)]
    threshold: OptionalNumber
    status: Annotated[str, choice(*STATUSES)]
    scale: Number
    label: Text
    label_en: OptionalText
    entered_on: Day
    note: OptionalText

    @property
    def key(self) -> tuple[str, str, str, int]:
        return (self.rule_set, self.kind, self.nature, self.priority)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChoice:
    """Which rule set judges a target of a region; `*` stands for every region or target not named."""

    region: Text
    target_id: Text
    rule_set: Text
    entered_on: Day

    @property
    def key(self) -> tuple[str, str]:
        return (self.region, self.target_id)


def chosen_rule_set(choices: Iterable[RuleChoice], *, region: str, target_id: str) -> str | None:
    """The rule set for a target: its own choice before its region's, its region's before everybody's."""
    found = {choice.key: choice.rule_set for choice in choices}
    places = [(region, target_id), (ANY_REGION, target_id), (region, ANY_TARGET), (ANY_REGION, ANY_TARGET)]
    return next((found[place] for place in places if place in found), None)
