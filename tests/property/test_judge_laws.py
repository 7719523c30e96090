"""What must hold of every judgement: a better actual is never worse, scale and order do not matter."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from flows.checks import statements
from flows.judge import judge_on, work_out
from models.assessment import Status
from tests.builders import Row, World
from tests.property.test_judge_agrees_with_oracle import cases, world_of

GREY = {Status.UNKNOWN, Status.NOT_DUE, Status.NO_PLAN, Status.NO_TARGET}
CALM = settings(max_examples=10, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
TARGETS = (
    "total >= {v}", "total >= {v} whole", "total >= {v} binding", "total >= {v} lumpy", "total >= {v} year_end",
    "total >= {v} rules=linear@1", "total ~= {v} tolerance=2", "total <= {v}", "level >= {v}", "level <= {v}",
    "growth >= {v}", "growth <= {v}", "growth range {v} 99", "growth ~= {v} tolerance=0.3 lower", "ratio >= {v}",
    "ratio <= {v} lower", "rank <= {v}", "growth relative reference=r", "ratio increase", "ratio decrease lower",
    "ratio hold", "growth >= {v} rules=peer@1", "growth <= {v} rules=peer@1", "growth external {v}", "stage",
    "total external {v}", "total increase", "level hold", "level decrease lower", "total ~= {v} tolerance=2 lower",
)  # fmt: skip
HISTORY = {
    "total": "2021-06: 9, 2021-09: 14, 2021-12: 20, 2022-06: 10, 2022-09: 15, 2022-12: 22, 2023-06: 10.5, 2023-09: 16, 2023-12: 23",
    "growth": "2021-06: 6, 2021-09: 5.5, 2021-12: 5.8, 2022-06: 4, 2022-09: 4.4, 2022-12: 4.2, 2023-06: 5, 2023-09: 5.1, 2023-12: 5.6",
}  # fmt: skip
HISTORY |= {"level": HISTORY["total"], "ratio": HISTORY["total"], "rank": "", "stage": ""}


def ladders(value: Decimal, period: str, actuals: list[Decimal]) -> dict[str, list[Row]]:
    """Every kind of target with one actual after another, from the worst to the best."""
    world = World(as_of="2025-01-28")
    world.target("growth >= 5", "r", indicator="reference")
    world.figures("growth", f"{period}: 5", indicator="reference")
    for kind, text in enumerate(TARGETS):
        for step, actual in enumerate(_from_worst(text, actuals)):
            _climb(world, text.format(v=value), f"{kind}-{step}", f"{period}: {actual}")
    found = world.judge_all()
    steps = range(len(set(actuals)))
    return {text: [found[f"t{kind}-{step}", None] for step in steps] for kind, text in enumerate(TARGETS)}


def _from_worst(text: str, actuals: list[Decimal]) -> list[Decimal]:
    is_cap = any(word in text.split() for word in ("<=", "lower", "decrease"))
    return sorted(set(actuals), reverse=is_cap)


def _climb(world: World, text: str, name: str, figure: str) -> None:
    measure = text.split()[0]
    world.target(text, f"t{name}", indicator=f"i{name}")
    if measure == "stage":
        world.points("2024-05: 1, 2024-08: 1, 2024-11: 1", f"t{name}", stages=True)
    world.figures(measure, ", ".join(filter(None, (HISTORY[measure], figure))), indicator=f"i{name}")


@CALM
@given(
    value=st.integers(0, 25).map(Decimal),
    period=st.sampled_from(["2024-06", "2024-09", "2024-12"]),
    actuals=st.lists(
        st.decimals(-5, 40, places=2) | st.integers(0, 25).map(Decimal), min_size=6, max_size=10
    ),
)
def test_a_better_actual_is_never_judged_worse(value: Decimal, period: str, actuals: list[Decimal]) -> None:
    for text, rows in ladders(value, period, actuals).items():
        for worse, better in zip(rows, rows[1:], strict=False):
            _is_no_worse(text, worse, better)


def _is_no_worse(text: str, worse: Row, better: Row) -> None:
    where = (text, worse["actual"], better["actual"])
    before, after = Status(worse["status"]), Status(better["status"])
    assert after is Status.ACHIEVED or before is not Status.ACHIEVED, where
    if before not in GREY and after not in GREY:
        assert after.rank <= before.rank, (*where, before, after)
    for name in ("gap", "probability"):
        if worse[name] is not None and better[name] is not None and text != "stage":
            assert better[name] >= worse[name] - Decimal("0.000001"), (*where, name)


AMOUNTS = (
    "total >= {v}",
    "total >= {v} lumpy",
    "total ~= {v} tolerance=2",
    "total <= {v}",
    "level >= {v}",
    "level <= {v}",
)


@CALM
@given(
    texts=st.lists(st.sampled_from(AMOUNTS), min_size=5, max_size=12),
    value=st.decimals(1, 25, places=1),
    actual=st.decimals(0, 40, places=2),
    factor=st.sampled_from([Decimal("0.1"), Decimal(3), Decimal(1000)]),
)
def test_scaling_target_and_figures_together_changes_no_judgement(
    texts: list[str], value: Decimal, actual: Decimal, factor: Decimal
) -> None:
    pair = [_scaled(texts, value, actual, Decimal(1)), _scaled(texts, value, actual, factor)]
    for name in (
        "status",
        "schedule_share",
        "gap_points",
        "severity",
        "completion",
        "required_growth",
        "outlook",
    ):
        assert [row[name] for row in pair[0]] == [row[name] for row in pair[1]], name
    for one, other in zip(*pair, strict=True):
        assert one["probability"] == other["probability"] or abs(
            one["probability"] - other["probability"]
        ) < Decimal("0.0001")


def _scaled(texts: list[str], value: Decimal, actual: Decimal, factor: Decimal) -> list[Row]:
    world = World()
    for number, text in enumerate(texts):
        indicator, measure = f"i{number}", text.split()[0]
        words = text.format(v=value * factor).replace("tolerance=2", f"tolerance={2 * factor}")
        world.target(words, f"t{number}", indicator=indicator)
        past = ", ".join(
            f"{part.split(':')[0]}: {Decimal(part.split(':')[1].strip()) * factor}"
            for part in HISTORY[measure].split(", ")
        )
        world.figures(measure, f"{past}, 2024-09: {actual * factor}", indicator=indicator)
    found = world.judge_all()
    return [found[f"t{number}", None] for number in range(len(texts))]


@CALM
@given(st.lists(cases, min_size=10, max_size=20), st.integers())
def test_the_order_of_rows_and_files_never_matters(batch: list[tuple[Any, ...]], seed: int) -> None:
    world = world_of(batch, "2024-11-28")
    straight = world.judge_all()
    shuffle = random.Random(seed)
    for rows in world.rows.values():
        shuffle.shuffle(rows)
    assert world.judge_all() == straight


@CALM
@given(st.lists(cases, min_size=10, max_size=20))
def test_the_figure_that_is_judged_is_the_one_that_is_published(batch: list[tuple[Any, ...]]) -> None:
    connection = world_of(batch, "2025-02-10").connection()
    work_out(connection)
    differing = connection.execute(
        """select series.indicator, known.period_end, amount(known.value_micro), counted.value
        from judge_known as known
        inner join judge_series as series using (series_no)
        left join staging.counted as counted
            on counted.region = series.region and counted.indicator = series.indicator
            and counted.measure = series.measure and counted.basis = series.basis
            and counted.period_end = known.period_end
        where row(amount(known.value_micro), known.bound, known.is_disputed, known.delivery_id)
            is distinct from row(counted.value, nullif(counted.bound, ''), counted.is_disputed, counted.delivery_id)"""
    ).fetchall()
    assert differing == []


CHECKS = (
    "gap_is_actual_against_expected",
    "severity_is_shortfall_by_scale",
    "completion_is_actual_over_target",
    "required_is_what_is_left",
    "status_names_its_rules",
)


@CALM
@given(st.lists(cases, min_size=20, max_size=40))
def test_what_is_judged_passes_the_checks_that_stop_a_publication(batch: list[tuple[Any, ...]]) -> None:
    world = world_of(batch, "2024-11-28")
    world.target("stage", "late", indicator="late")  # days have no points
    world.points("2024-05: 1, 2024-08: 1", "late", stages=True)
    world.figures("stage", "2024-10: 0", indicator="late")
    world.target("total >= 1.5", "half", indicator="half")  # 1.5 × 0.333333 ends in half a digit
    world.figures("total", "2023-10: 1, 2023-12: 3, 2024-10: 0.7", indicator="half")
    connection = world.connection()
    judge_on(connection)
    broken = {name: connection.execute(statements()[name]).fetchall() for name in CHECKS}
    assert not any(broken.values()), broken
