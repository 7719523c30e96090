"""Targets that are compared with something besides a number: another growth, a baseline, dates, bounds, disputes.

Columns of a judgement: reference value, expected, gap, gap in points, status.
"""

from __future__ import annotations

import pytest

from tests.builders import PARENT, World, assessments, judge_again
from tests.spec.judge_table import in_words

COLUMNS = ("reference_value", "expected", "gap", "gap_points", "status")


@pytest.mark.parametrize(
    ("target", "own", "reference", "judgement"),
    [
        ("growth relative reference=g", "2024-09: 5.9", "2024-09: 6", "6 6 -0.1 -0.1 slightly_behind"),
        ("growth relative reference=g", "2024-09: 6", "2024-09: 6", "6 6 0 0 on_schedule"),
        ("growth relative reference=g", "2024-09: 5.5", "2024-09: 6", "6 6 -0.5 -0.5 slightly_behind"),
        ("growth relative reference=g", "2024-09: 5.4", "2024-09: 6", "6 6 -0.6 -0.6 behind"),
        ("growth relative reference=g tolerance=0.2", "2024-09: 5.8", "2024-09: 6", "6 5.8 0 0 on_schedule"),
        ("growth relative 1 reference=g", "2024-09: 6.9", "2024-09: 6", "6 7 -0.1 -0.1 slightly_behind"),
        ("growth relative reference=g", "2024-09: 6", "2024-06: 5", "- - - - unknown"),
        ("growth relative reference=g", "2024-09: 6", "", "- - - - unknown"),
        ("growth relative reference=g", "2024-09: 6", "2024-09: <=5", "5 5 1 1 on_schedule"),
        ("growth relative reference=g", "2024-09: 6", "2024-09: >=5", "5 5 - - unknown"),
        ("growth relative reference=g", "2024-09: 6", "2024-09: >=7", "7 7 -1 -1 behind"),
        ("growth relative reference=g", "2024-12: 5.9", "2024-12: 6", "6 6 -0.1 -0.1 missed"),
        ("growth relative reference=g", "2024-12: 6", "2024-12: 6", "6 6 0 0 achieved"),
        ("growth relative reference=g", "2024-12: 6", "", "- - - - unknown"),
    ],
)
def test_relative(target: str, own: str, reference: str, judgement: str) -> None:
    world = World(as_of="2025-02-10")
    world.target(target, indicator="income")
    world.target("growth >= 6", "g", indicator="gdp")
    world.figures("growth", own, indicator="income")
    world.figures("growth", reference, indicator="gdp")
    assert in_words(world.judge(), COLUMNS) == judgement


@pytest.mark.parametrize(
    ("target", "figures", "judgement"),
    [
        ("ratio decrease lower", "2023-12: 182, 2024-09: 182", "182 182 0 0 on_schedule"),
        ("ratio decrease lower", "2023-12: 182, 2024-09: 182.1", "182 182 -0.1 -0.054945 slightly_behind"),
        ("ratio decrease lower", "2023-12: 200, 2024-09: 210", "200 200 -10 -5 slightly_behind"),
        ("ratio decrease lower", "2023-12: 200, 2024-09: 210.1", "200 200 -10.1 -5.05 behind"),
        ("ratio increase", "2023-12: 50, 2024-09: 49", "50 50 -1 -2 slightly_behind"),
        ("ratio increase", "2023-12: 50, 2024-12: 51", "50 50 1 2 achieved"),
        ("ratio hold", "2023-12: 50, 2024-09: 49", "50 50 -1 -2 slightly_behind"),
        ("ratio hold lower", "2023-12: 50, 2024-09: 49", "50 50 1 2 on_schedule"),
        ("ratio increase", "2024-09: 49", "- - - - unknown"),
        ("ratio increase", "2023-12: 0, 2024-09: -1", "0 0 -1 - behind"),
        # what adds up within the year is compared with the same months of last year
        ("total increase", "2023-09: 70, 2023-12: 100, 2024-09: 69", "70 70 -1 -1.428571 slightly_behind"),
    ],
)
def test_change(target: str, figures: str, judgement: str) -> None:
    world = World(as_of="2025-02-10")
    world.target(target)
    world.figures(target.split()[0], figures)
    assert in_words(world.judge(), COLUMNS) == judgement


