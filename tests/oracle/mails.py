"""Who must get what when, worked out a second time: plain lists over published tables and the books.

Written from the table of docs/alerts.md and from nothing of flows/alert, models/alert or sql/alert. It counts the
figures of a target from the list of them, where the program folds a life; it is slow and knows one simplification:
an installation whose offices have one address each, no lower limit of severity, no silences and no promised measures.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

Row = dict[str, Any]
Mails = dict[
    tuple[date, str], list[str]
]  # (as of, office) → what it is told, `kind subject`; empty for a digest
REPEAT = 3
RED, YELLOW, GREEN = ("behind", "missed"), ("slightly_behind",), ("on_schedule", "achieved")


def rows(connection: duckdb.DuckDBPyConnection, text: str) -> list[Row]:
    cursor = connection.execute(text)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def book(folder: Path, name: str) -> list[Row]:
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def halves(row: Row) -> int | None:
    """Halves of a figure behind; None where the judgement says neither good nor bad."""
    status = row["status"]
    if status in YELLOW and row["lumpy"] and row["schedule_basis"] != "interim":
        return 0
    return 2 if status in RED else 1 if status in YELLOW else 0 if status in GREEN else None


@dataclass
class Course:
    """What is known of a target by an as-of date: its figures in order, the newest judgement of each."""

    figures: list[tuple[date, int | None]]
    firing_since: date | None = None  # as-of date
    told_at: int = 0  # how many figures there were when the shortfall was last told
    told_severity: Decimal = Decimal(0)
    told_red: bool = False
    leader: bool = False
    leadership: bool = False
    ever: frozenset[str] = frozenset()  # which leaders heard of the newest trouble, also when it is over
    unlikely: bool = False
    likely: int = 0
    achieved: bool = False
    missed: bool = False
    closed: bool = False

    def see(self, period: date | None, weight: int | None) -> bool:
        """Whether this is a new figure; a period seen before is judged anew in its place."""
        if period is None:
            return False
        is_new = not self.figures or period > self.figures[-1][0]
        self.figures = [f for f in self.figures if f[0] < period] + [(period, weight)]
        return is_new

    def run(self) -> int:
        """Halves behind since the last calm figure."""
        total = 0
        for _, weight in reversed(self.figures):
            if weight == 0:
                break
            total += weight or 0
        return total


def target_events(course: Course, row: Row, missing: int, quarterly: bool, first: bool) -> Iterator[str]:  # noqa: C901, PLR0912
    """The kinds that one judgement brings; the course is brought up to date on the way."""
    if course.closed:
        return
    if row["data_state"] == "closed":
        course.closed = True
        return
    if first:
        weight = halves(row)
        course.figures = (
            [(row["period_end"], weight)] * (row["periods_in_status"] or 1) if row["period_end"] else []
        )
        is_new = False
    else:
        is_new = course.see(row["period_end"], halves(row))
    status, severity = row["status"], row["severity"] or Decimal(0)
    behind = course.run()
    is_short = bool(halves(row))
    if status == "missed":
        if not course.missed:
            yield "missed"
        course.missed, course.firing_since = True, None
    elif status == "achieved":
        if not course.achieved or course.firing_since:
            yield "achieved"
        course.achieved, course.firing_since, course.leader, course.leadership = True, None, False, False
    elif course.firing_since and status == "on_schedule":
        yield "recovered"
        course.firing_since, course.leader, course.leadership = None, False, False
    elif not course.firing_since and is_short and behind >= 2:
        yield "newly_behind"
        course.firing_since, course.ever = row["as_of"], frozenset()
        course.told_at, course.told_severity, course.told_red = len(course.figures), severity, status in RED
    elif course.firing_since and is_short:
        since = sum(bool(weight) for _, weight in course.figures[course.told_at :])
        worse = (status in RED and not course.told_red) or severity >= course.told_severity + 1
        if worse or (is_new and since >= REPEAT):
            yield "worsened" if worse else "still_behind"
            course.told_at, course.told_severity, course.told_red = (
                len(course.figures),
                severity,
                status in RED,
            )
    if row["outlook"] == "unlikely" and status not in ("missed", "achieved"):
        if not course.unlikely:
            yield "outlook_unlikely"
        course.unlikely, course.likely = True, 0
    elif row["outlook"] == "likely" and is_new and status not in ("missed", "achieved"):
        course.likely += 1
        course.unlikely = course.unlikely and course.likely < 2
    if course.firing_since:
        count = behind // 2 + missing
        if not course.leader and (count >= 2 or quarterly):
            course.leader, course.ever = True, course.ever | {"leader"}
            yield "escalated_leader"
        if not course.leadership and count >= 3:
            course.leadership, course.ever = True, course.ever | {"leadership"}
            yield "escalated_leadership"
    if row["section"] == "headline" and is_new:
        yield "headline_figure"


class Calendar:
    """The reporting calendar, read from the book."""

    def __init__(self, folder: Path) -> None:
        self.rules = {row["indicator_id"]: row for row in book(folder, "calendar")}
        self.moves = {
            (row["indicator_id"], row["period"]): row["due_on"] for row in book(folder, "calendar_moves")
        }

    def owed(self, row: Row, as_of: date) -> list[tuple[date, date]]:
        """Period ends due before `as_of` for which there is no figure, with their due dates."""
        rule = self.rules.get(row["indicator"])
        if row["data_state"] not in ("late", "never_delivered") or rule is None:
            return []
        found = []
        ends = [month_end(row["year"], int(month)) for month in rule["months"].split("|")]
        final = row["final_period"]
        for end in [e for e in ends if e < final] + [final]:
            lag = int(rule["final_lag_days"] if end == final else rule["lag_days"])
            key = f"{end:%Y-%m}"
            moved = self.moves.get((row["indicator"], key)) or self.moves.get(("*", key))
            due = date.fromisoformat(moved) if moved else end + timedelta(days=lag)
            if due < as_of and (row["period_end"] is None or end > row["period_end"]):
                found.append((end, due))
        return found


def month_end(year: int, month: int) -> date:
    return (date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


class Offices:
    """Who plays which part, read from the book."""

    def __init__(self, folder: Path) -> None:
        self.rows = book(folder, "offices")
        assert not any(row["sections"] or row["min_severity"] for row in self.rows), (
            "the oracle knows no such wishes"
        )
        addresses = [row["emails"] for row in self.rows if row["emails"]]
        assert len(addresses) == len(set(addresses)) and not any("|" in a for a in addresses)

    def with_role(self, region: str, role: str) -> list[str]:
        return [r["office_id"] for r in self.rows if r["region"] == region and role in r["role"].split("|")]

    def operators(self, region: str) -> list[str]:
        everywhere = [r["office_id"] for r in self.rows if "operator" in r["role"].split("|")]
        return self.with_role(region, "operator") or everywhere

    def leader_of(self, office_id: str) -> str:
        return next((r["leader"] for r in self.rows if r["office_id"] == office_id), "")

    def reachable(self, offices: Iterable[str]) -> list[str]:
        known = {r["office_id"] for r in self.rows if r["emails"]}
        return [office for office in dict.fromkeys(offices) if office in known]


OWNED = {"newly_behind", "worsened", "still_behind", "recovered", "achieved", "missed", "outlook_unlikely"}
FOLLOWED = OWNED - {"outlook_unlikely"}


def told_offices(kind: str, row: Row, course: Course, ever: frozenset[str], offices: Offices) -> list[str]:
    """Which offices hear of one kind about one target; `ever`: who had heard of its newest trouble before."""
    region, owner = row["region"], row["responsible_office"]
    ends = ever if kind in ("recovered", "achieved", "missed") else frozenset()
    found: list[str] = []
    if kind in OWNED:
        found += [owner, *filter(None, (row["co_responsible"] or "").split("|"))]
    if kind in ("escalated_leader", "missed") or (kind in FOLLOWED and course.leader) or "leader" in ends:
        found.append(row["leader"] or offices.leader_of(owner))
    follows = kind in FOLLOWED and (row["section"] == "headline" or course.leadership)
    if kind in ("headline_figure", "escalated_leadership") or follows or "leadership" in ends:
        found += offices.with_role(region, "leadership")
    if kind in ("escalated_leadership", "missed"):
        found += offices.operators(region)
    return offices.reachable(found)


def digest_offices(row: Row, course: Course, offices: Offices) -> list[str]:
    """Who is reminded of a target that stands behind, month by month."""
    if not course.firing_since or course.closed:
        return []
    found = [row["responsible_office"]]
    if course.leader:
        found += [
            row["leader"] or offices.leader_of(row["responsible_office"]),
            *offices.with_role(row["region"], "operator"),
        ]
    if course.leadership or row["section"] == "headline":
        found += offices.with_role(row["region"], "leadership")
    return offices.reachable(found)


def expected_mails(warehouse: Path, books: Path) -> Mails:
    """Every mail of the year whose runs all fall on the digest's day."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return _expected(connection, books)


