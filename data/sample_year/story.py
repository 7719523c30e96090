"""The story table: what each indicator was in 2021–2023 and at the months of 2024 that matter."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

HERE = Path(__file__).parent
HUNDRED = Decimal(100)
YEAR = 2024
HISTORY = (2021, 2022, 2023)
MONTHS = {
    "every": tuple(range(1, 13)),
    "month": tuple(range(2, 13)),
    "quarter": (3, 6, 9, 12),
    "year": (12,),
}

Curve = dict[int, Decimal]  # month → figure


@dataclass(frozen=True)
class Figure:
    """One figure in the indicator's unit, as an office knows it before it prints it."""

    region: str
    indicator: str
    measure: str
    basis: str
    year: int
    month: int
    value: Decimal
    unit: str
    bound: str = ""

    @property
    def key(self) -> tuple[str, str, str, int, int]:
        return (self.region, self.indicator, self.measure, self.year, self.month)


class Story:
    """One row of story.csv: its cells as numbers, its season, its noise, and how it rounds."""

    def __init__(self, row: dict[str, str], season: Curve, seed: int) -> None:
        self.row = row
        self.season = season
        self.region, self.indicator, self.measure = row["region"], row["indicator"], row["measure"]
        self.months = MONTHS[row["months"]]
        self.noise = random.Random(f"{seed}:{self.region}:{self.indicator}:{self.measure}")

    def number(self, name: str) -> Decimal | None:
        text = self.row[name].removeprefix(">=")
        return Decimal(text) if text else None

    def rounded(self, value: Decimal, decimals: int | None = None) -> Decimal:
        places = int(self.row["decimals"]) if decimals is None else decimals
        return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0  # + 0 makes -0.0 a 0.0

    def jitter(self, width: str) -> Decimal:
        """A random number between -width and +width."""
        return Decimal(self.noise.randint(-1000, 1000)) * Decimal(width) / 1000

    def points(self) -> Curve:
        """The figures of 2024 that the story itself gives."""
        return {m: value for m in self.months if (value := self.number(f"m{m}")) is not None}

    def bound(self, year: int, month: int) -> str:
        return ">=" if year == YEAR and self.row[f"m{month}"].startswith(">=") else ""

    def figure(self, measure: str, year: int, month: int, value: Decimal) -> Figure:
        """A figure; growth is in %, everything else in the unit of the story's base."""
        unit = "%" if measure == "growth" else self.row["unit"]
        bound = self.bound(year, month) if measure == self.measure else ""
        return Figure(
            self.region, self.indicator, measure, self.row["basis"], year, month, value, unit, bound
        )


def read_table(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_stories(seed: int) -> list[Story]:
    seasons = {
        row["season"]: {m: Decimal(row[f"m{m}"]) / HUNDRED for m in range(1, 13)}
        for row in read_table("seasons.csv")
    }
    straight = {m: Decimal(m) / 12 for m in range(1, 13)}
    return [Story(row, seasons.get(row["season"], straight), seed) for row in read_table("story.csv")]
