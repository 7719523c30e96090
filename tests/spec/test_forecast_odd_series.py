"""Series that real offices send: quarters, gaps, zeros, jumps, lumps. None may crash, none may promise too much."""

from __future__ import annotations

from dataclasses import replace
from math import isfinite
from typing import Any

import pytest

from tests.forecast_series import Series, Values, flow, run

YEARS = range(2017, 2024)
MONTHS = range(1, 13)
BASE = flow("base", years=YEARS, seed=1)


def made(**monthly: float) -> Values:
    """The same amount a month in every year; `y2022=50` makes one year another."""
    return {
        (year, month): monthly.get(f"y{year}", monthly["usual"]) * month for year in YEARS for month in MONTHS
    }


def broken(year: int) -> Values:
    """100 a month, and 40 a month from March of one year."""
    return {
        (y, month): 100.0 * month if y != year or month < 3 else 200 + 40.0 * (month - 2)
        for y in YEARS
        for month in MONTHS
    }


ODD: dict[str, Values] = {
    "quarters": flow("q", years=YEARS, months=(3, 6, 9, 12)).values,
    "three years exactly": flow("t", years=range(2020, 2024)).values,
    "two years": flow("u", years=range(2021, 2024)).values,
    "always negative": {period: -value for period, value in BASE.values.items()},
    "changes sign": {(y, m): value - BASE.values[y, 5] for (y, m), value in BASE.values.items()},
    "nothing until July": {(y, m): max(0.0, 10.0 * (m - 6)) for y in YEARS for m in MONTHS},
    "nothing this year": made(usual=5, y2023=0),
    "nothing last year": made(usual=5, y2022=0),
    "never anything until now": made(usual=0, y2023=5),
    "capped at ten": {(y, m): float(min(10, m + y % 2)) for y in YEARS for m in MONTHS},
    "one lump a year, later each time": {(y, m): 100.0 * (m >= y - 2014) for y in YEARS for m in MONTHS},
    "December restated downwards": {(y, m): 900.0 if m == 12 else 100.0 * m for y in YEARS for m in MONTHS},
    "tenfold from last year": made(usual=100, y2022=1000, y2023=1000),
    "tenfold this year": made(usual=100, y2023=1000),
    "a year with lost months": {p: v for p, v in BASE.values.items() if p[0] % 2 or p[1] not in (4, 8)},
    "years missing": {p: v for p, v in BASE.values.items() if p[0] not in (2019, 2020, 2022)},
    "broke down last year": broken(2022),
    "breaks down this year": broken(2023),
    "all in the first month": {(y, m): 1000.0 + y for y in YEARS for m in MONTHS},
    "starts in autumn": {(y, m): max(0, m - 8) ** 2 * 50.0 + y - 2016 for y in YEARS for m in MONTHS},
}
RATES: dict[str, Values] = {
    "growth": {(y, m): 6 + y % 3 - 0.1 * m for y in YEARS for m in range(2, 13)},
    "growth by quarters": {(y, m): 6 + y % 3 - 0.1 * m for y in YEARS for m in (3, 6, 9, 12)},
    "growth in a covid year": {
        (y, m): {2020: -30.0 + 2 * m, 2021: 40.0 - 2.5 * m}.get(y, 6.0) for y in YEARS for m in range(2, 13)
    },
    "growth of a small thing": {(y, m): 300.0 * (y % 2) - 80 - m for y in YEARS for m in range(2, 13)},
}


def known(name: str, values: Values, kind: str) -> Series:
    """The series up to November of its last year."""
    return Series(name, {period: value for period, value in values.items() if period <= (2023, 11)}, kind)


@pytest.fixture(scope="module")
def forecasts() -> dict[tuple[str, int], dict[str, Any]]:
    """Every odd series from every month of 2023 that it has, all in one pass."""
    series = [known(name, values, "flow_total") for name, values in ODD.items()]
    series += [known(name, values, "growth") for name, values in RATES.items()]
    origins = [(one.series_id, year, month) for one in series for year, month in one.values if year == 2023]
    rows = run(series, origins)
    return {(name, month): rows[name, 2023, month] for name, _, month in origins}


