"""One region's month, made ready to be shown: its rows, their history, and the names behind the ids."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from flows.report.reading import Row, Rows, World
from models.words import section_word, word


@dataclass(frozen=True)
class Month:
    """What a region's page, workbook, table and brief are made from."""

    region: str
    name: str
    name_en: str
    period: date  # last day of the run's newest data month
    as_of: date
    previous_as_of: date | None  # the last look at the data month before, to compare with
    variance: Rows  # in the order of the report
    before: dict[str, Row]  # target_id → its assessment at the previous as-of
    history: dict[str, Rows]  # target_id → newest assessment of each period, oldest first
    trail: dict[str, Rows]  # target_id → what each as-of date said of its newest figure, oldest first
    target: dict[str, Row]
    indicator: dict[str, Row]
    office: dict[str, Row]
    series: dict[tuple[str, str, str], Rows]  # (indicator, measure, basis) → every version of its figures
    deliveries: Rows  # newest first
    rejections: dict[str, Rows]  # delivery_id → its problems
    schedule: dict[str, Rows]
    rules: Rows
    acknowledgements: dict[str, Rows]
    silences: dict[str, Row]  # those that hold on the as-of date
    footnotes: dict[str, Rows] = field(default_factory=dict)
    undelivered: Rows = ()  # mails that were tried and did not get out, given up or still waiting
    sections: dict[tuple[int, str], Row] = field(
        default_factory=dict
    )  # (year, section) → how the report titles it

    @cached_property
    def year(self) -> int:
        return max((int(row["year"]) for row in self.variance), default=self.period.year)

    @cached_property
    def provenances(self) -> tuple[str, ...]:
        found = {row["provenance"] for row in (*self.variance, *self.deliveries) if row["provenance"]}
        return tuple(sorted(found))

    @property
    def is_simulated(self) -> bool:
        return "simulated" in self.provenances

    def office_name(self, office: str | None, lang: str = "zh") -> str:
        """The office's name as the book has it, its id where the book does not know it."""
        row = self.office.get(office or "")
        return str((row["name_en"] if lang == "en" else None) or row["name"]) if row else (office or "")

    def section_name(self, row: Row, lang: str = "zh", *, whole: bool = False) -> str:
        """The section that promises a target: its number with its short title, or the whole title."""
        titled = self.sections.get((row["year"], row["section"]), {})
        form = "section_title_en" if lang == "en" else "section_title" if whole else "section_short"
        return section_word(row["section"], lang, str(titled.get(form, "")), whole=whole)

    def indicator_name(self, row: Row, lang: str = "zh") -> str:
        """The indicator's name in full."""
        known = self.indicator.get(row["indicator"])
        english = known and lang == "en" and known["indicator_name_en"]
        name = str(english or row["indicator_name"] or row["indicator"])
        if row["target_id"] not in self.namesakes:
            return name
        return word("name.with_kind", lang, name=name, kind=word(f"kind.{row['kind']}", lang))

    @cached_property
    def namesakes(self) -> frozenset[str]:
        """Targets that share their indicator with another one: their names need the kind beside them."""
        counts = Counter(row["indicator"] for row in self.variance)
        return frozenset(row["target_id"] for row in self.variance if counts[row["indicator"]] > 1)

    def is_whole(self, row: Row) -> bool:
        """Whether the target's own figure is counted in whole numbers; the growth of a count is not."""
        return row["measure"] in ("total", "level") and bool(
            self.indicator.get(row["indicator"], {}).get("whole_number")
        )

    def evidence(self, row: Row) -> Row:
        """The judged row with every input it was made from."""
        trail = self.trail.get(row["target_id"], ())
        return trail[-1] if trail and trail[-1]["as_of"] == row["as_of"] else row

    @cached_property
    def dates(self) -> list[date]:
        """For each data month the last as-of date that looked at it: daily runs make no month of their own."""
        months = data_months(row for rows in self.trail.values() for row in rows)
        return sorted({(month.year, month.month): as_of for as_of, month in sorted(months.items())}.values())

    def standing(self, as_of: date) -> list[Row]:
        """What a run said of the newest figure of each target of the table."""
        return [
            r for row in self.variance for r in self.trail.get(row["target_id"], ()) if r["as_of"] == as_of
        ]

    @property
    def operator(self) -> str:
        """The office that runs the supervision, by the book of offices; empty where the book names none."""
        names = [
            o["name"]
            for o in self.office.values()
            if o["region"] == self.region and "operator" in (o["role"] or "").split("|")
        ]
        return str(names[0]) if names else ""

    def title(self, lang: str = "zh") -> str:
        """What the reports of this month are called."""
        name = self.name_en if lang == "en" else self.name
        return word("page.title", lang, region=name or self.region, year=self.year)


def months(world: World, as_of: date, newest: date | None = None) -> Iterator[Month]:
    """A `Month` for every region that has judged targets; `newest` is the run's newest period, where known."""
    period = newest or _newest_period(world, as_of)
    for region in sorted({row["region"] for row in world.variance}):
        yield _month(world, region, period, as_of)


