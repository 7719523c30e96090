"""What must hold for any series: no look ahead, monotone, free of scale, order and company."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forecast_series import Origin, Series, flow, run

ORIGIN = ("watched", 2023, 6)
FEW = settings(max_examples=5, deadline=None)
KINDS = st.sampled_from(["flow_total", "growth", "level", "ratio"])


def company(seed: int, kind: str = "flow_total") -> list[Series]:
    """The watched series up to June 2023 among others with more history."""
    others = [flow(f"s{n}", years=range(2014 + n, 2024), seed=seed, noise=0.03 * n) for n in range(1, 6)]
    watched = flow("watched", years=range(2018, 2024), seed=seed, growth=0.1)
    return [replace(one, kind=kind) for one in (*others, until(watched, 2023, 6))]


def until(series: Series, year: int, month: int) -> Series:
    values = {period: value for period, value in series.values.items() if period <= (year, month)}
    return replace(series, values=values)


def with_actual(series: list[Series], actual: float) -> list[Series]:
    return [
        replace(one, values={**one.values, (2023, 6): actual}) if one.series_id == "watched" else one
        for one in series
    ]


@FEW
@given(seed=st.integers(0, 10**6), kind=KINDS, factors=st.lists(st.floats(-0.5, 3), min_size=2, max_size=2))
def test_a_better_figure_never_lowers_forecast_or_probability(
    seed: int, kind: str, factors: list[float]
) -> None:
    series = company(seed, kind)
    base = series[-1].values[2023, 6]
    targets = [(*ORIGIN, base * share, "higher") for share in (0.1, 0.5, 0.98, 1.0, 1.5, 2.0, 2.2, 4.0)]
    worse, better = (run(with_actual(series, base * f), [ORIGIN], targets)[ORIGIN] for f in sorted(factors))
    for column in ("low", "forecast", "high"):
        assert worse[column] <= better[column] + 1e-9
    for limit, probability in worse["probability"].items():
        assert probability <= better["probability"][limit] + 1e-12


LADDER = [-0.5, *(round(0.02 * 1.15**step, 4) for step in range(40))]


@pytest.mark.parametrize(
    ("months", "month"), [((3, 6, 9, 12), 3), ((3, 6, 9, 12), 9), (range(1, 13), 1), (range(2, 13), 4)]
)
@pytest.mark.parametrize("kind", ["flow_total", "level"])
def test_no_step_up_a_fine_ladder_of_figures_lowers_anything(
    months: Sequence[int], month: int, kind: str
) -> None:
    """From a collapse to a fivefold figure, the first of its year among them: the interval widens, and no end turns back."""
    past = flow("past", years=range(2018, 2024), months=months, growth=0.1)
    known, usual_figure = until(past, 2023, month).values, past.values[2023, month]
    series = [Series(f"{factor}", {**known, (2023, month): usual_figure * factor}, kind) for factor in LADDER]
    limits = [past.values[2022, 12] * share for share in (0.02, 0.2, 0.5, 0.8, 1.0, 1.25, 2.0, 5.0, 30.0)]
    targets = [(one.series_id, 2023, month, limit, "higher") for one in series for limit in limits]
    rows = run(series, [(one.series_id, 2023, month) for one in series], targets)
    ladder = [rows[one.series_id, 2023, month] for one in series]
    for worse, better in pairwise(ladder):
        for column in ("low", "forecast", "high"):
            assert worse[column] <= better[column] + 1e-9
        for limit, probability in worse["probability"].items():
            assert probability <= better["probability"][limit] + 1e-9
    usual = ladder[LADDER.index(min(LADDER, key=lambda factor: abs(factor - 1)))]
    assert ladder[-1]["reach"] > usual["reach"]


@FEW
@given(seed=st.integers(0, 10**6), scale=st.sampled_from([0.5, 3.0, 10_000.0]))
def test_scaling_figures_and_target_together_changes_nothing(seed: int, scale: float) -> None:
    plain = company(seed)
    target = plain[-1].values[2022, 12] * 1.05
    scaled = [
        replace(one, values={period: value * scale for period, value in one.values.items()})
        if one.series_id == "watched"
        else one
        for one in plain
    ]
    before = run(plain, [ORIGIN], [(*ORIGIN, target, "higher")])[ORIGIN]
    after = run(scaled, [ORIGIN], [(*ORIGIN, target * scale, "higher")])[ORIGIN]
    assert after["forecast"] == pytest.approx(before["forecast"] * scale, rel=1e-6)
    assert [*after["probability"].values()] == pytest.approx([*before["probability"].values()], abs=1e-5)


@FEW
@given(seed=st.integers(0, 10**6))
def test_figures_after_the_origin_do_not_matter(seed: int) -> None:
    whole = company(seed)[:-1] + [flow("watched", years=range(2018, 2025), seed=seed, growth=0.1)]
    known = [until(one, 2023, 6) for one in whole]
    origins = [(one.series_id, 2023, 6) for one in whole] + [(one.series_id, 2021, 9) for one in whole]
    assert run(whole, origins) == run(known, origins)


@FEW
@given(seed=st.integers(0, 10**6))
def test_an_origin_is_forecast_the_same_whatever_else_is_asked(seed: int) -> None:
    series = [flow("watched", years=range(2015, 2024), seed=seed), *company(seed)[:-1]]
    many = [("watched", year, month) for year in (2020, 2021, 2022) for month in range(2, 12)]
    together = run(series, many)
    for origin in random.Random(seed).sample(many, 3):
        assert run(series, [origin])[origin] == together[origin]


@FEW
@given(seed=st.integers(0, 10**6))
def test_the_order_of_rows_does_not_matter(seed: int) -> None:
    series = company(seed)
    origins = [(one.series_id, 2022, month) for one in series for month in (3, 8)]
    assert run(series, origins) == run(shuffled(series, seed), list(reversed(origins)))


def shuffled(series: list[Series], seed: int) -> list[Series]:
    draw = random.Random(seed)
    mixed = [
        replace(one, values=dict(draw.sample(sorted(one.values.items()), len(one.values)))) for one in series
    ]
    return draw.sample(mixed, len(mixed))


def test_restless_series_get_wider_intervals() -> None:
    calm = flow("calm", years=range(2016, 2024), noise=0.01)
    wild = flow("wild", years=range(2016, 2024), noise=0.3)
    rows: dict[Origin, dict[str, Any]] = run([calm, wild], [("calm", 2023, 6), ("wild", 2023, 6)])
    assert rows["calm", 2023, 6]["spread"] * 3 < rows["wild", 2023, 6]["spread"]


def test_intervals_narrow_towards_the_year_end() -> None:
    series = [flow(f"s{n}", years=range(2014, 2024), seed=n) for n in range(8)]
    rows = run(series, [("s0", 2023, month) for month in (3, 6, 9, 11)])
    spreads = [rows["s0", 2023, month]["spread"] for month in (3, 6, 9, 11)]
    assert spreads == sorted(spreads, reverse=True)


def test_four_in_five_years_end_within_the_interval() -> None:
    series = [flow(f"s{n}", years=range(2010, 2024), seed=n, noise=0.02 + 0.01 * n) for n in range(20)]
    origins = [(one.series_id, year, 6) for one in series for year in range(2016, 2024)]
    rows = run(series, origins)
    actual = {(one.series_id, year): one.values[year, 12] for one in series for year in range(2016, 2024)}
    inside = [rows[key]["low"] <= actual[key[0], key[1]] <= rows[key]["high"] for key in origins]
    assert 0.7 <= sum(inside) / len(inside) <= 0.9
