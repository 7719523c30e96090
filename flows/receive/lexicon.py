"""The books as a reader needs them: whole names to indicators and regions, units ready to compare."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field

from flows.books import Books
from flows.receive.faults import Fault
from flows.receive.words import Series, Words
from models.indicator import Indicator, normal_name
from models.quantity import Unit, parse_unit

_REMEMBERED = 50_000


@dataclass(frozen=True)
class Lexicon:
    """Made once for all files of a run; every lookup is by the whole name."""

    indicators: Mapping[str, Indicator]  # by normalised name
    regions: Mapping[str, str]  # normalised name → six-digit code
    region_names: Mapping[str, str]  # code → name
    units: Mapping[str, Unit]  # by indicator_id
    offices: frozenset[str] = frozenset()
    parents: Mapping[str, str] = field(default_factory=dict)  # code → code of the region around it
    # What labels were found to say, for the files that come after: every office's file has the same names.
    known_series: dict[Words, Series | Fault] = field(default_factory=dict, compare=False)
    known_rows: dict[tuple[object, ...], Series | Fault] = field(default_factory=dict, compare=False)
    _nearest: dict[str, str] = field(default_factory=dict, compare=False)

    @staticmethod
    def of(books: Books) -> Lexicon:
        by_id = {row.indicator_id: row for row in books.indicators}
        names = {name: by_id[id_] for name, id_ in books.indicator_names().items() if name}
        units = {id_: unit for id_, row in by_id.items() if (unit := parse_unit(row.unit)) is not None}
        regions = {name: code for name, code in books.region_names().items() if name}
        region_names = {row.region: row.name for row in books.regions}
        offices = frozenset(office.office_id for office in books.offices)
        parents = {row.region: row.parent for row in books.regions if row.parent}
        return Lexicon(names, regions, region_names, units, offices, parents)

    def forget_much(self) -> None:
        """Before a file: a run over files of endless names must not fill the memory."""
        for known in (self.known_series, self.known_rows):
            if len(known) > _REMEMBERED:
                known.clear()

    def indicator_named(self, *names: str) -> Indicator | None:
        """The indicator of the first of `names` (already normalised) that the book knows."""
        return next((self.indicators[name] for name in names if name and name in self.indicators), None)

    def region_named(self, text: str) -> str | None:
        return self.regions.get(normal_name(text))

    def nearest_indicators(self, name: str) -> str:
        """Up to three known names that look alike, for a person to choose from; never used to decide."""
        if name not in self._nearest:
            known = {row.name: None for row in self.indicators.values()}
            close = difflib.get_close_matches(name, self.indicators, n=3, cutoff=0.45)
            found = dict.fromkeys(self.indicators[key].name for key in close)
            self._nearest[name] = "、".join(found or list(known)[:0])
        return self._nearest[name]

    def nearest_regions(self, name: str) -> str:
        close = difflib.get_close_matches(normal_name(name), self.regions, n=3, cutoff=0.45)
        return "、".join(dict.fromkeys(self.region_names[self.regions[key]] for key in close))
