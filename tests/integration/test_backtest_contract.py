"""Which years and months are forecast again, what their target is, and that it is the product's forecast."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from flows import backtest
from flows.backtest_data import Row
from tests.forecast_series import Series, flow, run

MONTHS = range(1, 13)


def rows_of(series: Series, measure: str = "level_cum") -> list[Row]:
    return [
        Row(series.series_id, measure, year, month, Decimal(f"{value:.6f}"))
        for (year, month), value in series.values.items()
    ]


def made(rows: Iterable[Row]) -> dict[tuple[str, int, int], dict[str, Any]]:
    with duckdb.connect() as connection:
        backtest.run(connection, list(rows))
        forecasts = backtest.fetch(connection, "forecasts")
    return {(row["series_id"], row["year"], row["origin_month"]): row for row in forecasts}


def years_of(rows: Iterable[Row]) -> set[int]:
    return {year for _, year, _ in made(rows)}


def without(series: Series, *gaps: tuple[int, int]) -> list[Row]:
    return [row for row in rows_of(series) if (row.year, row.month) not in gaps]


SIX_YEARS = flow("a", years=range(2015, 2021))


def test_every_complete_year_with_three_before_it_from_march_to_november() -> None:
    keys = made(rows_of(SIX_YEARS))
    assert set(keys) == {("a", year, month) for year in (2018, 2019, 2020) for month in range(3, 12)}


def test_january_and_february_may_be_missing() -> None:
    gaps = [(year, month) for year in range(2015, 2021) for month in (1, 2)]
    assert years_of(without(SIX_YEARS, *gaps)) == {2018, 2019, 2020}


def test_a_year_with_a_hole_is_not_forecast_and_does_not_count_as_history() -> None:
    assert years_of(without(SIX_YEARS, (2018, 7))) == {2019, 2020}


def test_the_three_years_before_need_not_be_the_last_three() -> None:
    gone = [(year, month) for year in (2018, 2019) for month in MONTHS]
    assert years_of(without(SIX_YEARS, *gone)) == {2020}


def test_four_quarters_are_complete_and_three_are_not() -> None:
    quarters = flow("q", years=range(2015, 2021), months=(3, 6, 9, 12))
    assert {month for _, _, month in made(rows_of(quarters))} == {3, 6, 9}
    assert years_of(without(quarters, (2020, 6))) == {2018, 2019}


def test_the_target_is_last_years_total_grown_at_its_mean_rate_of_three_years() -> None:
    totals = {2015: 100, 2016: 110, 2017: 132, 2018: 99, 2019: 200}
    values = {(year, month): total * month / 12 for year, total in totals.items() for month in MONTHS}
    row = made(rows_of(Series("t", values)))["t", 2019, 6]
    assert Decimal(row["target"]) == pytest.approx(Decimal(99 * (1 + (0.1 + 0.2 - 0.25) / 3)))
    assert row["probability"] is not None


@pytest.mark.parametrize("lost", ["missing", "zero", "negative"])
def test_without_four_positive_years_there_is_no_target(lost: str) -> None:
    values = dict(SIX_YEARS.values)
    if lost == "missing":
        values = {period: value for period, value in values.items() if period[0] != 2017}
    else:
        values[2017, 12] = 0 if lost == "zero" else -1
    blank = {row["year"] for row in made(rows_of(Series("a", values))).values() if row["target"] is None}
    assert {2019, 2020} <= blank
    for row in made(rows_of(Series("a", values))).values():
        assert (row["target"] is None) == (row["probability"] is None)


def test_growth_rates_have_no_target() -> None:
    rates = flow("g", years=range(2015, 2021))
    assert {row["target"] for row in made(rows_of(rates, "growth_cum")).values()} == {None}


def test_it_is_the_forecast_of_the_product() -> None:
    series = [flow(f"s{n}", years=range(2012 + n, 2021), seed=n) for n in range(4)]
    tested = made(row for one in series for row in rows_of(one))
    key = ("s1", 2019, 7)
    known = [
        Series(one.series_id, {period: value for period, value in one.values.items() if period <= (2019, 7)})
        for one in series
    ]
    product = run(known, [key])[key]
    for column in ("forecast", "low", "high"):
        assert float(tested[key][column]) == pytest.approx(product[column], abs=1e-6)


def test_plain_methods_are_what_they_say() -> None:
    with duckdb.connect() as connection:
        backtest.run(connection, rows_of(SIX_YEARS))
        said = dict(
            connection.execute(
                "select method, forecast from backtest_made where year = 2020 and month = 9"
            ).fetchall()
        )
    value = SIX_YEARS.values
    shares = [value[year, 9] / value[year, 12] for year in (2017, 2018, 2019)]
    assert said["linear"] == pytest.approx(value[2020, 9] * 12 / 9)
    assert said["last_share"] == pytest.approx(value[2020, 9] / shares[-1])
    assert said["mean_share"] == pytest.approx(value[2020, 9] / (sum(shares) / 3))


def test_scores_count_each_series_once() -> None:
    long, short = (
        flow("long", years=range(2000, 2021), noise=0.01),
        flow("short", years=range(2016, 2021), noise=0.2),
    )
    with duckdb.connect() as connection:
        backtest.run(connection, [*rows_of(long), *rows_of(short)])
        scores = backtest.fetch(connection, "score")
        each = connection.execute(
            "select avg(error) from (select avg(abs(forecast / actual - 1)) * 100 as error "
            "from backtest_made where method = 'ours' group by series_id)"
        ).fetchall()
    everything = [
        row for row in scores if (row["scored_in"], row["method"], row["month"]) == ("total", "ours", None)
    ]
    assert everything[0]["error"] == pytest.approx(each[0][0])
    assert everything[0]["n_series"] == 2


def test_stocks_and_series_that_change_sign_are_scored_apart() -> None:
    stock = Series("stock", {p: 1000 + p[0] - 2000 + p[1] for p in SIX_YEARS.values})
    balance = Series(
        "balance", {p: value - SIX_YEARS.values[p[0], 2] for p, value in SIX_YEARS.values.items()}
    )
    with duckdb.connect() as connection:
        backtest.run(connection, [*rows_of(SIX_YEARS), *rows_of(stock), *rows_of(balance)])
        groups = set(connection.execute("select series_id, scored_in from backtest_group_member").fetchall())
    assert groups == {("a", "total"), ("a", "flow"), ("stock", "total"), ("balance", "total")}
