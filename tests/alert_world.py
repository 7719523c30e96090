"""A small district for the tests of alerts: offices, targets and assessments written straight to a warehouse.

Nothing of receiving and judging runs here; a test says what was judged as of which date, and the alert stage
does the rest. `tell` runs the stage as of a date with a clock that stands at nine in the morning.
"""

from __future__ import annotations

import email
import email.policy
import shutil
import tempfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from flows import warehouse
from flows.alert import Alerted, alert
from flows.settings import Settings
from models.delivery import content_id
from models.period import month_end
from models.relations import BOOKS, KEPT
from models.run import TIME_ZONE, RunContext

REGION = "500104"
_COLUMNS = {relation.name: [c.name for c in relation.columns] for relation in BOOKS + KEPT}
OFFICES: dict[str, dict[str, object]] = {
    "commerce": {"name": "区商务委", "name_en": "Commerce Commission", "role": "responsible", "leader": "leader_a"},
    "industry": {"name": "区经信委", "name_en": "Industry Commission", "role": "responsible", "leader": "leader_a"},
    "statistics": {"name": "区统计局", "name_en": "Statistics", "role": "reporting", "leader": "leader_a"},
    "leader_a": {"name": "分管区领导", "name_en": "Leader in charge", "role": "leader", "leader": None},
    "leaders": {"name": "区政府领导班子", "name_en": "Leadership", "role": "leadership", "leader": None},
    "operator": {"name": "区政府督查室", "name_en": "Supervision Office", "role": "operator", "leader": None},
}  # fmt: skip


_TEMPLATE: list[Path] = []  # the district as founded, copied for every further test of this process


def as_of(month: int, day: int = 28, year: int = 2024) -> date:
    return date(year, month, day)


