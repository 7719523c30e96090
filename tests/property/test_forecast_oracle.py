"""The SQL agrees with the slow oracle on random series of every kind, with gaps, odd years and changes of sign."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forecast_oracle import Oracle
from tests.forecast_series import Series, flow, run

KINDS = ("flow_total", "flow_total", "flow_total", "growth", "level", "ratio")


def odd_series(draw: random.Random, number: int) -> Series:
    """A flow made odd: quarterly, without January, with lost figures, restated falls, negatives, an atypical year."""
    months = draw.choice([range(1, 13), range(2, 13), (3, 6, 9, 12)])
    first = draw.randint(2014, 2020)
    one = flow(
        f"s{number}",
        years=range(first, 2024),
        months=months,
        seed=draw.randint(0, 10**6),
        growth=draw.uniform(-0.3, 0.3),
        noise=draw.choice([0.01, 0.1, 0.5]),
    )
    values = {
        period: value - draw.choice([0, 0, 0, 150]) * (draw.random() < 0.2)
        for period, value in one.values.items()
        if draw.random() > 0.03
    }
    if draw.random() < 0.2:
        values = {period: round(value - 600, 6) for period, value in values.items()}
    atypical = frozenset({2020}) if draw.random() < 0.3 else frozenset()
    return replace(one, values=values, kind=draw.choice(KINDS), atypical=atypical)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_the_sql_says_what_the_oracle_says(seed: int) -> None:
    draw = random.Random(seed)
    series = [odd_series(draw, number) for number in range(6)]
    origins = {(one.series_id, year, month) for one in series for year, month in one.values if year > 2017}
    rows = run(series, asked := draw.sample(sorted(origins), 12))
    oracle = Oracle(series)
    for name, year, month in asked:
        row, expected = rows[name, year, month], oracle.expected(name, year, month)
        if expected is None or expected.n_years < 2:
            assert row["reason"] == "few_years"
            continue
        assert (row["method"], row["family"], row["n_years"]) == (
            expected.method,
            expected.family,
            expected.n_years,
        )
        assert row["forecast"] == pytest.approx(expected.forecast, rel=1e-9, abs=1e-9)
        if month < 12:
            spread = oracle.spread(name, year, month)
            assert row["spread"] == pytest.approx(spread, rel=1e-6)
            assert row["reach"] == pytest.approx(max(spread, expected.leeway), rel=1e-6)
