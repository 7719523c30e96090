"""A small world to judge: targets, figures and rules in a few words, on a real DuckDB in memory.

    world = World(as_of="2024-11-28")
    world.target("growth >= 8")
    world.figures("growth", "2024-10: 6.3")
    world.judge()["status"]

A target is written as `measure comparator value [high]` and options: `binding`, `lumpy`, `year_end`, `whole`,
`lower` (less is better), `tolerance=0.2`, `final=2024-12`, `year=2024`, `rules=linear@1`. A figure is
`period: value`, with `>=`, `<=`, `~` (estimate), `!` (final) before the value.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

import duckdb

from flows.judge import Judged, judge_on
from flows.warehouse import create_views
from models.relations import BOOKS, KEPT
from models.tables import statements
from models.target import kind_of
from tests.builders_rules import RULES

REGION, PARENT = "500104", "500000"
MONTHLY = "2|3|4|5|6|7|8|9|10|11|12"
Row = dict[str, Any]
_COLUMNS = {item.name: [column.name for column in item.columns] for item in BOOKS + KEPT}
_FINALITY = {"~": "estimate", "!": "final"}


def month_end(period: str) -> date:
    """`2024-02` as 29 February 2024."""
    year, month = map(int, period.split("-"))
    return date(year, month, calendar.monthrange(year, month)[1])


@dataclass
class World:
    """Books and figures as of a date; `judge` gives the assessment of the first target's newest period."""

    as_of: str = "2024-11-28"
    rows: dict[str, list[Row]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._add("book_region", region=REGION, name="大渡口区", parent=PARENT)
        self._add("book_region", region=PARENT, name="重庆市")
        self.rows["book_rule"] = [dict(rule) for rule in RULES]
        self._add("book_rule_choice", region="*", target_id="*", rule_set="default@1")

    def indicator(self, indicator: str, *, months: str = MONTHLY, **fields: object) -> None:
        """An indicator with its calendar: 25 days until due, 31 for the final period, 90 of grace."""
        if any(row["indicator"] == indicator for row in self.rows.get("book_indicator", [])):
            return
        lags = {
            name: fields.pop(name, days)
            for name, days in (("lag_days", 25), ("final_lag_days", 31), ("grace_days", 90))
        }
        defaults = {
            "unit": "亿元",
            "basis": "ytd",
            "direction": "higher",
            "whole_number": False,
            "valuation": "nominal",
        }
        self._add(
            "book_indicator",
            **(
                defaults
                | {"indicator": indicator, "name": indicator, "reporting_office": "statistics"}
                | fields
            ),
        )
        self._add("book_calendar", indicator=indicator, months=months, **lags)

    def target(
        self,
        text: str,
        target_id: str = "t",
        *,
        indicator: str = "gdp",
        region: str = REGION,
        **fields: object,
    ) -> None:
        """A target in words; what it needs in the other books is added."""
        words, options, flags = _parsed(text)
        measure, comparator = words[0], words[1] if len(words) > 1 else None
        numbers = [Decimal(word) for word in words[2:]] + [None, None]
        year = int(options.get("year", 2024))
        basis = options.get("basis", "point" if measure in ("level", "ratio", "rank", "stage") else "ytd")
        self.indicator(indicator, basis=basis, direction="lower" if "lower" in flags else "higher", whole_number="whole" in flags,
                       months=options.get("months", MONTHLY))  # fmt: skip
        row = {
            "target_id": target_id, "region": region, "year": year, "indicator": indicator, "measure": measure,
            "comparator": comparator, "kind": kind_of(measure=measure, comparator=comparator),
            "target_value": numbers[0], "value_high": numbers[1], "tolerance": _number(options.get("tolerance")),
            "unit": "%" if measure == "growth" else "亿元", "nature": "约束性" if "binding" in flags else "预期性",
            "final_period": month_end(options.get("final", f"{year}-12")), "year_end_only": "year_end" in flags,
            "lumpy": "lumpy" in flags, "reference_target": options.get("reference"), "printed": text,
            "responsible_office": "dev_reform", "section": "headline", "paragraph": 3,
        }  # fmt: skip
        self._add("book_target", **(row | fields))
        if "rules" in options:
            self._add("book_rule_choice", region=region, target_id=target_id, rule_set=options["rules"])

    def points(self, text: str, target_id: str = "t", stages: bool = False) -> None:
        """Interim figures `2024-03: 50, 2024-06: 120`, or the dates of stages."""
        for period, mark, value in _figures(text):
            name = f"节点{period:%m}" if stages else None
            self._add(
                "book_schedule_point",
                target_id=target_id,
                period_end=period,
                value=value,
                stage_name=name,
                reason=mark,
            )

    def figures(self, measure: str, text: str, *, indicator: str = "gdp", region: str = REGION, received: str = "2024-01-01",
                basis: str | None = None, finality: str = "preliminary", provenance: str = "official", file: str = "f.csv") -> None:  # fmt: skip
        """Figures of one delivery `2024-09: 5.9, 2024-10: >=6.3`; an estimate or final one is a delivery of its own."""
        basis = basis or ("point" if measure in ("level", "ratio", "rank", "stage") else "ytd")
        for period, mark, value in _figures(text):
            state = _FINALITY.get(mark, finality)
            delivery = f"{file}-{received}-{state}-{region}"
            if not any(row["delivery_id"] == delivery for row in self.rows.get("delivery", [])):
                self._add("delivery", delivery_id=delivery, file=file, sha256=f"sha-{delivery}", region=region, received=_day(received),
                          provenance=provenance, finality=state, reporting_office="statistics", outcome="loaded")  # fmt: skip
            self._add("observation", delivery_id=delivery, region=region, indicator=indicator, measure=measure, basis=basis,
                      period_end=period, value=value, bound=mark if mark in (">=", "<=") else "", unit="亿元", source_sheet="Sheet1", source_row=7, source_column="C")  # fmt: skip

    def connection(self) -> duckdb.DuckDBPyConnection:
        """The world as a warehouse in memory."""
        connection = duckdb.connect()
        for statement in _ddl():
            connection.execute(statement)
        create_views(connection)
        for relation, rows in self.rows.items():
            insert(connection, relation, rows)
        look_from(connection, self.as_of)
        return connection

    def judge_all(self) -> dict[tuple[str, date | None], Row]:
        """Every assessment by target and period; the newest period also under (target, None)."""
        connection = self.connection()
        judge_on(connection)
        return assessments(connection)

    def judge(self, period: str | None = None, target_id: str = "t") -> Row:
        """The assessment of one target: its newest, or that of a period."""
        return self.judge_all()[target_id, month_end(period) if period else None]

    def _add(self, relation: str, **row: object) -> None:
        self.rows.setdefault(relation, []).append(row)


def judge_again(connection: duckdb.DuckDBPyConnection, as_of: str) -> Judged:
    """Judge the same warehouse from another date."""
    look_from(connection, as_of)
    return judge_on(connection)


def look_from(connection: duckdb.DuckDBPyConnection, as_of: str) -> None:
    connection.execute("delete from run_context")
    insert(
        connection,
        "run_context",
        [{"run_id": f"run-{as_of}", "as_of": _day(as_of), "mode": "run", "started_at": datetime(2024, 1, 1)}],
    )


def assessments(
    connection: duckdb.DuckDBPyConnection, relation: str = "assessment"
) -> dict[tuple[str, date | None], Row]:
    result = connection.execute(f"select * from {relation} order by as_of, revision")
    names = [item[0] for item in result.description]
    found: dict[tuple[str, date | None], Row] = {}
    for values in result.fetchall():
        row = dict(zip(names, values, strict=True))
        found[row["target_id"], row["period_end"]] = row
        if row["is_newest"]:
            found[row["target_id"], None] = row
    return found


def insert(connection: duckdb.DuckDBPyConnection, relation: str, rows: list[Row]) -> None:
    """All rows in one statement of literals: binding values would import pandas."""
    if not rows:
        return
    names = sorted(set().union(*rows))
    assert set(names) <= set(_COLUMNS[relation]), set(names) - set(_COLUMNS[relation])
    values = ", ".join("(" + ", ".join(_literal(row.get(name)) for name in names) + ")" for row in rows)
    columns = ", ".join(f'"{name}"' for name in names)
    connection.execute(f"insert into {relation} ({columns}) values {values}")


def _parsed(text: str) -> tuple[list[str], dict[str, str], set[str]]:
    words = text.split()
    known = {"binding", "lumpy", "year_end", "whole", "lower"}
    options = dict(word.split("=", 1) for word in words if "=" in word and word not in (">=", "<=", "~="))
    flags = known & set(words)
    return (
        [word for word in words if word not in flags and ("=" not in word or word in (">=", "<=", "~="))],
        options,
        flags,
    )


def _figures(text: str) -> list[tuple[date, str, Decimal]]:
    found = []
    for part in filter(None, (item.strip() for item in text.split(","))):
        period, _, value = part.partition(":")
        value = value.strip()
        mark = next((mark for mark in (">=", "<=", "~", "!") if value.startswith(mark)), "")
        found.append((month_end(period.strip()), mark, Decimal(value.removeprefix(mark))))
    return found


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _literal(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool() | int() | Decimal():
            return str(value)
        case datetime():
            return f"timestamp '{value}'"
        case date():
            return f"date '{value}'"
        case _:
            return "'" + str(value).replace("'", "''") + "'"


@cache
def _ddl() -> tuple[str, ...]:
    return tuple(statements(BOOKS + KEPT))