@pytest.mark.parametrize(
    ("plan", "figures", "judgement"),
    [
        ("2024-06: 1", "2024-05: 0", "- 0 30 30 on_schedule"),
        ("2024-06: 1", "2024-06: 0", "- 1 0 0 on_schedule"),
        ("2024-05: 1", "2024-06: 0", "- 1 -30 -30 slightly_behind"),
        ("2024-06: 1", "2024-07: 0", "- 1 -31 -31 behind"),
        ("2024-03: 1, 2024-09: 1", "2024-08: 1", "- 1 30 30 on_schedule"),
        ("2024-03: 1, 2024-09: 1", "2024-08: 0", "- 1 -153 -153 behind"),
        ("2024-06: 1", "2024-07: 1", "- 1 0 0 achieved"),
        ("2024-06: 1, 2024-09: 1", "2024-07: 1", "- 1 61 61 on_schedule"),
        ("2024-06: 1, 2024-09: 1", "2024-09: 1", "- 2 0 0 on_schedule"),
        ("2024-06: 1, 2024-09: 1", "2024-08: 2", "- 1 30 30 achieved"),
        ("2024-09: 1", "2024-12: 0", "- 1 -92 -92 missed"),
        ("", "2024-07: 0", "- - - - no_plan"),
        ("", "2024-07: 1", "- - 0 0 achieved"),
        ("", "2024-12: 0", "- - - - missed"),
    ],
)
def test_stages(plan: str, figures: str, judgement: str) -> None:
    world = World(as_of="2025-02-10")
    world.target("stage")
    world.points(plan, stages=True)
    world.figures("stage", figures)
    assert in_words(world.judge(), COLUMNS) == judgement


@pytest.mark.parametrize(
    ("target", "figure", "judgement"),
    [
        ("growth >= 6", "2024-10: >=6", "- 6 0 0 on_schedule"),
        ("growth >= 6", "2024-10: >=5.9", "- 6 - - unknown"),
        ("growth >= 6", "2024-10: <=4", "- 6 -2 -2 behind"),
        ("growth >= 6", "2024-10: <=5.5", "- 6 - - unknown"),
        ("growth >= 6", "2024-10: <=7", "- 6 - - unknown"),
        ("growth >= 6", "2024-12: >=6", "- 6 0 0 achieved"),
        ("growth >= 6", "2024-12: <=5.9", "- 6 -0.1 -0.1 missed"),
        ("growth >= 6", "2024-12: <=6", "- 6 - - unknown"),
        ("growth >= 6", "2024-12: >=5.9", "- 6 - - unknown"),
        ("total >= 120", "2024-10: >=120", "- 100 20 16.666667 achieved"),
        ("total >= 120", "2024-10: >=100", "- 100 0 0 on_schedule"),
        ("ratio <= 5 lower", "2024-10: <=5", "- 5 0 0 on_schedule"),
        ("ratio <= 5 lower", "2024-10: >=5", "- 5 - - unknown"),
        ("ratio <= 5 lower", "2024-10: >=6", "- 5 -1 -1 behind"),
    ],
)
def test_bounds_are_judged_only_when_they_decide(target: str, figure: str, judgement: str) -> None:
    world = World(as_of="2025-01-28")
    world.target(target)
    world.figures(target.split()[0], figure)
    assert in_words(world.judge(), COLUMNS) == judgement


