"""`duban rules compare A B`: which colours two rule sets give differently, and why.

Both are applied to the figures of the last run inside a transaction that is rolled back: nothing is written, and
no assessment that was ever made is touched.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from flows import judge, warehouse
from flows.errors import NotFoundError
from flows.settings import Settings
from models.assessment import Status
from models.message import either, in_language, joined, say
from models.notation import number, points, signed
from models.words import WORDS
from sql import query

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Row = dict[str, Any]
BASES = ("seasonal", "linear", "interim")


@dataclass(frozen=True)
class Comparison:
    """How every target with a figure stands under two rule sets, in the same order."""

    first: str
    second: str
    pairs: tuple[tuple[Row, Row], ...]

    @property
    def differing(self) -> tuple[tuple[Row, Row], ...]:
        return tuple(pair for pair in self.pairs if pair[0]["status"] != pair[1]["status"])


def command(settings: Settings, arguments: argparse.Namespace) -> int:
    """Print every target whose colour differs, with the condition that gave each colour."""
    comparison = compare(settings, arguments.first, arguments.second)
    print("\n".join(in_language(line, settings.lang) for line in lines(comparison, settings.lang)))
    return 0


def compare(settings: Settings, first: str, second: str) -> Comparison:
    """Judge the figures of the last run by both rule sets; NotFoundError names the rule sets there are."""
    warehouse.require(settings)
    with (
        warehouse.locked(settings, purpose=f"duban rules compare {first} {second}"),
        warehouse.connect(settings) as connection,
    ):
        _refuse_unknown(connection, first, second)
        left, right = (_standing(connection, rule_set) for rule_set in (first, second))
    return Comparison(first, second, tuple(zip(left, right, strict=True)))


def _refuse_unknown(connection: DuckDBPyConnection, *rule_sets: str) -> None:
    known = [
        row[0]
        for row in connection.execute("select distinct rule_set from book_rule order by all").fetchall()
    ]
    for rule_set in rule_sets:
        if rule_set not in known:
            raise NotFoundError(
                say(
                    "没有规则“{rule_set}”。可用的规则：{known}。",
                    rule_set=rule_set,
                    known=joined("、", known) or say("无"),
                )
            )


def _standing(connection: DuckDBPyConnection, rule_set: str) -> list[Row]:
    connection.execute("begin")
    try:
        connection.execute("delete from book_rule_choice")
        connection.execute(
            "insert into book_rule_choice (region, target_id, rule_set) values ('*', '*', ?)", [rule_set]
        )
        judge.work_out(connection)
        result = connection.execute(query("judging/standing"))
        names = [column[0] for column in result.description or ()]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    finally:
        connection.execute("rollback")


def lines(comparison: Comparison, lang: str) -> Iterator[str]:
    """A line on top, then one for each target whose colour differs."""
    a, b, different = comparison.first, comparison.second, comparison.differing
    yield say(
        "{a} 与 {b}：{pairs} 个有数据的目标中，{different} 个颜色不同。",
        a=a,
        b=b,
        pairs=len(comparison.pairs),
        different=len(different),
    )
    for one, other in different:
        yield f"{one['region_name']} {one['indicator_name']} {one['target_id']}"
        yield f"    {a}: {in_language(_said(one, lang), lang)}"
        yield f"    {b}: {in_language(_said(other, lang), lang)}"


def _said(row: Row, lang: str) -> str:
    if row["status"] == "no_rule" or row["rule_label"] is None:
        return say("规则没有覆盖此类目标")
    has_points = row["gap_points"] is not None and row["kind"] != "rank"
    gap = points(row["gap_points"], lang, 2) if has_points else signed(row["gap"])
    expected = number(row["expected"] if isinstance(row["expected"], Decimal) else None, 2)
    if row["schedule_basis"] in BASES:
        basis = either(*WORDS[f"schedule_basis.{row['schedule_basis']}"])
        expected = say("{expected}，{basis}", expected=expected, basis=basis)
    return say(
        "{status}（应达到 {expected}；差距 {gap}；第 {priority} 条“{label}”）",
        status=either(Status(row["status"]).zh, Status(row["status"]).en),
        expected=expected,
        gap=gap,
        priority=row["rule_priority"],
        label=either(row["rule_label"], row["rule_label_en"]),
    )
