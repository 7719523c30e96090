"""Rule sets: named, versioned, ordered conditions that turn a gap into a status; first match wins."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from models.cell import Day, Number, OptionalNumber, OptionalText, Text, Whole, choice
from models.target import KINDS, NATURES

SUBJECTS = ("gap_points", "gap", "actual", "peer_gap", "linear_gap_points")
OPERATORS = (">=", ">", "<=", "<", "any")
STATUSES = ("on_schedule", "slightly_behind", "behind")
ANY_NATURE = "*"
ANY_TARGET = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCondition:
    """One condition of one rule set for one kind. `scale` is what severity divides a shortfall by."""

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


def holds(condition: RuleCondition, subject_value: Decimal | None) -> bool:
    """Whether a condition is met; a subject that is not there meets only `any`."""
    if condition.operator == "any":
        return True
    if subject_value is None or condition.threshold is None:
        return False
    return {
        ">=": subject_value >= condition.threshold,
        ">": subject_value > condition.threshold,
        "<=": subject_value <= condition.threshold,
        "<": subject_value < condition.threshold,
    }[condition.operator]