def _expected(connection: duckdb.DuckDBPyConnection, books: Path) -> Mails:
    offices, calendar = Offices(books), Calendar(books)
    quarterly = {row["indicator_id"] for row in book(books, "indicators") if row["frequency"] != "month"}
    judged = rows(connection, """
        select a.*, t.co_responsible, t.leader from assessment as a left join book_target as t on t.target_id = a.target_id
        where a.is_newest qualify row_number() over (partition by a.target_id, a.as_of order by a.revision desc) = 1
        order by a.as_of, a.target_id""")  # fmt: skip
    dates = sorted({row["as_of"] for row in judged})
    assert all(day.day == 28 for day in dates)
    courses: dict[str, Course] = defaultdict(lambda: Course([]))
    known: set[tuple[str, str]] = set()
    mails: Mails = {}
    for day in dates:
        now = [row for row in judged if row["as_of"] == day]
        told: dict[str, list[str]] = defaultdict(list)
        reminded: set[str] = set()
        for row in now:
            course = courses[row["target_id"]]
            ever = course.ever
            missing = len(calendar.owed(row, day)) if row["data_state"] == "late" else 0
            kinds = list(target_events(course, row, missing, row["indicator"] in quarterly, day == dates[0]))
            for kind in kinds:
                for office in told_offices(kind, row, course, ever, offices):
                    told[office].append(f"{kind} {row['target_id'].removeprefix('500104-2024-')}")
            reminded.update(digest_offices(row, course, offices))
        for kind, about, office in (
            *_feeds(now, day, calendar, offices, known),
            *_deliveries(connection, day, offices, known),
        ):
            told[office].append(f"{kind} {about}")
        summary = _summarised(now, courses, offices) if day == dates[0] else set()
        for office in {*told, *summary, *reminded}:
            mails[day, office] = sorted(told.get(office, []))
    return mails