@pytest.mark.parametrize(
    ("one", "other", "status"),
    [
        ("6.5", "7", "on_schedule"),
        ("5.9", "6", "unknown"),
        ("5.9", "5.5", "slightly_behind"),
        ("4", "3", "behind"),
    ],
)
def test_a_dispute_is_unknown_only_where_it_leaves_the_status_open(one: str, other: str, status: str) -> None:
    world = World()
    world.target("growth >= 6")
    world.figures("growth", f"2024-10: {one}", file="one.csv")
    world.figures("growth", f"2024-10: {other}", file="other.csv")
    row = world.judge()
    assert (row["status"], row["data_state"]) == (status, "disputed")
    assert (row["actual"], row["gap"]) == (None, None)


@pytest.mark.parametrize(
    ("own", "peer", "status"),
    [
        ("8", "8", "on_schedule"),
        ("8", "8.1", "slightly_behind"),
        ("7.9", "5", "slightly_behind"),
        ("-0.1", "-5", "behind"),
    ],
)
def test_a_rule_set_may_look_at_the_peer(own: str, peer: str, status: str) -> None:
    world = World()
    world.target("growth >= 8 rules=peer@1")
    world.figures("growth", f"2024-10: {own}")
    world.figures("growth", f"2024-10: {peer}", region=PARENT)
    assert world.judge()["status"] == status


@pytest.mark.parametrize(
    ("own", "status"), [("3", "on_schedule"), ("-1", "on_schedule"), ("3.1", "slightly_behind")]
)
def test_shrinking_is_no_fault_of_a_cap(own: str, status: str) -> None:
    world = World()
    world.target("growth <= 3 rules=peer@1")
    world.figures("growth", f"2024-10: {own}")
    assert world.judge()["status"] == status


def test_without_a_peer_figure_its_condition_does_not_hold() -> None:
    world = World()
    world.target("growth >= 8 rules=peer@1")
    world.figures("growth", "2024-10: 8")
    assert world.judge()["status"] == "on_schedule"


def test_growth_is_never_made_from_levels() -> None:
    world = World(as_of="2025-02-10")
    world.target("growth >= 6")
    world.figures("total", "2023-12: 362.7, 2024-12: >=500")
    row = world.judge()
    assert (row["status"], row["data_state"], row["actual"]) == ("unknown", "never_delivered", None)


def test_two_targets_of_one_promise_are_judged_apart() -> None:
    world = World(as_of="2025-02-10")
    world.target("total >= 33", "a", indicator="trade", promise_id="p")
    world.target("growth >= 3", "b", indicator="trade", promise_id="p")
    world.figures("total", "2024-12: 33.2", indicator="trade")
    world.figures("growth", "2024-12: 2.9", indicator="trade")
    found = world.judge_all()
    assert [found[t, None]["status"] for t in "ab"] == ["achieved", "missed"]


def test_an_official_figure_counts_before_a_later_public_one() -> None:
    world = World()
    world.target("growth >= 6")
    world.figures("growth", "2024-10: 6", received="2024-11-01")
    world.figures("growth", "2024-10: 5", received="2024-11-20", provenance="public")
    assert world.judge()["status"] == "on_schedule"


def test_an_estimate_gives_way_to_an_earlier_preliminary_figure() -> None:
    world = World()
    world.target("growth >= 6")
    world.figures("growth", "2024-10: 5", received="2024-11-01")
    world.figures("growth", "2024-10: ~6", received="2024-11-20")
    assert world.judge()["actual"] == 5


def test_a_restated_figure_makes_a_new_assessment_and_keeps_the_old_one() -> None:
    world = World(as_of="2024-10-28")
    world.target("growth >= 6")
    world.figures("growth", "2024-08: 6, 2024-09: 6", received="2024-10-20")
    world.figures("growth", "2024-08: 5", received="2024-11-20", finality="revised", file="later.csv")
    connection = world.connection()
    judge_again(connection, "2024-10-28")
    judge_again(connection, "2024-11-28")
    said = connection.execute(
        "select as_of::text, status from assessment where period_end = '2024-08-31' order by as_of"
    ).fetchall()
    assert said == [("2024-10-28", "on_schedule"), ("2024-11-28", "slightly_behind")]
    assert assessments(connection, "mart.variance")["t", None]["periods_in_status"] == 1
