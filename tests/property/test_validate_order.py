"""The outcome of the gate depends on what was delivered when, never on how it was put into runs or in which order."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pandas as pd
import plain_gate
from gate_rows import SUBJECTS, figure, rows
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations import gate
from expectations.gate import Expectation, Failure
from expectations.observations import SUITE
from flows.known import Past, Row, World
from flows.objections import is_accepted, problems
from flows.sift import Ask, sift
from models.delivery import Candidate, rejection_id

Outcome = dict[tuple[str, int], tuple[bool, tuple[str, ...]]]

# What offices do: mostly right, now and then the wrong unit, a lost zero, a figure of the month, an old figure.
SLIPS = st.sampled_from([1.0] * 8 + [10_000.0, 0.0001, 1000.0, 0.1, 10.0, 0.5, 0.85, 0.0])
KINDS = st.sampled_from(["retail ytd", "retail month", "retail growth ytd", "jobs ytd", "sewage ratio ytd"])


@st.composite
def figures(draw: st.DrawFn) -> Candidate:
    kind = draw(KINDS)
    year, month = draw(st.integers(2023, 2024)), draw(st.integers(1, 12))
    level = {
        "retail ytd": 10.0 * month,
        "retail month": 10.0,
        "retail growth ytd": 5.0,
        "jobs ytd": 400.0 * month,
    }
    value = level.get(kind, 90.0) * draw(SLIPS) * (1 + draw(st.integers(-3, 3)) / 100)
    return figure(f"{kind} {year}-{month:02}", f"{value:.2f}")


@st.composite
def deliveries(draw: st.DrawFn) -> list[list[Row]]:
    """A few deliveries, in the order in which they were received; several may come on one day."""
    sent = draw(st.lists(st.lists(figures(), min_size=1, max_size=6), min_size=2, max_size=7))
    day = date(2024, 6, 1)
    made = []
    for number, candidates in enumerate(sent):
        day += timedelta(days=draw(st.integers(0, 60)))
        made.append(rows(f"d{number}", day, *candidates))
    return made


def outcome(delivered: list[Row], world: World, ask: Ask = plain_gate.ask) -> Outcome:
    findings = sift(delivered, world, ask=ask)
    said = {}
    for place, row in enumerate(delivered):
        words = tuple(f"{p.rule}: {p.message}{p.advice}" for p in problems(place, row.candidate, findings))
        said[row.delivery_id, row.candidate.row] = (is_accepted(place, findings), words)
    return said


def kept(delivered: list[Row], said: Outcome, world: World) -> list[Past]:
    """What the warehouse would show of a delivery to later ones: accepted or released, unless withdrawn."""
    return [
        Past(
            row.delivery_id, row.received, row.sha256, c.region, c.indicator, c.measure, c.basis, c.period_end,
            str(c.value), c.bound,
        )
        for row in delivered
        for c in [row.candidate]
        if row.delivery_id not in world.withdrawn
        and (said[row.delivery_id, c.row][0] or released(row, said, world))
    ]  # fmt: skip


def released(row: Row, said: Outcome, world: World) -> bool:
    rule = said[row.delivery_id, row.candidate.row][1][0].split(":")[0]
    c = row.candidate
    return rejection_id(row.delivery_id, rule, sheet=c.sheet, row=c.row, column=c.column) in world.released


def one_by_one(sent: list[list[Row]], decided: World, ask: Ask = plain_gate.ask) -> Outcome:
    said: Outcome = {}
    past: list[Past] = []
    for delivered in sent:
        fresh = outcome(delivered, replace(decided, past=tuple(past)), ask)
        past += kept(delivered, fresh, decided)
        said |= fresh
    return said


@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_the_gate_says_what_a_plain_reading_of_the_suite_says(data: st.DataObject) -> None:
    """Which is why the plain reading may stand in for it below, where hundreds of runs are compared."""
    columns = sorted({str(item.arguments["column"]) for item in SUITE})
    bounds = [
        b
        for item in SUITE
        for b in (item.arguments.get("min_value"), item.arguments.get("max_value"))
        if b is not None
    ]
    cells = st.one_of(st.none(), st.sampled_from(bounds), st.floats(-200, 200, allow_nan=False))
    lines = data.draw(st.lists(st.fixed_dictionaries(dict.fromkeys(columns, cells)), min_size=1, max_size=8))
    frame = pd.DataFrame(lines, columns=columns, dtype="float64")
    assert gate.run(frame, SUITE) == plain_gate.ask(frame, SUITE)


def test_a_year_of_monthly_files_at_once_equals_a_run_a_month() -> None:
    """The same with the gate itself: twelve files, two of them wrong."""
    values = ["20", "31", "43", "540000", "66", "78", "8", "102", "114", "126", "138"]
    sent = [
        rows(
            f"d{month}",
            date(2024, month, 20) + timedelta(days=31),
            figure(f"retail ytd 2024-{month:02}", value),
        )
        for month, value in enumerate(values, 2)
    ]
    together = [row for delivered in reversed(sent) for row in delivered]
    world = World(subjects=SUBJECTS)
    said = outcome(together, world, gate.run)
    assert said == one_by_one(sent, world, gate.run)
    assert [name for (name, _), (accepted, _) in said.items() if not accepted] == ["d8", "d5"]


def test_the_gate_is_asked_once_however_many_files_there_are() -> None:
    """And once more only about the series in which something fell, not about all."""
    asked: list[int] = []

    def ask(frame: pd.DataFrame, suite: Sequence[Expectation]) -> list[Failure]:
        asked.append(len(frame))
        return plain_gate.ask(frame, suite)

    sent = [
        row
        for place in range(300)
        for row in rows(
            f"d{place}", date(2024, 6, 20), figure("retail ytd 2024-05", "54", region=f"{place:06}")
        )
    ]
    sift(sent, World(subjects=SUBJECTS), ask=ask)
    assert asked == [300]
    wrong = rows("e", date(2024, 7, 20), figure("retail ytd 2024-06", "660000", region="000007"))
    sift(sent + wrong, World(subjects=SUBJECTS), ask=ask)
    assert asked == [300, 301, 2]


@settings(max_examples=10, deadline=None)
@given(sent=deliveries(), seed=st.integers(0, 1000))
def test_one_run_with_all_files_equals_a_run_for_each(sent: list[list[Row]], seed: int) -> None:
    together = [row for delivered in sent for row in delivered]
    random.Random(seed).shuffle(together)
    undecided = World(subjects=SUBJECTS)
    assert outcome(together, undecided) == one_by_one(sent, undecided)


@settings(max_examples=8, deadline=None)
@given(sent=deliveries(), seed=st.integers(0, 1000))
def test_so_it_does_with_decisions_of_people(sent: list[list[Row]], seed: int) -> None:
    """As in a rebuild: every file again at once, under the decisions that were made meanwhile."""
    chance = random.Random(seed)
    together = [row for delivered in sent for row in delivered]
    first = outcome(together, World(subjects=SUBJECTS))
    objections = [
        rejection_id(row.delivery_id, words[0].split(":")[0], sheet="", row=row.candidate.row, column="数值")
        for row in together
        for accepted, words in [first[row.delivery_id, row.candidate.row]]
        if not accepted and not words[0].startswith("same_key")
    ]
    decided = World(
        subjects=SUBJECTS,
        released=frozenset(chance.sample(objections, len(objections) // 2)),
        withdrawn=frozenset(chance.sample(["d0", "d1"], 1)),
    )
    assert outcome(together, decided) == one_by_one(sent, decided)
