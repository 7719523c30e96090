"""The reference: one target and period at a time, in fractions, written from the rules and not from the SQL.

`judge(world)` gives, for every target of the world and every period with a figure, the columns in `JUDGED`.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import floor
from typing import Any

from tests.builders import Row, World
from tests.oracle.figures import Figure, Series, series

JUDGED = (
    "actual", "linear_share", "schedule_share", "schedule_basis", "expected", "gap", "gap_points", "severity",
    "completion", "reference_value", "status", "required", "required_per_period", "required_growth", "required_basis",
    "required_growth_low", "required_growth_high", "demanding_years", "demanding_of",
)  # fmt: skip
PACED = ("total", "level")


def printed(value: Fraction | int | None, places: int = 6) -> Decimal | None:
    """Rounded half up, away from zero."""
    if value is None:
        return None
    exact = Fraction(value)
    scaled = abs(exact) * 10**places
    whole = floor(scaled + Fraction(1, 2))
    return (
        (Decimal(whole) * (1 if exact >= 0 else -1))
        .scaleb(-places)
        .quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    )


def month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


@dataclass
class Case:
    """One target with all that is needed to judge one of its periods."""

    world: World
    target: Row
    period: date
    found: Figure
    out: dict[str, Any] = field(default_factory=dict)

    @property
    def indicator(self) -> Row:
        return next(
            r for r in self.world.rows["book_indicator"] if r["indicator"] == self.target["indicator"]
        )

    @property
    def months(self) -> tuple[int, int]:
        final = self.target["final_period"]
        total = (final.year - self.target["year"]) * 12 + final.month
        return (self.period.year - self.target["year"]) * 12 + self.period.month, total

    @property
    def sign(self) -> int:
        comparator, lower = self.target["comparator"], self.indicator["direction"] == "lower"
        if self.target["measure"] == "rank" or comparator in ("<=", "decrease"):
            return -1
        if comparator in (">=", "increase") or self.target["measure"] == "stage":
            return 1
        return -1 if lower else 1

    @property
    def value(self) -> Fraction | None:
        high = self.target["comparator"] == "range" and self.sign < 0
        number = self.target["value_high"] if high else self.target["target_value"]
        return None if number is None else Fraction(number)

    @property
    def limit(self) -> Fraction | None:
        if self.value is None or self.target["comparator"] != "~=":
            return self.value
        return self.value - self.sign * Fraction(self.target["tolerance"] or 0)

    @property
    def own(self) -> Series:
        return of(self.world, self.target)

    @property
    def is_floor_of_amount(self) -> bool:
        """`total ≥` or `level ≥`, with ≈ and ranges of the same side: what has a pace and can be reached early."""
        kind = self.target["kind"]
        return self.target["measure"] in PACED and self.sign > 0 and kind not in ("change", "relative")

    @property
    def is_final(self) -> bool:
        return self.period == self.target["final_period"] and self.found.finality != "estimate"


def basis_of(world: World, target: Row) -> str:
    own = next(r for r in world.rows["book_indicator"] if r["indicator"] == target["indicator"])["basis"]
    if target["measure"] in ("total", "growth") and own != "point":
        return "ytd"
    return "point" if target["measure"] in ("level", "stage") else str(own)


def of(world: World, target: Row) -> Series:
    return series(world, target["region"], target["indicator"], target["measure"], basis_of(world, target))


def judge(world: World) -> dict[tuple[str, date], dict[str, Any]]:
    """Every period with a figure of every target (one year long, no stages)."""
    judged = {}
    for target in world.rows["book_target"]:
        for period, found in of(world, target).counted().items():
            if date(target["year"], 1, 1) <= period <= target["final_period"]:
                judged[target["target_id"], period] = judge_one(Case(world, target, period, found))
    return judged


def judge_one(case: Case) -> dict[str, Any]:
    out = dict.fromkeys(JUDGED)
    elapsed, total = case.months
    out |= {
        "actual": None if case.found.is_disputed else printed(case.found.value),
        "linear_share": printed(Fraction(elapsed, total)),
    }
    if case.target["comparator"] is None:
        return out | {"status": "no_target"}
    if case.limit is None and case.target["kind"] not in ("relative", "change"):
        return out | {"status": "unknown"}
    expected, reference = _expect(case, out)
    values = sorted(set(case.found.rivals)) if case.found.is_disputed else [case.found.value]
    statuses = {_status(case, value, expected, reference) for value in {min(values), max(values)}}
    is_open = case.found.is_disputed and case.found.has_rival_bound
    out["status"] = "unknown" if is_open or len(statuses) > 1 else _decided(case, statuses.pop(), reference)
    if case.target["year_end_only"] and not case.is_final and out["status"] != "achieved":
        out["expected"] = None
    _write_gap(case, out, expected, reference)
    _write_completion(case, out, reference)
    _write_required(case, out)
    return out


def _expect(case: Case, out: dict[str, Any]) -> tuple[Fraction | None, Figure | None]:
    """The value expected by now and the figure it was taken from, if it was taken from one."""
    target, (elapsed, total) = case.target, case.months
    reference = _reference(case)
    base = reference.value if reference and not reference.is_disputed else None
    out["reference_value"] = None if base is None else printed(base)
    interim = _interim(case)
    expected: Fraction | None
    if target["kind"] == "relative":
        out["schedule_basis"] = "baseline"
        extra = Fraction(target["target_value"] or 0) - case.sign * Fraction(target["tolerance"] or 0)
        expected = None if base is None else base + extra
    elif target["kind"] == "change":
        out["schedule_basis"] = "baseline"
        held = case.sign * Fraction(target["tolerance"] or 0) if target["comparator"] == "hold" else 0
        step = Fraction(target["target_value"] or 0) * case.sign if target["comparator"] != "hold" else 0
        share = Fraction(elapsed, total) if basis_of(case.world, target) == "point" else 1
        expected = None if base is None else base - held + step * share
    elif interim is not None:
        out["schedule_basis"], expected = "interim", interim
    elif case.is_floor_of_amount and target["measure"] == "total":
        expected = _pace(case, out)
    elif case.is_floor_of_amount:
        out["schedule_basis"] = "line"
        sound = base if reference and not reference.bound else None
        assert case.limit is not None
        if case.period == target["final_period"]:
            expected = case.limit
        else:
            expected = None if sound is None else sound + (case.limit - sound) * Fraction(elapsed, total)
    else:
        expected = case.limit
    whole = case.indicator["whole_number"] and case.is_floor_of_amount and target["measure"] == "total"
    if whole and expected is not None:
        expected = Fraction(floor(expected))
    if case.is_floor_of_amount and target["measure"] == "total":
        seasonal = _seasonal(case)
        shown = seasonal if seasonal is not None else Fraction(elapsed, total)
        if interim is not None:
            shown = expected / case.limit if case.limit and expected is not None else None  # type: ignore[assignment]
        out["schedule_share"] = printed(shown)
    out["expected"] = printed(expected)
    return expected, reference if target["kind"] in ("relative", "change") else None


def _pace(case: Case, out: dict[str, Any]) -> Fraction:
    assert case.limit is not None
    seasonal = _seasonal(case)
    by_calendar = case.target["lumpy"] or _rule_set(case) == "linear@1"
    if seasonal is None or by_calendar:
        out["schedule_basis"] = "linear"
        return case.limit * Fraction(*case.months)
    out["schedule_basis"] = "seasonal"
    return case.limit * seasonal


def _earlier(case: Case) -> list[tuple[Fraction, Fraction]]:
    """Up to three complete typical earlier years, newest first: value at the month, value of the year."""
    atypical = str(case.indicator.get("atypical_years") or "").split("|")
    years = sorted(
        {f.period.year for f in case.own.versions if f.period.year < case.target["year"]}, reverse=True
    )
    pairs = [
        case.own.pair(month_end(year, case.period.month), month_end(year, case.target["final_period"].month))
        for year in years
        if str(year) not in atypical
    ]
    return [pair for pair in pairs if pair][:3]


def _seasonal(case: Case) -> Fraction | None:
    pairs = _earlier(case)
    if not pairs:
        return None
    mean = sum((part / whole for part, whole in pairs), Fraction(0)) / len(pairs)
    return Fraction(printed(mean) or 0)


def _interim(case: Case) -> Fraction | None:
    if case.period == case.target["final_period"] or case.target["kind"] in ("relative", "change"):
        return None
    points = [
        p
        for p in case.world.rows.get("book_schedule_point", [])
        if p["target_id"] == case.target["target_id"]
    ]
    due = [
        p
        for p in points
        if p["period_end"] == case.period or (case.target["lumpy"] and p["period_end"] < case.period)
    ]
    return Fraction(max(due, key=lambda p: p["period_end"])["value"]) if due else None


def _reference(case: Case) -> Figure | None:
    target = case.target
    if target["kind"] == "relative":
        referred = next(
            (t for t in case.world.rows["book_target"] if t["target_id"] == target["reference_target"]), None
        )
        return of(case.world, referred).at(case.period) if referred else None
    if target["kind"] == "change" or (target["measure"] == "level" and case.is_floor_of_amount):
        point = basis_of(case.world, target) == "point" or target["measure"] == "level"
        when = (
            date(target["year"] - 1, 12, 31) if point else month_end(case.period.year - 1, case.period.month)
        )
        return case.own.at(when)
    return None


def _rule_set(case: Case) -> str:
    choices = case.world.rows.get("book_rule_choice", [])
    mine = [c for c in choices if c["target_id"] == case.target["target_id"]]
    return str((mine or choices)[0]["rule_set"])


def _gap(case: Case, value: Fraction, expected: Fraction | None) -> Fraction | None:
    return None if expected is None else case.sign * (value - expected)


def _points(case: Case, gap: Fraction | None, reference: Figure | None) -> Fraction | None:
    if gap is None:
        return None
    if case.target["kind"] == "change":
        return gap / abs(reference.value) * 100 if reference and reference.value else None
    if case.target["measure"] in PACED:
        return gap / abs(case.value) * 100 if case.value else None
    return gap


def _is_reached(case: Case, value: Fraction) -> bool:
    return case.is_floor_of_amount and case.limit is not None and value >= case.limit


RED_BELOW = {"total": -5, "level": -5, "growth": -1, "ratio": Fraction(-1, 2), "relative": Fraction(-1, 2), "change": -5,
             "rank": -1, "external": Fraction(-1, 2)}  # fmt: skip


def _status(case: Case, value: Fraction, expected: Fraction | None, reference: Figure | None) -> str:
    gap = _gap(case, value, expected)
    if _is_reached(case, value):
        return "achieved"
    if case.is_final:
        return "unknown" if gap is None else "achieved" if gap >= 0 else "missed"
    if case.target["year_end_only"]:
        return "not_due"
    if gap is None:
        return "unknown"
    if gap >= 0:
        return "on_schedule"
    points = _points(case, gap, reference)
    is_red = case.target["nature"] == "约束性" and _rule_set(case) == "default@1"
    is_red = (
        is_red or points is None or _rule_set(case) == "linear@1" or points < RED_BELOW[case.target["kind"]]
    )
    is_free = case.target["lumpy"] and _interim(case) is None
    return "behind" if is_red and not is_free else "slightly_behind"


def _lean(case: Case, reference: Figure | None) -> set[int]:
    """On which sides the true figure may lie: 1 better, -1 worse."""
    sides = {">=": 1, "<=": -1}
    leans = set()
    if case.found.bound:
        leans.add(case.sign * sides[case.found.bound])
    if reference and reference.bound:
        leans.add(-case.sign * sides[reference.bound])
    return leans


def _decided(case: Case, status: str, reference: Figure | None) -> str:
    leans = _lean(case, reference)
    if not leans or status == "not_due":
        return status
    if leans == {1}:
        return status if status in ("achieved", "on_schedule") else "unknown"
    if leans == {-1}:
        return status if status in ("behind", "missed") else "unknown"
    return status if status == "achieved" and not case.found.bound else "unknown"


def _write_gap(case: Case, out: dict[str, Any], expected: Fraction | None, reference: Figure | None) -> None:
    if out["status"] in ("unknown", "not_due") or case.found.is_disputed:
        return
    gap = _gap(case, case.found.value, expected)
    if gap is None:
        return
    points = _points(case, gap, reference)
    scale = abs(Fraction(RED_BELOW[case.target["kind"]]))
    short = -gap if points is None else -points
    if out["status"] == "achieved":  # a target below zero can be reached while its calendar asks for more
        short = Fraction(0)
    out |= {
        "gap": printed(gap),
        "gap_points": printed(points),
        "severity": printed(max(Fraction(0), short / scale)),
    }


def _write_completion(case: Case, out: dict[str, Any], reference: Figure | None) -> None:
    if (
        case.target["measure"] in PACED
        and case.target["kind"] not in ("change", "relative")
        and case.value
        and not case.found.bound
        and not case.found.is_disputed
    ):
        out["completion"] = printed(case.found.value / case.value * 100)


def _write_required(case: Case, out: dict[str, Any]) -> None:
    exact = case.found.is_sound and case.period != case.target["final_period"]
    if not exact or case.sign < 0 or case.limit is None or case.target["kind"] in ("change", "relative"):
        return
    if case.is_floor_of_amount:
        _write_required_amount(case, out)
    elif case.target["kind"] == "growth":
        _write_required_growth(case, out)


def _write_required_amount(case: Case, out: dict[str, Any]) -> None:
    assert case.limit is not None
    left = max(Fraction(0), case.limit - case.found.value)
    months = [
        int(m)
        for m in next(
            r for r in case.world.rows["book_calendar"] if r["indicator"] == case.target["indicator"]
        )["months"].split("|")
    ]
    after = len(
        {
            m
            for m in (*months, case.target["final_period"].month)
            if case.period.month < m <= case.target["final_period"].month
        }
    )
    out |= {"required": printed(left), "required_per_period": printed(left / after) if after else None}
    if case.target["measure"] != "total" or left == 0:
        return
    last = case.own.pair(
        month_end(case.target["year"] - 1, case.period.month),
        month_end(case.target["year"] - 1, case.target["final_period"].month),
    )
    out["required_basis"] = "unknown"
    if last and last[1] > last[0]:
        rest = last[1] - last[0]
        out |= {"required_basis": "exact", "required_growth": printed((left / rest - 1) * 100)}
    if pairs := _earlier(case):
        out |= {
            "demanding_of": len(pairs),
            "demanding_years": sum(whole - part >= left for part, whole in pairs),
        }


def _write_required_growth(case: Case, out: dict[str, Any]) -> None:
    assert case.limit is not None
    out["required_basis"] = "unknown"
    growth = case.found.value
    half = next(Fraction(1, 2 * 10**n) for n in (1, 2, 3) if (growth * 10**n).denominator == 1 or n == 3)
    shares = _shares(case, case.target["indicator"])
    now = series(case.world, case.target["region"], case.target["indicator"], "total", "ytd").at(case.period)
    basis = "unknown"
    nominal = shares and now and now.is_sound and case.indicator["valuation"] == "nominal"
    if nominal and abs((now.value - shares[0]) * 100 - growth * shares[0]) <= half * shares[0]:  # type: ignore[union-attr,index]
        basis = "exact"
    if basis == "unknown":
        shares = _shares(case, case.indicator.get("proxy"))
        basis = "approximate" if shares else "unknown"
    if basis == "unknown" or shares is None or shares[1] <= shares[0]:
        return
    s = shares[0] / shares[1]
    need = [(case.limit - s * g) / (1 - s) for g in (growth, growth + half, growth - half)]
    out |= {
        "required_basis": basis,
        "required_growth": printed(need[0]),
        "required_growth_low": printed(need[1]),
        "required_growth_high": printed(need[2]),
    }


def _shares(case: Case, indicator: str | None) -> tuple[Fraction, Fraction] | None:
    own = series(case.world, case.target["region"], indicator, "total", "ytd")
    year = case.target["year"] - 1
    return own.pair(month_end(year, case.period.month), month_end(year, case.target["final_period"].month))