def _newest_period(world: World, as_of: date) -> date:
    periods = [
        row["period_end"] for row in world.variance if row["period_end"] and row["period_end"] <= as_of
    ]
    return max(periods, default=as_of.replace(day=1) - timedelta(days=1))


def _month(world: World, region: str, period: date, as_of: date) -> Month:
    here = [row for row in world.region if row["region"] == region]
    variance = sorted((row for row in world.variance if row["region"] == region), key=report_order)
    assessed = [row for row in world.assessment if row["region"] == region and row["as_of"] <= as_of]
    heads = _heads(assessed)
    previous = _previous(heads, as_of)
    deliveries = [row for row in world.delivery if row["region"] == region]
    ids = {row["target_id"] for row in variance}
    return Month(
        region=region,
        name=str(here[0]["region_name"] if here else variance[0]["region_name"] or region),
        name_en=str(here[0]["name_en"] or here[0]["region_name"]) if here else region,
        period=period,
        as_of=as_of,
        previous_as_of=previous,
        variance=tuple(variance),
        before={row["target_id"]: row for row in heads if row["as_of"] == previous},
        history={target: _by_period(rows) for target, rows in _grouped(assessed, "target_id").items()},
        trail=_grouped(heads, "target_id"),
        target={row["target_id"]: row for row in world.target if row["target_id"] in ids},
        indicator={row["indicator"]: row for row in world.indicator},
        office={row["office_id"]: row for row in world.book_office},
        series=_series(world, region),
        deliveries=tuple(
            sorted(deliveries, key=lambda row: (row["received"] or date.min, row["file"]), reverse=True)
        ),
        rejections=_grouped(world.rejection, "delivery_id"),
        schedule=_grouped(world.book_schedule_point, "target_id"),
        rules=tuple(row for row in world.book_rule if row["rule_set"] in {v["rule_set"] for v in variance}),
        acknowledgements=_grouped(
            (row for row in world.acknowledgement if row["starts_on"] <= as_of), "target_id"
        ),
        silences={
            row["target_id"]: row for row in world.silence if row["starts_on"] <= as_of <= row["ends_on"]
        },
        footnotes=_grouped(world.footnote, "delivery_id"),
        undelivered=tuple(
            row
            for row in world.notification
            if row["region"] == region
            and row["as_of"] <= as_of
            and row["state"] != "sent"
            and row["attempts"]
        ),
        sections={
            (row["year"], row["section"]): row for row in world.book_section if row["region"] == region
        },
    )


def report_order(row: Row) -> tuple[int, int, str]:
    """Where the report prints a target: headline first, then section and paragraph."""
    return (section_order(row["section"]), row["paragraph"] or 0, row["target_id"])


def section_order(section: str | None) -> int:
    """0 for the headline paragraph, the number of every other section."""
    return int(section) if section and section.isdigit() else 0


def _when(row: Row) -> tuple[date, int]:
    return (row["as_of"], row["revision"] or 0)


def _heads(assessed: Iterable[Row]) -> Rows:
    """What was said of each target's newest figure, one row an as-of date, oldest first."""
    newest = {
        (row["target_id"], row["as_of"]): row for row in sorted(assessed, key=_when) if row["is_newest"]
    }
    return tuple(sorted(newest.values(), key=_when))


def data_months(heads: Iterable[Row]) -> dict[date, date]:
    """For each as-of date the newest period that any target had a figure of."""
    newest: dict[date, date] = {}
    for row in heads:
        newest[row["as_of"]] = max(newest.get(row["as_of"], date.min), row["period_end"] or date.min)
    return newest


def _previous(heads: Rows, as_of: date) -> date | None:
    """The last as-of date before whose newest data month was an earlier one; else the first look of all."""
    months = data_months(heads)
    earlier = [d for d, month in months.items() if d < as_of and month < months.get(as_of, date.max)]
    return max(earlier) if earlier else min((d for d in months if d < as_of), default=None)


def _grouped(rows: Iterable[Row], name: str) -> dict[str, Rows]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[name]].append(row)
    return {key: tuple(found) for key, found in groups.items()}


def _by_period(rows: Iterable[Row]) -> Rows:
    """The newest assessment of each period, oldest period first."""
    newest = {row["period_end"]: row for row in sorted(rows, key=_when) if row["period_end"]}
    return tuple(newest[period] for period in sorted(newest))


def _series(world: World, region: str) -> dict[tuple[str, str, str], Rows]:
    judged = {
        (row["indicator"], row["measure"], row["basis"]) for row in world.variance if row["region"] == region
    }
    series: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in world.observation_vintage:
        key = (row["indicator"], row["measure"], row["basis"])
        if row["region"] == region and key in judged:
            series[key].append(row)
    order = lambda row: (row["period_end"], row["received"] or date.min, row["delivery_id"])  # noqa: E731
    return {key: tuple(sorted(rows, key=order)) for key, rows in series.items()}