def _summarised(now: list[Row], courses: dict[str, Course], offices: Offices) -> set[str]:
    """The first run tells every owner where its targets stand, leaders only what concerns them."""
    found: set[str] = set()
    for row in now:
        found |= {row["responsible_office"], *digest_offices(row, courses[row["target_id"]], offices)}
        if row["section"] == "headline":
            found |= set(offices.with_role(row["region"], "leadership"))
        if row["status"] in RED + YELLOW:
            found |= set(offices.with_role(row["region"], "operator"))
    return set(offices.reachable(found))


def _feeds(
    now: list[Row], day: date, calendar: Calendar, offices: Offices, known: set[tuple[str, str]]
) -> Iterator[tuple[str, str, str]]:
    feeds = set()
    for row in now:
        owed = calendar.owed(row, day)
        for end, due in owed[:1] if row["data_state"] == "never_delivered" else owed:
            feeds.add((row["region"], row["reporting_office"], f"{end:%Y-%m}", due))
    for region, office, period, due in sorted(feeds):
        subject = f"{region}/{office}/{period}/{due}"
        long = (day - due).days >= 10
        for kind, to in (("late", [office]), ("late_leader", [offices.leader_of(office)] if long else [])):
            if to and (kind, subject) not in known:
                known.add((kind, subject))
                yield from (
                    (kind, subject, each) for each in offices.reachable(to) or offices.operators(region)
                )


def _deliveries(
    connection: duckdb.DuckDBPyConnection, day: date, offices: Offices, known: set[tuple[str, str]]
) -> Iterator[tuple[str, str, str]]:
    troubles = rows(connection, f"""
        select d.delivery_id, d.file, d.region, d.reporting_office, p.kind from delivery as d inner join (
            select delivery_id, gravity as kind from rejection where gravity in ('refused', 'quarantined')
            union
            select n.delivery_id, 'restated' from observation as n inner join observation as o
            using (region, indicator, measure, basis, period_end)
            inner join delivery as nd on nd.delivery_id = n.delivery_id inner join delivery as od on od.delivery_id = o.delivery_id
            where nd.received > od.received and n.value <> o.value and nd.received <= date '{day}'
                and od.provenance = nd.provenance
                and list_position(['estimate', 'preliminary', 'revised', 'final'], nd.finality)
                    >= list_position(['estimate', 'preliminary', 'revised', 'final'], od.finality)
                and (od.finality <> 'estimate' or nd.finality = 'estimate')
        ) as p on p.delivery_id = d.delivery_id
        where d.received <= date '{day}' order by d.delivery_id, p.kind""")  # fmt: skip  # noqa: S608
    for row in troubles:
        if (row["kind"], row["delivery_id"]) in known:
            continue
        known.add((row["kind"], row["delivery_id"]))
        to = [row["reporting_office"]] + (
            offices.operators(row["region"]) if row["kind"] != "restated" else []
        )
        yield from ((row["kind"], row["file"], office) for office in offices.reachable(to))