class World:
    """One warehouse with a district in it."""

    def __init__(self, folder: Path, **settings: object) -> None:
        self.settings = Settings(
            raw=folder / "raw", var=folder / "var", reference=folder / "books", **settings
        )
        self._revision = 0
        self.settings.var.mkdir(parents=True)
        if _TEMPLATE:
            shutil.copy(_TEMPLATE[0], self.settings.warehouse)
            return
        self._prepare(as_of(1))
        self._found()
        _TEMPLATE.append(Path(tempfile.mkdtemp()) / "warehouse.duckdb")
        shutil.copy(self.settings.warehouse, _TEMPLATE[0])

    def _found(self) -> None:
        self.insert(
            "book_region", region=REGION, name="重庆市大渡口区", short_name="大渡口", name_en="Dadukou"
        )
        for office_id, facts in OFFICES.items():
            self.office(office_id, **facts)
        self.indicator("retail", "社会消费品零售总额", months="2|3|4|5|6|7|8|9|10|11|12")
        self.target("retail-growth", "retail", "commerce", section="3", printed="8%")
        self.insert(
            "delivery", delivery_id="d0", file="2024/retail.csv", sha256="0" * 64, region=REGION, received=date(2024, 1, 1),
            reporting_office="statistics", provenance="official", release_state="released", outcome="loaded", rows_read=0,
            rows_accepted=0, rows_quarantined=0,
        )  # fmt: skip

    def _prepare(self, day: date, mode: str = "run") -> RunContext:
        context = RunContext(day, datetime(day.year, day.month, day.day, 9, tzinfo=TIME_ZONE), mode)
        warehouse.prepare(self.settings, context)
        self._record_run(context.run_id, day)
        return context

    def _record_run(self, run_id: str, day: date) -> None:
        self.execute("delete from run where run_id = ?", run_id)
        self.insert(
            "run", run_id=run_id, as_of=day, mode="run", started_at=datetime(day.year, day.month, day.day, 9)
        )

    def insert(self, relation: str, **facts: object) -> None:
        """One row; columns that are not named are null."""
        names = ", ".join(f'"{name}"' for name in facts)
        marks = ", ".join("?" for _ in facts)
        assert set(facts) <= set(_COLUMNS[relation]), set(facts) - set(_COLUMNS[relation])
        with warehouse.connect(self.settings) as connection:
            connection.execute(f"insert into {relation} ({names}) values ({marks})", list(facts.values()))

    def execute(self, text: str, *values: object) -> list[tuple[Any, ...]]:
        with warehouse.connect(self.settings) as connection:
            found: list[tuple[Any, ...]] = connection.execute(text, list(values)).fetchall()
        return found

    def office(self, office_id: str, **facts: object) -> None:
        standard = {
            "region": REGION, "emails": f"{office_id}@district.example", "language": "zh", "sections": None,
            "min_severity": None, "wants_workbook": False,
        }  # fmt: skip
        self.execute("delete from book_office where office_id = ?", office_id)
        self.insert("book_office", office_id=office_id, **(standard | OFFICES.get(office_id, {}) | facts))

    def indicator(self, indicator: str, name: str, *, months: str, frequency: str = "month") -> None:
        self.insert(
            "book_indicator", indicator=indicator, name=name, name_en=f"{indicator} in English", frequency=frequency,
            whole_number=False,
        )  # fmt: skip
        self.insert(
            "book_calendar", indicator=indicator, months=months, lag_days=25, final_lag_days=31, grace_days=90
        )

    def target(self, target_id: str, indicator: str, responsible: str, **facts: object) -> None:
        standard = {
            "region": REGION, "year": 2024, "kind": "growth", "measure": "growth", "comparator": ">=",
            "target_value": 8, "unit": "%", "final_period": date(2024, 12, 31), "section": "3", "paragraph": 2,
            "printed": "8%", "co_responsible": None, "leader": None,
        }  # fmt: skip
        self.insert(
            "book_target", target_id=target_id, indicator=indicator, responsible_office=responsible,
            **(standard | facts),
        )  # fmt: skip

    def judged(
        self,
        day: date,
        status: str,
        month: int | None = None,
        *,
        target: str = "retail-growth",
        **facts: object,
    ) -> str:
        """What was judged of a target as of `day`: by default the figure of the month before."""
        names = _COLUMNS["book_target"]
        found = self.execute(
            "select book_target.*, book_indicator.name from book_target join book_indicator using (indicator)"
            " where target_id = ?",
            target,
        )
        book = dict(zip([*names, "indicator_name"], found[0], strict=True))
        before = day.replace(day=1) - timedelta(days=1)
        period = month_end(2024, month) if month else before
        severity = {"slightly_behind": 0.5, "behind": 1.5, "missed": 1.5}.get(status, 0)
        severity = facts.get("severity", severity) or 0
        gap = -float(str(severity)) or 0.3
        self._revision += 1
        standard = {
            "assessment_id": content_id(target, day, period, status, self._revision),
            "region": REGION, "region_name": "重庆市大渡口区", "year": 2024, "target_id": target,
            "indicator": book["indicator"], "indicator_name": book["indicator_name"],
            "responsible_office": book["responsible_office"], "reporting_office": "statistics",
            "kind": book["kind"], "measure": book["measure"], "basis": "ytd", "comparator": book["comparator"],
            "target_value": book["target_value"], "unit": book["unit"], "period_end": period, "as_of": day,
            "actual": 6.5, "gap": gap, "gap_points": gap, "severity": severity, "status": status,
            "status_since": period, "periods_in_status": 1, "data_state": "current", "outlook": "unknown",
            "rule_set": "default@1", "provenance": "official", "finality": "preliminary",
            "delivery_id": "d0", "sha256": "0" * 64, "source_file": "2024/retail.csv", "source_row": 7, "section": book["section"],
            "paragraph": book["paragraph"], "printed": book["printed"], "run_id": f"run-{day}",
            "rule_priority": 20, "rule_label": "低于目标超过1个百分点", "scale": 1, "is_newest": True, "revision": self._revision,
        }  # fmt: skip
        row = standard | facts
        self._record_run(str(row["run_id"]), day)
        self.insert("assessment", **row)
        return str(row["assessment_id"])

    def tell(self, day: date, mode: str = "run") -> Alerted:
        """The alert stage as of `day`."""
        return alert(self.settings, self._prepare(day, mode))

    def start(self, day: date = date(2024, 3, 28), status: str = "on_schedule") -> None:
        """A first run, whose summary is out of the way."""
        self.judged(day, status)
        self.tell(day)

    def kinds(self, day: date) -> list[str]:
        """The kinds of transitions written as of a date."""
        return [
            row[0]
            for row in self.execute("select alert_kind from alert where as_of = ? order by alert_kind", day)
        ]

    def recipients(self, day: date) -> list[str]:
        """Who was written to as of a date."""
        found = self.execute("select recipient from notification where as_of = ? order by recipient", day)
        return [row[0].split("@")[0] for row in found]

    def mail(self, day: date, office: str) -> EmailMessage:
        """The one mail to an office as of a date."""
        found = self.execute(
            "select body from notification where as_of = ? and recipient = ?",
            day,
            f"{office}@district.example",
        )
        assert len(found) == 1, f"{len(found)} mails to {office} as of {day}"
        return parse(found[0][0].encode("ascii"))

    def change(self, **settings: object) -> None:
        self.settings = replace(self.settings, **settings)


def parse(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def html_of(mail: EmailMessage) -> str:
    part = mail.get_body(("html",))
    assert part is not None
    return str(part.get_content())


def assert_both_say(mail: EmailMessage, *facts: str) -> None:
    """Every fact stands in the text and in the HTML part."""
    import html

    text, page = text_of(mail), html.unescape(html_of(mail))
    for fact in facts:
        assert fact in text, f"{fact} not in text:\n{text}"
        assert fact in page, f"{fact} not in HTML"


def assert_neither_says(mail: EmailMessage, *facts: str) -> None:
    """No fact stands in either part or in a header."""
    everything = text_of(mail) + html_of(mail) + str(mail["Subject"])
    for fact in facts:
        assert fact not in everything, f"{fact} must not be told"
