"""What is read beside the variance table: then and now, restatements, roll-ups, two rule sets side by side."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from flows import warehouse
from flows.errors import CannotOpen, NotFoundError
from flows.rules_compare import compare, lines
from flows.settings import Settings
from models.run import TIME_ZONE, RunContext
from tests.builders import World, insert, judge_again


def restated() -> World:
    world = World(as_of="2024-10-28")
    world.target("growth >= 6")
    world.figures("growth", "2024-08: 6, 2024-09: 6", received="2024-10-20")
    world.figures("growth", "2024-08: 5", received="2024-11-20", finality="revised", file="later.csv")
    return world


def test_then_and_now_shows_what_was_said_and_what_is_known() -> None:
    connection = restated().connection()
    for as_of in ("2024-10-28", "2024-11-28"):
        judge_again(connection, as_of)
    rows = connection.execute(
        "select period_end, status_then, actual_now, status_now, difference, is_restated, is_status_changed"
        " from mart.then_and_now order by period_end"
    ).fetchall()
    assert rows == [
        (date(2024, 8, 31), "on_schedule", Decimal(5), "slightly_behind", Decimal(-1), True, True),
        (date(2024, 9, 30), "on_schedule", Decimal(6), "on_schedule", Decimal(0), False, False),
    ]


def test_an_earlier_date_does_not_know_the_restatement() -> None:
    connection = restated().connection()
    for as_of in ("2024-10-28", "2024-11-28", "2024-10-28"):
        judge_again(connection, as_of)
    assert connection.execute("select count(*) from mart.then_and_now where is_restated").fetchall() == [(0,)]
    assert connection.execute("select count(*) from mart.restatement").fetchall() == [(0,)]


def test_restatements_are_listed_with_their_difference() -> None:
    world = restated()
    world.as_of = "2024-11-28"
    rows = world.connection().execute(
        "select period_end, value, superseded_by_value, difference from mart.restatement"
    )
    assert rows.fetchall() == [(date(2024, 8, 31), Decimal(6), Decimal(5), Decimal(-1))]


def test_a_figure_sent_again_unchanged_is_no_restatement() -> None:
    world = restated()
    world.figures("growth", "2024-09: 6", received="2024-11-21", file="again.csv")
    connection = world.connection()
    for as_of in ("2024-10-28", "2024-11-28"):
        judge_again(connection, as_of)
    written = connection.execute("select count(*) from assessment where period_end = '2024-09-30'").fetchall()
    assert written == [(2,)]  # the newest period of each date


def test_roll_ups_count_by_status_and_name_the_worst() -> None:
    world = World()
    for number, (target, office, figure) in enumerate(
        [
            ("growth >= 8", "a", "2024-10: 8"),
            ("growth >= 8", "a", "2024-10: 6"),
            ("growth >= 8", "b", "2024-10: 7.5"),
            ("growth >= 8 year_end", "b", "2024-10: 1"),
            ("stage", "b", ""),
        ]
    ):
        world.target(target, f"t{number}", indicator=f"i{number}", responsible_office=office)
        world.figures(target.split()[0], figure, indicator=f"i{number}")
    connection = world.connection()
    judge_again(connection, "2024-11-28")
    rows = connection.execute(
        "select member, targets, due, on_course, behind, slightly_behind, not_due, no_plan, worst_target_id, worst_severity"
        " from mart.standing where grouping <> 'section' order by grouping, member"
    ).fetchall()
    assert rows == [
        ("a", 2, 2, 1, 1, 0, 0, 0, "t1", Decimal(2)),
        ("b", 3, 1, 0, 0, 1, 1, 1, "t2", Decimal("0.5")),
        ("500104", 5, 3, 1, 1, 1, 1, 1, "t1", Decimal(2)),
    ]


def kept(world: World, tmp_path: Path) -> Settings:
    """The world in a warehouse on disk."""
    settings = Settings(var=tmp_path)
    context = RunContext(date.fromisoformat(world.as_of), datetime(2024, 11, 28, tzinfo=TIME_ZONE))
    warehouse.prepare(settings, context)
    with warehouse.connect(settings) as connection:
        for relation, rows in world.rows.items():
            insert(connection, relation, rows)
    return settings


def by_calendar_and_season() -> World:
    world = World(as_of="2024-07-28")
    world.target("total >= 200")
    world.figures("total", "2023-06: 43, 2023-12: 100, 2024-06: 90")
    return world


def test_two_rule_sets_side_by_side_say_why(tmp_path: Path) -> None:
    settings = kept(by_calendar_and_season(), tmp_path)
    assert list(lines(compare(settings, "default@1", "linear@1"), "zh")) == [
        "default@1 与 linear@1：1 个有数据的目标中，1 个颜色不同。",
        "大渡口区 gdp t",
        "    default@1: 符合进度（应达到 86，往年同期进度；差距 +2个百分点；第 90 条“gapany”）",
        "    linear@1: 滞后（应达到 100，时间进度；差距 −5个百分点；第 20 条“linear_gap_points<0”）",
    ]


def test_comparing_writes_nothing(tmp_path: Path) -> None:
    settings = kept(by_calendar_and_season(), tmp_path)
    compare(settings, "default@1", "linear@1")
    with warehouse.connect(settings) as connection:
        assert connection.execute("select count(*) from assessment").fetchall() == [(0,)]
        assert connection.execute("select rule_set from book_rule_choice").fetchall() == [("default@1",)]


def test_a_kind_that_one_rule_set_does_not_cover_is_said(tmp_path: Path) -> None:
    settings = kept(by_calendar_and_season(), tmp_path)
    assert "    peer@1: 规则没有覆盖此类目标" in list(lines(compare(settings, "linear@1", "peer@1"), "zh"))


def test_an_unknown_rule_set_lists_the_known_ones(tmp_path: Path) -> None:
    settings = kept(by_calendar_and_season(), tmp_path)
    with pytest.raises(NotFoundError) as error:
        compare(settings, "default@1", "default@9")
    assert str(error.value) == "没有规则“default@9”。可用的规则：default@1、linear@1、peer@1。"


def test_before_the_first_run_there_is_nothing_to_compare(tmp_path: Path) -> None:
    with pytest.raises(CannotOpen) as error:
        compare(Settings(var=tmp_path / "none"), "default@1", "linear@1")
    assert (
        str(error.value)
        == f"还没有仓库 {tmp_path / 'none' / 'warehouse.duckdb'}。请先运行 duban run（或 make run）。"
    )
