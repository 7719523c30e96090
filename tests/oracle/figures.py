"""Which figure counts, and what earlier years teach: slow, exact, one series at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tests.builders import Row, World

PROVENANCE = {"public": 1}
FINALITY = {"estimate": 1, "preliminary": 2, "revised": 3, "final": 3}


@dataclass(frozen=True)
class Figure:
    """One figure of one delivery; `rivals` are the values that rank the same on the same day."""

    period: date
    value: Fraction
    bound: str
    finality: str
    received: date
    rank: tuple[int, int, date]
    delivery: str
    rivals: tuple[Fraction, ...] = ()
    is_disputed: bool = False
    has_rival_bound: bool = False

    @property
    def is_sound(self) -> bool:
        return not self.bound and not self.is_disputed


@dataclass(frozen=True)
class Series:
    """All visible figures of one region, indicator, measure and basis."""

    versions: tuple[Figure, ...]

    def counted(self) -> dict[date, Figure]:
        return {period: self.at(period) for period in sorted({f.period for f in self.versions})}  # type: ignore[misc]

    def at(self, period: date) -> Figure | None:
        """The strongest figure of a period: official before public, finality, received date."""
        here = [f for f in self.versions if f.period == period]
        if not here:
            return None
        best = max(here, key=lambda f: (f.rank, f.delivery))
        equal = [f for f in here if f.rank == best.rank]
        disputed = len({(f.value, f.bound) for f in equal}) > 1
        return Figure(best.period, best.value, best.bound, best.finality, best.received, best.rank, best.delivery,
                      tuple(f.value for f in equal), disputed, any(f.bound for f in equal))  # fmt: skip

    def is_restated(self, period: date) -> bool:
        return len({f.value for f in self.versions if f.period == period}) > 1

    def pair(self, month: date, final: date) -> tuple[Fraction, Fraction] | None:
        """The figures of a month and of the year's end, from one vintage; None without both or at zero and below."""
        here, there = self.at(month), self.at(final)
        if here is None or there is None or not here.is_sound or not there.is_sound:
            return None
        if (self.is_restated(month) or self.is_restated(final)) and here.delivery != there.delivery:
            found = self._together(month, final) or self._at_first(month, final)
        else:
            found = (here.value, there.value)
        return found if found and found[1] > 0 else None

    def _together(self, month: date, final: date) -> tuple[Fraction, Fraction] | None:
        both = [
            (f, m)
            for f in self.versions
            for m in self.versions
            if f.period == final
            and m.period == month
            and f.delivery == m.delivery
            and not f.bound
            and not m.bound
        ]
        if not both:
            return None
        f, m = max(both, key=lambda pair: (pair[0].rank, pair[0].delivery))
        return m.value, f.value

    def _at_first(self, month: date, final: date) -> tuple[Fraction, Fraction] | None:
        finals = [f for f in self.versions if f.period == final and not f.bound]
        first = min(finals, key=lambda f: (f.received, f.rank, f.delivery))
        known = [
            f for f in self.versions if f.period == month and not f.bound and f.received <= first.received
        ]
        return (max(known, key=lambda f: (f.rank, f.delivery)).value, first.value) if known else None


def series(world: World, region: str | None, indicator: str | None, measure: str, basis: str) -> Series:
    """What is visible of one series on the world's date."""
    deliveries = {row["delivery_id"]: row for row in world.rows.get("delivery", [])}
    key = (region, indicator, measure, basis)
    found = [
        _figure(row, deliveries[row["delivery_id"]])
        for row in world.rows.get("observation", [])
        if (row["region"], row["indicator"], row["measure"], row["basis"]) == key
        and deliveries[row["delivery_id"]]["received"] <= date.fromisoformat(world.as_of)
    ]
    return Series(tuple(found))


def _figure(row: Row, delivery: Row) -> Figure:
    rank = (PROVENANCE.get(delivery["provenance"], 2), FINALITY[delivery["finality"]], delivery["received"])
    return Figure(
        row["period_end"],
        Fraction(row["value"]),
        row["bound"],
        delivery["finality"],
        delivery["received"],
        rank,
        delivery["sha256"],
    )
