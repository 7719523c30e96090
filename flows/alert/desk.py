"""The desk at which one mail is written: its facts, its offices, its language, and what it may show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flows.alert.facts import Facts, Standing
from flows.alert.letter import Chip, plain
from flows.alert.transitions import Derived
from flows.report.palette import CELL_COLOURS, MARKS
from models.addressee import Directory
from models.assessment import Outlook, Status
from models.words_alert import say

STATUSES = {str(status): status for status in Status}
OUTLOOKS = {str(outlook): outlook for outlook in Outlook}


@dataclass(frozen=True)
class Desk:
    """What every paragraph of one mail needs: the facts, the offices, the language."""

    facts: Facts
    derived: Derived
    directory: Directory
    language: str
    sees_unreleased: bool

    def say(self, key: str, **values: object) -> str:
        return say(key, self.language, **values)

    def office_name(self, region: str, office_id: str) -> str:
        office = self.directory.find(region, office_id)
        if office is None:
            return office_id
        return office.name_en if self.language == "en" else office.name

    def operator_name(self, region: str) -> str:
        operators = self.directory.operators(region)
        return self.office_name(operators[0].region, operators[0].office_id) if operators else "duban"

    def indicator_name(self, standing: Standing) -> str:
        english = standing.indicator_name_en if self.language == "en" else None
        return plain(english or standing.indicator_name)

    def status_word(self, status: str) -> str:
        return STATUSES[status].word(self.language)

    def target_name(self, standing: Standing) -> str:
        """The indicator, marked as a growth rate where the target is one: the total may have a target too."""
        name = self.indicator_name(standing)
        return self.say("mail.growth_of", name=name) if standing.measure == "growth" else name

    def hides(self, standing: Standing) -> bool:
        """Whether the numbers of this target may not go to this address."""
        return not self.sees_unreleased and is_unreleased(self.facts, standing)

    def hides_period(self, standing: Standing, period_end: date) -> bool:
        """Whether the figure of an earlier period of this target may not go to this address."""
        course = self.facts.course.get(standing.target_id, ())
        return not self.sees_unreleased and any(
            period.is_unreleased for period in course if period.period_end == period_end
        )


def is_unreleased(facts: Facts, standing: Standing) -> bool:
    """Whether the figure, or the one it is compared with, is not released yet."""
    reference = facts.standings.get(standing.reference_target or "")
    return standing.is_unreleased or (reference is not None and reference.is_unreleased)


def status_chip(status: str, language: str) -> Chip:
    ink, fill = CELL_COLOURS[status]
    return Chip(STATUSES[status].word(language), MARKS[status], ink, fill)
