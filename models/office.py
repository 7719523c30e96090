"""Offices: who compiles a figure, who answers for a target, who leads, who runs the system."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from models.cell import Day, Flag, OptionalNumber, OptionalText, Text, TextList, choice, choices

ROLES = ("reporting", "responsible", "leader", "leadership", "operator")


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """One office of one region; its id is its own across all regions.

    `leader` is the office_id of the leader in charge; `sections` empty means all; `min_severity` is the
    severity below which this office wants no mail.
    """

    office_id: Text
    region: Text
    name: Text
    name_en: Text
    role: Annotated[tuple[str, ...], choices(*ROLES)]
    leader: OptionalText
    emails: TextList
    language: Annotated[str, choice("zh", "en")]
    sections: TextList
    min_severity: OptionalNumber
    wants_workbook: Flag
    suggested: Flag
    entered_on: Day

    @property
    def key(self) -> str:
        return self.office_id
