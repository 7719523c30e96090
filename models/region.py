"""Regions: the six-digit code is the key, names and aliases are only ways to recognise it."""

from __future__ import annotations

from dataclasses import dataclass

from models.cell import Day, OptionalText, Text, TextList


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """One region. `parent` is the region whose average a peer rule looks at."""

    region: Text
    name: Text
    short_name: Text
    name_en: Text
    parent: OptionalText
    aliases: TextList
    entered_on: Day

    @property
    def key(self) -> str:
        return self.region

    @property
    def known_names(self) -> tuple[str, ...]:
        """Every whole name that means this region, its code included."""
        return (self.region, self.name, self.short_name, self.name_en, *self.aliases)
