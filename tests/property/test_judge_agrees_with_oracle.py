"""Random books and series: the SQL and the slow reference say the same to the last printed digit."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.builders import World
from tests.oracle.judging import JUDGED, judge

TARGETS = (
    "total >= {v}", "total >= {v} whole", "total >= {v} binding", "total >= {v} lumpy", "total >= {v} year_end",
    "total >= {v} rules=linear@1", "total ~= {v} tolerance=2", "total <= {v}", "total >= {v} final=2024-06",
    "level >= {v}", "level <= {v}", "growth >= {v}", "growth >= {v} binding", "growth <= {v}", "growth range {v} 99",
    "growth ~= {v} tolerance=0.3", "growth ~= {v} tolerance=0.3 lower", "ratio >= {v}", "ratio <= {v} lower",
    "ratio range -9 {v} lower", "rank <= {v}", "growth relative reference=r", "growth relative 1 reference=r tolerance=0.2",
    "ratio increase", "ratio decrease lower", "ratio hold", "ratio hold lower", "total increase", "total external {v}",
    "ratio external", "total", "growth >= {v} rules=linear@1", "growth >= {v} year_end",
)  # fmt: skip
numbers = (
    st.integers(-3, 30).map(str)
    | st.decimals(-2, 30, places=1).map(str)
    | st.decimals(0, 30, places=3).map(str)
)
marks = st.sampled_from(["", "", "", "", "", ">=", "<=", "~", "!"])
months = st.sampled_from(["02", "03", "06", "09", "10", "12"])
years = st.sampled_from(["2024", "2024", "2023", "2023", "2022", "2021", "2020"])
received = st.sampled_from(["2024-01-15", "2024-01-15", "2024-07-15", "2025-01-15", "2025-03-15"])
deliveries = st.lists(
    st.tuples(
        received,
        st.sampled_from(["official", "official", "public"]),
        st.sampled_from(["preliminary", "preliminary", "revised"]),
        st.dictionaries(st.tuples(years, months), st.tuples(marks, numbers), min_size=1, max_size=14),
    ),
    min_size=1,
    max_size=3,
)
cases = st.tuples(
    st.sampled_from(TARGETS),
    st.integers(0, 20) | st.decimals(0, 20, places=1),
    deliveries,
    st.dictionaries(months, numbers, max_size=1),
    st.booleans(),
)


def fill(world: World, number: int, case: tuple[Any, ...]) -> None:
    text, value, sent, points, has_totals = case
    indicator, target_id = f"i{number}", f"t{number}"
    world.indicator(indicator, **_indicator(text), atypical_years="2022" if number % 3 == 0 else None)
    world.target(text.format(v=value), target_id, indicator=indicator)
    world.points(", ".join(f"2024-{month}: {value}" for month, value in points.items()), target_id)
    measure = text.split()[0]
    for order, (day, provenance, finality, figures) in enumerate(sent):
        for name in {measure, "total"} if measure == "growth" and has_totals else {measure}:
            told = ", ".join(f"{y}-{m}: {mark}{v}" for (y, m), (mark, v) in figures.items())
            world.figures(name, told, indicator=indicator, received=day, provenance=provenance, finality=finality, file=f"{number}-{order}.csv")  # fmt: skip


def _indicator(text: str) -> dict[str, Any]:
    point = text.split()[0] in ("level", "ratio", "rank")
    return {
        "basis": "point" if point else "ytd",
        "direction": "lower" if "lower" in text.split() else "higher",
        "whole_number": "whole" in text.split(),
        "proxy": "i0" if "growth" in text else None,
    }


def world_of(batch: list[tuple[Any, ...]], as_of: str) -> World:
    world = World(as_of=as_of)
    world.target("growth >= 5", "r", indicator="reference")
    world.figures(
        "growth", "2024-03: 4, 2024-06: >=5, 2024-09: 6, 2024-10: <=5, 2024-12: 5.5", indicator="reference"
    )
    for number, case in enumerate(batch):
        fill(world, number, case)
    return world


# A failure is shown as the one target that differs, so shrinking the whole batch would only cost time.
@settings(max_examples=15, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.lists(cases, min_size=20, max_size=40), st.sampled_from(["2024-11-28", "2025-02-10"]))
def test_judging_agrees_with_the_reference(batch: list[tuple[Any, ...]], as_of: str) -> None:
    world = world_of(batch, as_of)
    told = judge(world)
    found = world.judge_all()
    differing = {
        (key, name): (expected[name], found[key][name])
        for key, expected in told.items()
        for name in JUDGED
        if expected[name] != found[key][name]
    }
    assert not differing, _shown(world, differing)
    assert {key for key in found if isinstance(key[1], date)} == set(told)


def _shown(world: World, differing: dict[Any, Any]) -> str:
    (target_id, period), name = next(iter(differing))
    target = next(t for t in world.rows["book_target"] if t["target_id"] == target_id)
    figures = [(str(r["period_end"]), r["measure"], r["bound"] + str(r["value"]), r["delivery_id"]) for r in world.rows["observation"] if r["indicator"] == target["indicator"]]  # fmt: skip
    expected, found = differing[(target_id, period), name]
    return f"{target['printed']} {period} {name}: reference {expected}, SQL {found}\n{figures}"
