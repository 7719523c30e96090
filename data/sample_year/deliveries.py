"""Who sends what, when and in which form: packages of figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from story import HISTORY, MONTHS, YEAR, Figure, read_table

HISTORY_RECEIVED = date(2024, 2, 5)
LATER_FROM = 7  # the month from which an office uses its `later_layout`


@dataclass(frozen=True)
class Line:
    """One figure on its way into a file; `unit` overrides the printed unit, `note` is the remark beside it."""

    figure: Figure
    unit: str = ""
    note: str = ""


@dataclass(frozen=True)
class Delivery:
    """One file and its side file, before it is written. `name` has no ending: the layout gives it."""

    folder: str
    name: str
    region: str
    office: str
    received: date
    source: str
    layout: str
    encoding: str
    language: str
    period_style: str
    lines: tuple[Line, ...]
    on_file: tuple[Figure, ...] = ()  # all the office knows: a bureau's table derives the month from it
    finality: str = "preliminary"
    fault: str = ""  # no_unit_no_period | mojibake: spoils the file as it is written

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(line.figure for line in self.lines)


class Calendar:
    """Month ends and working days."""

    @staticmethod
    def month_end(year: int, month: int) -> date:
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)

    @classmethod
    def received(cls, year: int, month: int, lag_days: int) -> date:
        """`lag_days` after the period, on the Friday before where that is a weekend."""
        day = cls.month_end(year, month) + timedelta(days=lag_days)
        return day - timedelta(days=max(0, day.weekday() - 4))


def year_of_deliveries(figures: list[Figure]) -> list[Delivery]:
    """History first, then 2024 month by month, as everything would be if nothing went wrong."""
    packages = [_Package(row, figures) for row in read_table("packages.csv")]
    told = [delivery for package in packages for delivery in package.monthly()]
    past = [delivery for package in packages if (delivery := package.history())]
    return past + told


class _Package:
    """One row of packages.csv with the figures it carries."""

    def __init__(self, row: dict[str, str], figures: list[Figure]) -> None:
        self.row = row
        wanted = {name: place for place, name in enumerate(row["series"].split("|"))}
        own = [f for f in figures if f.region == row["region"] and _series_of(f) in wanted]
        self.figures = sorted(
            own, key=lambda f: (f.year, f.month, wanted[_series_of(f)], f.measure != "total")
        )

    def monthly(self) -> list[Delivery]:
        made = []
        for month in MONTHS[self.row["months"]]:
            lines = [Line(f) for f in self.figures if (f.year, f.month) == (YEAR, month)]
            lag = self.row["final_lag_days" if month == 12 else "lag_days"]
            received = Calendar.received(YEAR, month, int(lag))
            folder = f"{YEAR}-{month:02d}"
            layout = self.row["later_layout" if month >= LATER_FROM else "layout"]
            made.append(self._delivery(folder, self.row["package"], received, lines, layout=layout))
        return made

    def history(self) -> Delivery | None:
        """2021–2023 in one file, final."""
        lines = [Line(f) for f in self.figures if f.year in HISTORY]
        if not lines:
            return None
        name = f"{self.row['package']}_2021_2023"
        layout = self.row["history_layout"]
        past = self._delivery("history", name, HISTORY_RECEIVED, lines, layout=layout)
        return replace(past, finality="final")

    def _delivery(
        self, folder: str, name: str, received: date, lines: list[Line], *, layout: str
    ) -> Delivery:
        row = self.row
        return Delivery(
            folder=folder,
            name=name,
            region=row["region"],
            office=row["office"],
            received=received,
            source=row["source"],
            layout=layout,
            encoding=row["encoding"],
            language=row["language"],
            period_style=row["period_style"],
            lines=tuple(lines),
            on_file=tuple(self.figures),
        )


def _series_of(figure: Figure) -> str:
    """What packages.csv calls a figure: its indicator, or one word for all projects or livelihood items."""
    if figure.indicator.startswith("project_"):
        return "projects"
    if figure.indicator.startswith("livelihood_") and figure.indicator != "livelihood_projects":
        return "livelihood"
    return figure.indicator
