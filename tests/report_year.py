"""A made-up district year in the published relations, for what is written from them: page, workbook, brief.

Deterministic: the same call gives the same rows. Figures are invented and marked simulated. The statuses are
drawn here with a small copy of the thresholds on purpose: what is under test is the showing, not the judging.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from models.relations import BOOKS, KEPT, PUBLISHED, Relation

if TYPE_CHECKING:
    import duckdb

REGION = "500104"
YEAR = 2024
Row = dict[str, Any]

QUARTERS = (3, 6, 9, 12)
MONTHS = tuple(range(2, 13))
REPORTED = {"month": MONTHS, "quarter": QUARTERS, "year": (12,)}
TARGETS = 60  # lines of report_targets.csv
OFFICES = {
    "dev_reform": ("区发展改革委", "Development and Reform Commission"), "statistics": ("区统计局", "Bureau of Statistics"),
    "economy_it": ("区经济信息委", "Economy and IT Commission"), "commerce": ("区商务委", "Commerce Commission"),
    "finance": ("区财政局", "Finance Bureau"), "human_resources": ("区人力社保局", "Human Resources Bureau"),
    "survey_team": ("国家统计局大渡口调查队", "NBS survey team"), "ecology": ("区生态环境局", "Ecology Bureau"),
    "tax": ("区税务局", "Taxation Bureau"), "sasac": ("区国资委", "State Assets Commission"),
    "jianqiao_park": ("建桥园区管委会", "Jianqiao Park Committee"), "sci_tech": ("区科技局", "Science Bureau"),
    "investment_promotion": ("区招商投资局", "Investment Promotion Bureau"), "big_data": ("区大数据发展局", "Big Data Bureau"),
    "housing_construction": ("区住房城乡建委", "Housing Commission"), "urban_management": ("区城市管理局", "Urban Management Bureau"),
    "planning_resources": ("区规划自然资源局", "Planning Bureau"), "agriculture": ("区农业农村委", "Agriculture Commission"),
    "art_bay": ("钓鱼嘴半岛开发建设指挥部", "Peninsula headquarters"), "education": ("区教委", "Education Commission"),
    "health": ("区卫生健康委", "Health Commission"), "government_office": ("区政府办公室", "General Office"),
}  # fmt: skip
POINT_KINDS = {"growth": -1.0, "relative": -0.5, "ratio": -0.5, "total": -5.0, "level": -5.0}


@dataclass(frozen=True)
class Spec:
    """One target of the made-up year."""

    number: int
    name: str
    name_en: str
    kind: str
    comparator: str | None
    value: float | None
    unit: str
    section: str
    printed: str
    responsible: str
    reporting: str
    months: tuple[int, ...]
    pace: float

    @property
    def target_id(self) -> str:
        return f"{REGION}-{YEAR}-t{self.number:04d}"

    @property
    def indicator(self) -> str:
        return f"indicator_{self.number:04d}"

    @property
    def measure(self) -> str:
        known = ("growth", "level", "ratio", "stage")
        return self.kind if self.kind in known else "growth" if self.kind == "relative" else "total"

    @property
    def basis(self) -> str:
        return "point" if self.measure in ("level", "ratio", "stage") else "ytd"


def specs(count: int, names: dict[int, str] | None = None) -> list[Spec]:
    """`count` targets of report_targets.csv, repeated under numbered names; `names` replaces some of them."""
    with (Path(__file__).parent / "report_targets.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    return [_spec(number, lines, (names or {}).get(number)) for number in range(1, count + 1)]


def _spec(number: int, lines: list[dict[str, str]], name: str | None) -> Spec:
    line = lines[(number - 1) % len(lines)]
    again = (number - 1) // len(lines)
    return Spec(
        number=number,
        name=name or line["name"] + (f"（{again}）" if again else ""),
        name_en=name or line["name_en"] + (f" ({again})" if again else ""),
        kind=line["kind"],
        comparator=line["comparator"] or None,
        value=float(line["value"]) if line["value"] else None,
        unit=line["unit"],
        section=line["section"],
        printed=line["printed"],
        responsible=line["responsible"],
        reporting=line["reporting"],
        months=REPORTED[line["months"]],
        pace=float(line["pace"]),
    )


def build(
    path: Path,
    *,
    count: int = TARGETS,
    month: int = 10,
    schema: str = "mart",
    provenance: str = "simulated",
    names: dict[int, str] | None = None,
) -> None:
    """Write the made-up year as tables `schema.<name>` (and the books in `main`) of the DuckDB file `path`."""
    import duckdb
    import pyarrow as pa

    from models.tables import statements

    year = Year(specs(count, names), month, provenance)
    with duckdb.connect(str(path)) as connection:
        tables = [(schema, relation) for relation in PUBLISHED]
        if schema != "main":
            connection.execute(f"create schema {schema}")
            tables += [("main", relation) for relation in BOOKS + KEPT]
        for place, relation in tables:
            for statement in statements((relation,), place):
                connection.execute(statement)
            _fill(connection, pa, f"{place}.{relation.name}", relation, year.rows(relation.name))


def _fill(
    connection: duckdb.DuckDBPyConnection, pa: ModuleType, table: str, relation: Relation, rows: list[Row]
) -> None:
    if not rows:
        return
    names = [c.name for c in relation.columns]
    staged = pa.table({n: [r.get(n) for r in rows] for n in names})
    connection.register("staged", staged)
    columns = ", ".join(f'cast("{c.name}" as {c.type})' for c in relation.columns)
    connection.execute(f"insert into {table} select {columns} from staged")
    connection.unregister("staged")


class Year:
    """All rows of the made-up year up to the data month `month`."""

    def __init__(self, targets: list[Spec], month: int, provenance: str) -> None:
        self.specs = targets
        self.month = month
        self.provenance = provenance
        self.as_of = as_of(month)
        self.assessments = [row for spec in self.specs for row in self._history(spec)]

    def rows(self, name: str) -> list[Row]:
        """The rows of one relation; nothing for relations the year does not fill."""
        make = getattr(self, f"_{name.removeprefix('book_')}_rows", None)
        return list(make()) if make else []

    # -- judged -------------------------------------------------------------------------------------------
    def _history(self, spec: Spec) -> Iterator[Row]:
        since: date | None = None
        before = ""
        count = 0
        for month in range(2, self.month + 1):
            row = self._assessment(spec, month)
            changed = row["status"] != before
            since = row.get("period_end") if changed else since
            count = 1 if changed else count + 1
            before = row["status"]
            yield row | {"status_since": since, "periods_in_status": count}

    def _assessment(self, spec: Spec, month: int) -> Row:
        latest = max((m for m in spec.months if m <= month), default=None)
        late = spec.number % 17 == 3 and month == self.month and latest == month
        if late:
            latest = max((m for m in spec.months if m < month), default=None)
        row: Row = self._common(spec) | {"as_of": as_of(month), "run_id": f"run{month:02d}"}
        if spec.kind in ("external", "no_target"):
            row |= {"status": "no_target", "data_state": "not_due", "outlook": "unknown", "provenance": None}
        elif latest is None:
            row |= {"status": "not_due", "data_state": "not_due", "outlook": "unknown", "provenance": None}
        elif spec.kind == "stage":
            row |= self._stage(spec, latest)
        else:
            row |= self._figures(spec, latest)
        if latest and spec.kind not in ("external", "no_target"):
            row |= {"data_state": "late" if late else "current"} | self._source(spec, latest)
        key = f"{row['target_id']}{row['as_of']}{row['status']}{row.get('actual')}"
        return row | {
            "assessment_id": hashlib.sha256(key.encode()).hexdigest()[:16],
            "is_newest": True,
            "revision": 1,
        }

    def _common(self, spec: Spec) -> Row:
        return {
            "region": REGION, "region_name": "重庆市大渡口区", "year": YEAR, "target_id": spec.target_id,
            "promise_id": None, "indicator": spec.indicator, "indicator_name": spec.name,
            "responsible_office": spec.responsible, "reporting_office": spec.reporting, "kind": spec.kind,
            "measure": spec.measure, "basis": spec.basis, "comparator": spec.comparator, "target_value": spec.value,
            "unit": spec.unit, "nature": "约束性" if spec.section == "7" else "预期性", "modality": None,
            "section": spec.section, "paragraph": 2 + spec.number % 4, "printed": spec.printed,
            "rule_set": "default@1", "provenance": self.provenance,
        }  # fmt: skip

    def _source(self, spec: Spec, month: int) -> Row:
        return {
            "period_end": month_end(month), "delivery_id": f"delivery{spec.reporting}{month:02d}",
            "source_file": f"{YEAR}/{YEAR}-{month:02d}_{spec.reporting}.csv", "source_sheet": None,
            "source_row": 2 + spec.number % 23, "finality": "preliminary",
        }  # fmt: skip

    def _stage(self, spec: Spec, month: int) -> Row:
        gap = int(spec.pace) if month >= 8 else 0
        status = "behind" if gap < -30 else "slightly_behind" if gap < 0 else "on_schedule"
        done = gap > 0
        return {
            "gap": gap, "gap_points": None, "severity": round(max(0, -gap) / 30, 6), "actual": 2 if done else 1,
            "expected": 2 if month >= 8 else 1, "target_value": 3, "schedule_basis": "interim",
            "status": "achieved" if done and spec.number % 2 else status, "outlook": "uncertain" if gap < 0 else "likely",
        }  # fmt: skip

    def _figures(self, spec: Spec, month: int) -> Row:
        target = 5.2 if spec.kind == "relative" else float(spec.value or 0)
        actual, expected = self.actual(spec, month, target), self.expected(spec, month, target)
        better = -1 if spec.comparator == "<=" else 1
        gap = round(better * (actual - expected), 6)
        points = gap if spec.kind not in ("total", "level") else round(gap / target * 100, 4)
        reached = spec.kind in ("total", "level") and actual >= target
        limit = POINT_KINDS[spec.kind]
        status = (
            "achieved"
            if reached
            else "on_schedule"
            if points >= 0
            else "slightly_behind"
            if points >= limit
            else "behind"
        )
        share = month / 12
        row: Row = {
            "actual": actual, "expected": expected, "gap": gap, "gap_points": points, "status": status,
            "severity": round(max(0.0, -points) / -limit, 6), "linear_share": round(share, 6),
            "schedule_share": round(share * 0.98, 6) if spec.kind == "total" else None,
            "schedule_basis": {"total": "seasonal", "level": "line"}.get(spec.kind),
            "outlook": "likely" if points >= 0 else "uncertain" if points >= limit else "unlikely",
            "probability": 1 if reached else round(min(0.98, max(0.03, 0.6 + points / (-limit * 3))), 4),
            "completion": round(actual / target * 100, 2) if spec.kind == "total" else None,
            "reference_value": 5.2 if spec.kind == "relative" else None,
            "required": round(max(0.0, target - actual), 6) if spec.kind in ("total", "level") else None,
        }  # fmt: skip
        return row | self._forecast(spec, month, actual, target)

    def _forecast(self, spec: Spec, month: int, actual: float, target: float) -> Row:
        left = max(1, sum(1 for m in spec.months if m > month))
        end = actual if spec.kind != "total" else max(actual, actual / (month / 12 * 0.98))
        width = abs(end) * 0.05 + 0.2 if spec.kind != "total" else end * 0.04
        row: Row = {
            "forecast": round(end, 2),
            "forecast_low": round(end - width, 2),
            "forecast_high": round(end + width, 2),
        }
        if spec.kind == "total":
            row |= {
                "required_per_period": round(max(0.0, target - actual) / left, 3),
                "required_growth": round(8 - spec.pace * 40, 1),
            }
        if spec.kind == "growth":
            share = month / 12 * 0.97
            row |= {"required_growth": round((target - share * actual) / (1 - share), 2)}
        return row

    def actual(self, spec: Spec, month: int, target: float) -> float:
        """The figure of a month: the plan plus the target's pace, with a wobble and a recovery in the summer."""
        wobble = (digest(spec.name + str(month)) - 0.5) * 0.5
        swing = 0.6 if month in (5, 6) and spec.number % 5 == 1 else 0.0
        if spec.kind == "total":
            value = target * month / 12 * 0.98 * (1 + spec.pace + wobble * 0.06 - swing * 0.1)
            return round(value) if spec.unit in "人户家个套件天" else round(value, 2)
        if spec.kind == "level":
            return round(target * (0.93 + 0.07 * month / 12 + spec.pace), 1)
        if spec.comparator == "<=":
            return round(target - spec.pace + wobble * 0.2, 1)
        return (
            min(100.0, round(target + spec.pace + wobble - swing, 1))
            if spec.kind == "ratio"
            else round(target + spec.pace + wobble - swing, 1)
        )

    def expected(self, spec: Spec, month: int, target: float) -> float:
        """What the schedule asks of a month."""
        if spec.kind == "total":
            value = target * month / 12 * 0.98
            return float(int(value)) if spec.unit in "人户家个套件天" else round(value, 2)
        return round(target * (0.93 + 0.07 * month / 12), 2) if spec.kind == "level" else target

    # -- relations ----------------------------------------------------------------------------------------
    def _assessment_rows(self) -> Iterator[Row]:
        return iter(self.assessments)

    def _variance_rows(self) -> Iterator[Row]:
        return (row for row in self.assessments if row["as_of"] == self.as_of)

    def _region_rows(self) -> Iterator[Row]:
        yield {
            "region": REGION,
            "region_name": "重庆市大渡口区",
            "name": "重庆市大渡口区",
            "short_name": "大渡口",
            "name_en": "Dadukou District",
            "parent": "500000",
        }

    def _indicator_rows(self) -> Iterator[Row]:
        for s in self.specs:
            yield {
                "indicator": s.indicator, "indicator_name": s.name, "name": s.name, "indicator_name_en": s.name_en, "name_en": s.name_en,
                "unit": s.unit, "measures": s.measure, "basis": s.basis, "direction": "lower" if s.comparator == "<=" else "higher",
                "whole_number": s.unit in "人户家个套件天", "frequency": "month" if s.months == MONTHS else "quarter" if s.months == QUARTERS else "year",
                "reporting_office": s.reporting, "months": "|".join(map(str, s.months)), "lag_days": 25, "definition": f"{s.name}，按现行统计制度口径。",
                "valuation": "nominal", "reviewed_on": date(2024, 1, 1), "entered_on": date(2024, 1, 1),
            }  # fmt: skip

    def _target_rows(self) -> Iterator[Row]:
        for s in self.specs:
            yield self._common(s) | {
                "target_id": s.target_id, "final_period": month_end(12), "year_end_only": s.months == (12,), "lumpy": s.kind == "total" and s.number % 2 == 0,
                "co_responsible": "dev_reform" if s.number % 6 == 0 else None, "leader": "分管区领导", "entered_on": date(2024, 1, 20),
            }  # fmt: skip

    def _office_rows(self) -> Iterator[Row]:
        yield {
            "office_id": "supervision",
            "region": REGION,
            "name": "区政府督查室",
            "name_en": "Supervision office",
            "role": "operator",
            "suggested": True,
            "entered_on": date(2024, 1, 1),
        }
        for office, (name, english) in OFFICES.items():
            yield {
                "office_id": office,
                "region": REGION,
                "name": name,
                "name_en": english,
                "role": "reporting|responsible",
                "suggested": True,
                "entered_on": date(2024, 1, 1),
            }

    def _schedule_point_rows(self) -> Iterator[Row]:
        for s in self.specs:
            if s.kind == "stage":
                for month, stage in ((3, "完成前期手续"), (8, "主体工程过半"), (12, s.printed)):
                    yield {
                        "target_id": s.target_id,
                        "period_end": month_end(month),
                        "value": 1,
                        "stage_name": stage,
                        "entered_on": date(2024, 1, 20),
                        "reason": "部门年度计划",
                    }

    def _acknowledgement_rows(self) -> Iterator[Row]:
        yield {
            "acknowledgement_id": "a1", "target_id": self.specs[1].target_id, "author": "区经济信息委 李明",
            "measures_taken": "逐户走访产值下降超过20%的企业，帮助6户企业月底前恢复满产；推动虬龙科技新产线11月投产。",
            "due_on": date(2024, 12, 15), "starts_on": date(2024, 11, 1), "recorded_at": datetime(2024, 11, 1, 9, 30),
        }  # fmt: skip

    def _rule_rows(self) -> Iterator[Row]:
        for kind, limit in POINT_KINDS.items():
            tests = (
                (1, ">=", 0, "on_schedule", "达到应有进度"),
                (2, ">=", limit, "slightly_behind", "落后在限度以内"),
                (3, "any", None, "behind", "落后超过限度"),
            )
            for priority, operator, threshold, status, label in tests:
                yield {"rule_set": "default@1", "kind": kind, "nature": "*", "priority": priority, "rule_subject": "gap_points", "operator": operator,
                       "threshold": threshold, "status": status, "scale": -limit, "label": label, "entered_on": date(2024, 1, 1)}  # fmt: skip

    def _rule_choice_rows(self) -> Iterator[Row]:
        yield {"region": REGION, "target_id": "*", "rule_set": "default@1", "entered_on": date(2024, 1, 1)}

    def _observation_rows(self) -> Iterator[Row]:
        for year in (YEAR - 1, YEAR):
            for s in self.specs:
                for month in (m for m in s.months if year < YEAR or m <= self.month):
                    if s.kind not in ("external", "no_target", "stage"):
                        yield self._observation(s, year, month)

    def _observation(self, spec: Spec, year: int, month: int) -> Row:
        target = 5.2 if spec.kind == "relative" else float(spec.value or 0)
        factor = 1.0 if year == YEAR else 0.92 if spec.kind == "total" else 0.97
        value = round(self.actual(spec, month, target) * factor, 2)
        return {
            "region": REGION, "indicator": spec.indicator, "indicator_name": spec.name, "measure": spec.measure, "basis": spec.basis,
            "period_end": month_end(month, year), "value": value, "unit": spec.unit, "provenance": self.provenance, "finality": "preliminary",
            "received": month_end(month, year) + timedelta(days=22), "delivery_id": f"delivery{spec.reporting}{month:02d}" if year == YEAR else f"history{year}",
            "source_row": 2 + spec.number % 23,
        }  # fmt: skip

    def _observation_vintage_rows(self) -> Iterator[Row]:
        yield from self._observation_rows()
        for s in self.specs[3::20]:
            if 7 in s.months and self.month >= 9 and s.kind in POINT_KINDS:
                now = self._observation(s, YEAR, 7)
                yield now | {"value": round(now["value"] - 0.4, 2), "delivery_id": f"early{s.reporting}07", "superseded_by": now["delivery_id"],
                             "superseded_by_value": now["value"], "difference": 0.4, "received": month_end(7) + timedelta(days=12)}  # fmt: skip

    def _delivery_rows(self) -> Iterator[Row]:
        for month in range(2, self.month + 1):
            for office in sorted({s.reporting for s in self.specs}):
                yield self._delivery(office, month, 0)
        yield self._delivery("culture", self.month, -1) | {
            "reporting_office": "commerce",
            "rows_read": 0,
            "rows_accepted": 0,
            "outcome": "refused",
            "layout": None,
            "file": f"{YEAR}/商务_{self.month}月.csv",
        }

    def _delivery(self, office: str, month: int, quarantined: int) -> Row:
        held = 1 if office == "statistics" and month == self.month else max(0, quarantined)
        return {
            "delivery_id": f"delivery{office}{month:02d}", "file": f"{YEAR}/{YEAR}-{month:02d}_{office}.csv", "sha256": hashlib.sha256(f"{office}{month}".encode()).hexdigest(),
            "region": REGION, "reporting_office": office, "received": month_end(month) + timedelta(days=22), "provenance": self.provenance, "finality": "preliminary",
            "layout": "long", "encoding": "gb18030" if office == "finance" else "utf-8", "rows_read": 12, "rows_accepted": 12 - held, "rows_quarantined": held,
            "outcome": "partly" if held else "loaded", "run_id": f"run{month:02d}",
        }  # fmt: skip

    def _rejection_rows(self) -> Iterator[Row]:
        month = self.month
        yield {"rejection_id": "r1", "delivery_id": f"deliverystatistics{month:02d}", "file": f"{YEAR}/{YEAR}-{month:02d}_statistics.csv", "sheet": None, "row": 9, "column": "value",
               "value": "1415000", "printed_value": "1415000", "rule": "jump_against_own_past", "message": "社会消费品零售总额 1415000 亿元是上期的一万倍，疑似把万元当作亿元。请核对单位后重报，或由有权限的人放行。", "gravity": "quarantined"}  # fmt: skip
        yield {"rejection_id": "r2", "delivery_id": f"deliveryculture{month:02d}", "file": f"{YEAR}/商务_{month}月.csv", "sheet": None, "row": 0, "column": None,
               "value": None, "rule": "unknown_layout", "message": "认不出这个文件的表式：首行没有“指标”或 indicator 一栏。请用 duban template 生成的模板填报。", "gravity": "refused"}  # fmt: skip

    def _notification_rows(self) -> Iterator[Row]:
        known = {"message_id": "<m>", "as_of": self.as_of, "channel": "smtp", "region": REGION, "recipient": "c***@d***", "language": "zh",
                 "alert_count": 1, "body": ""}  # fmt: skip
        yield known | {"notification_id": "mail1", "office": "commerce|tax", "subject": "[督办] 大渡口：1 项<b>转入滞后</b>", "state": "dead", "attempts": 1,
                       "last_error": "550 <收件人> unknown"}  # fmt: skip
        yield known | {"notification_id": "mail2", "office": "finance", "subject": "[督办] 大渡口：1 项恢复", "state": "waiting", "attempts": 3,
                       "last_error": "超时"}  # fmt: skip
        yield known | {
            "notification_id": "mail3",
            "office": "ecology",
            "subject": "已经寄出的信",
            "state": "sent",
            "attempts": 1,
        }
        yield known | {
            "notification_id": "mail4",
            "office": "ecology",
            "subject": "还没试过的信",
            "state": "waiting",
            "attempts": 0,
        }

    def _run_rows(self) -> Iterator[Row]:
        for month in range(2, self.month + 1):
            yield {
                "run_id": f"run{month:02d}",
                "as_of": as_of(month),
                "mode": "replay",
                "outcome": "done",
                "software_version": "0.1.0",
            }


def month_end(month: int, year: int = YEAR) -> date:
    """Last day of a month."""
    return (date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def as_of(month: int) -> date:
    """The 28th of the following month."""
    return (month_end(month) + timedelta(days=1)).replace(day=28)


def digest(text: str) -> float:
    """A number in [0, 1) from text alone."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) / 2**32
