"""Numbers of a report's plan part that promise nothing, claimed so that the text is covered whole."""

from __future__ import annotations

from dataclasses import dataclass

from models.cell import Day, Section, Text, Whole


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureNotTarget:
    """One printed number; `occurrence` counts equal ones within the paragraph, from 1."""

    region: Text
    year: Whole
    section: Section
    paragraph: Whole
    printed: Text
    occurrence: Whole
    reason: Text
    entered_on: Day

    @property
    def key(self) -> tuple[str, int, str, int, str, int]:
        return (self.region, self.year, self.section, self.paragraph, self.printed, self.occurrence)
