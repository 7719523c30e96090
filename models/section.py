"""Sections of a report as it titles them; a region without titles in the book has numbered tasks only."""

from __future__ import annotations

from dataclasses import dataclass

from models.cell import Day, Section, Text, Whole


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSection:
    """One section of a year's report: its title in full, the few words that a table has room for, and English."""

    region: Text
    year: Whole
    section: Section
    section_title: Text
    section_short: Text
    section_title_en: Text
    entered_on: Day

    @property
    def key(self) -> tuple[str, int, str]:
        return (self.region, self.year, self.section)