@pytest.mark.parametrize("name", [*ODD, *RATES])
def test_an_odd_series_has_a_finite_interval_around_its_forecast_or_says_why_not(
    name: str, forecasts: dict[tuple[str, int], dict[str, Any]]
) -> None:
    rows = [row for (series, _), row in forecasts.items() if series == name]
    assert rows
    for row in rows:
        numbers = [row[column] for column in ("low", "forecast", "high")]
        if row["reason"] is not None:
            assert (name, row["reason"]) == ("never anything until now", "not_computable")
            assert numbers == [None, None, None]
        else:
            assert all(isfinite(number) for number in numbers)
            assert numbers == sorted(numbers)


@pytest.mark.parametrize("name", [name for name in ODD if name not in ("always negative", "changes sign")])
def test_a_forecast_stays_between_what_there_is_and_twice_the_most_a_year_ever_brought(
    name: str, forecasts: dict[tuple[str, int], dict[str, Any]]
) -> None:
    most = max(value for (_, month), value in ODD[name].items() if month == 12)
    for (series, month), row in forecasts.items():
        if series == name and row["forecast"] is not None:
            assert 0 <= row["forecast"] <= 2 * most, month


@pytest.mark.parametrize("name", RATES)
def test_a_growth_rate_stays_within_what_its_years_have_seen(
    name: str, forecasts: dict[tuple[str, int], dict[str, Any]]
) -> None:
    seen = RATES[name].values()
    reach = max(seen) - min(seen)
    for (series, month), row in forecasts.items():
        if series == name:
            assert min(seen) - reach <= row["forecast"] <= max(seen) + reach, month


@pytest.mark.parametrize("name", ["tenfold this year", "breaks down this year", "nothing this year"])
@pytest.mark.parametrize("month", [4, 6, 9])
def test_a_year_that_left_its_past_behind_is_uncertain(
    name: str, month: int, forecasts: dict[tuple[str, int], dict[str, Any]]
) -> None:
    """Its history was the same every year and never missed: that makes nothing certain once it is over."""
    broke, quiet = forecasts[name, month], forecasts["capped at ten", 11]
    assert (broke["high"] - broke["low"]) / broke["forecast"] > 0.03
    assert (quiet["high"] - quiet["low"]) / quiet["forecast"] < 0.03


def test_a_restless_year_widens_its_interval_and_its_latest_figure_does_not() -> None:
    calm = {(year, month): 100.0 * month for year in range(2019, 2024) for month in range(1, 7)}
    calm |= {(year, month): 100.0 * month for year in range(2019, 2023) for month in range(7, 13)}
    restless = calm | {(2023, 3): 340.0, (2023, 4): 380.0, (2023, 5): 520.0}
    latest = calm | {(2023, 6): 640.0}
    rows = run(
        [Series("calm", calm), Series("restless", restless), Series("latest", latest)],
        [(name, 2023, 6) for name in ("calm", "restless", "latest")],
    )
    spreads = {name: rows[name, 2023, 6]["spread"] for name in ("calm", "restless", "latest")}
    assert spreads["restless"] > 1.5 * spreads["calm"]
    assert spreads["latest"] == pytest.approx(spreads["calm"])


def test_without_a_forecast_the_probability_is_unknown_and_not_zero() -> None:
    short = replace(flow("short", years=range(2022, 2024)), kind="flow_total")
    nothing = Series("nothing", {(year, month): 0.0 for year in YEARS for month in MONTHS})
    origins = [("short", 2023, 6), ("nothing", 2023, 6), ("short", 2020, 6)]
    targets = [(*origin, limit, side) for origin in origins for limit in (0.0, 500.0) for side in ("higher", "lower")]  # fmt: skip
    for row in run([short, nothing], origins, targets).values():
        assert row["forecast"] is None
        assert set(row["probability"].values()) == {None}
