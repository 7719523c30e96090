"""Short ways to say what an office delivered, for the tests of the gate. No files: rows as a reader gives them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import plain_gate

from flows.known import Aim, Office, Past, Row, Subject, World
from flows.objections import is_accepted, problems
from flows.sift import Ask, sift
from models.delivery import Candidate, Delivery, Finality, Problem, Provenance, RawFile, Reading, SideFile
from models.period import month_end

SUBJECTS = (
    Subject("retail", "社会消费品零售总额", False, tuple(range(2, 13)), "", "statistics"),
    Subject("jobs", "城镇新增就业", True, tuple(range(2, 13))),
    Subject("gdp", "地区生产总值", False, (3, 6, 9, 12)),
    Subject("sewage", "污水处理率", False, (), "100"),
    Subject("wishes", "重点民生实事", True, (), "15"),
    Subject("debt", "债务率", False, ()),
    Subject("air", "空气质量优良天数", True, (), "days_in_year"),
)
OFFICES = (
    Office("statistics", "500104", "区统计局"),
    Office("commerce", "500104", "区商务委"),
    Office("cq_statistics", "500000", "重庆市统计局"),
)


def aim(text: str, value: str, *, is_cap: bool = False, is_loose: bool = False) -> Aim:
    """`aim("retail 2024", "300")`, `aim("sewage ratio 2024", "98")`: a year's target."""
    indicator, *measure, year = text.split()
    return Aim(
        "500104", indicator, measure[0] if measure else "total", int(year), Decimal(value), is_cap, is_loose
    )


def figure(text: str, value: str, **changes: object) -> Candidate:
    """`figure("retail ytd 2024-03", "31")`, `figure("retail growth ytd 2024-03", "4.1")`: one candidate."""
    indicator, *measure, basis, period = text.split()
    year, month = map(int, period.split("-"))
    kind = measure[0] if measure else "total"
    unit = "%" if kind in ("growth", "ratio") else {"jobs": "人", "air": "天"}.get(indicator, "亿元")
    made = Candidate(
        file="a.csv", sheet="", row=2, column="数值", region="500104", indicator=indicator, measure=kind,
        basis=basis, period_end=month_end(year, month), value=Decimal(value), unit=unit, printed=value,
    )  # fmt: skip
    return made._replace(**changes)  # type: ignore[arg-type]


def numbered(*candidates: Candidate) -> tuple[Candidate, ...]:
    """The candidates as rows 2, 3, … of one file."""
    return tuple(item._replace(row=row) for row, item in enumerate(candidates, 2))


def rows(
    name: str, received: date, *candidates: Candidate, finality: str = "preliminary", office: str = ""
) -> list[Row]:
    """One delivery's rows, numbered in order."""
    return [Row(name, received, f"sha-{name}", finality, item, office) for item in numbered(*candidates)]


def past(*candidates: Candidate, name: str = "p", received: date = date(2024, 1, 20)) -> tuple[Past, ...]:
    """Figures of an earlier delivery that stand."""
    return tuple(
        Past(name, received, f"sha-{name}", c.region, c.indicator, c.measure, c.basis, c.period_end, str(c.value), c.bound)
        for c in candidates
    )  # fmt: skip


def series(text: str, values: str) -> tuple[Candidate, ...]:
    """`series("retail ytd 2023-02", "19 28")`: one figure a month from there."""
    *words, period = text.split()
    year, month = map(int, period.split("-"))
    months = ((year * 12 + month - 1 + place, value) for place, value in enumerate(values.split()))
    return tuple(figure(" ".join([*words, f"{m // 12}-{m % 12 + 1:02}"]), value) for m, value in months)


def judged(
    delivered: Sequence[Row],
    *,
    known: tuple[Past, ...] = (),
    released: frozenset[str] = frozenset(),
    withdrawn: frozenset[str] = frozenset(),
    aims: tuple[Aim, ...] = (),
    ask: Ask = plain_gate.ask,
) -> dict[tuple[str, int], tuple[bool, list[Problem]]]:
    """(delivery, row) → whether the figure was accepted, and what was said of it.

    The suite is read plainly, which tests/property/test_validate_order.py holds equal to the gate.
    """
    findings = sift(delivered, World(known, SUBJECTS, released, withdrawn, aims, OFFICES), ask=ask)
    return {
        (row.delivery_id, row.candidate.row): (
            is_accepted(place, findings),
            problems(place, row.candidate, findings),
        )
        for place, row in enumerate(delivered)
    }


def said_of(
    candidate: Candidate,
    *,
    known: tuple[Past, ...] = (),
    received: date = date(2024, 12, 31),
    finality: str = "preliminary",
    office: str = "",
    aims: tuple[Aim, ...] = (),
) -> list[tuple[str, str]]:
    """What is said of one figure delivered alone: (severity, rule)."""
    sent = rows("d", received, candidate, finality=finality, office=office)
    _, found = next(iter(judged(sent, known=known, aims=aims).values()))
    return [(str(problem.severity), problem.rule) for problem in found]


def delivery(
    name: str, received: date, *candidates: Candidate, problems: tuple[Problem, ...] = ()
) -> Delivery:
    """A delivery as receive hands it over."""
    side = SideFile("500104", "statistics", received, Provenance.OFFICIAL, Finality.PRELIMINARY)
    return Delivery(
        RawFile(f"{name}.csv", f"sha-{name}", 1, side),
        Reading(f"{name}.csv", candidates=candidates, problems=problems),
    )
