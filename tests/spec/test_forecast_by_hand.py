"""Forecasts small enough to work out by hand from docs/forecast.md."""

from __future__ import annotations

from math import exp, log

import pytest

from tests.forecast_series import Series, run, steady

# 100 a month for three years, then 120: half of the year is in, growth so far is 20 %.
STEADY = steady("even", {2020: 100, 2021: 100, 2022: 100, 2023: 120}, until=(2023, 6))


def forecast_of(series: Series, year: int, month: int) -> dict[str, object]:
    return run([series], [(series.series_id, year, month)])[series.series_id, year, month]


def test_the_rest_of_last_year_grows_by_part_of_the_growth_so_far() -> None:
    row = forecast_of(STEADY, 2023, 6)
    slope = 0.70 + 0.35 * 3 / 8 - 0.10  # a rise fades by a tenth
    assert row["method"] == "remainder"
    assert row["forecast"] == pytest.approx(720 + 600 * exp(slope * log(1.2)))


def test_the_last_three_months_and_the_latest_month_count_beside_the_growth_so_far() -> None:
    # 100 a month, then 100 100 100 130 130 160: growth 720/600, 420/300 in three months, 160/100 in the latest.
    own = {(2023, month): value for month, value in enumerate((100, 200, 300, 430, 560, 720), start=1)}
    series = Series("pace", {**steady("", {2020: 100, 2021: 100, 2022: 100}).values, **own})
    so_far, recently, latest = log(1.2), log(1.4), log(1.6)
    pace = (0.60 + 0.35 * 3 / 8) * so_far + (0.45 - 0.35) * ((recently + latest) / 2 - so_far)
    assert forecast_of(series, 2023, 6)["forecast"] == pytest.approx(720 + 600 * exp(pace))


def test_a_slowdown_goes_on() -> None:
    # 120 a month, then 60 in each of the last three: growth 540/600 so far, 180/300 in three months and in the latest.
    own = {(2023, month): value for month, value in enumerate((120, 240, 360, 420, 480, 540), start=1)}
    series = Series("slow", {**steady("", {2020: 100, 2021: 100, 2022: 100}).values, **own})
    pace = (0.70 + 0.35 * 3 / 8) * log(0.9) + 0.45 * (log(0.6) - log(0.9))
    assert forecast_of(series, 2023, 6)["forecast"] == pytest.approx(540 + 600 * exp(pace))


def test_an_unusual_rest_of_last_year_is_partly_forgiven() -> None:
    # The second half of 2022 brought 300 instead of 600: half of the distance to the median comes back.
    slump = {(2022, month): 600 + 50 * (month - 6) for month in range(7, 13)}
    values = steady("", {2020: 100, 2021: 100, 2022: 100, 2023: 100}, until=(2023, 6)).values
    assert forecast_of(Series("slump", {**values, **slump}), 2023, 6)["forecast"] == pytest.approx(
        600 + 300 * exp(-0.50 * log(300 / 600))
    )


def test_the_usual_rest_is_the_median_of_the_newest_four_years() -> None:
    # Second halves of 300, 300, 600, 600 beside 600 each in the first: between the middle two lies half a doubling.
    rests = {2018: 3000, 2019: 300, 2020: 300, 2021: 600, 2022: 600}
    values = {(year, month): 100.0 * month for year in rests for month in range(1, 7)}
    values |= {(year, month): 600 + rest * (month - 6) / 6 for year, rest in rests.items() for month in range(7, 13)}  # fmt: skip
    own = {(2023, month): 100.0 * month for month in range(1, 7)}
    assert forecast_of(Series("rests", {**values, **own}), 2023, 6)["forecast"] == pytest.approx(
        600 + 600 * exp(-0.50 * log(2) / 2)
    )


def test_a_growth_rate_moves_towards_its_recent_pace_and_its_usual_level() -> None:
    # 4 % in every earlier year, 6 % to May, 7 % to August: three months at 8.67 %, last year's rest like its
    # beginning. A quickening fades from 0.60 to 0.25.
    values = {(year, month): 4.0 for year in (2020, 2021, 2022) for month in range(2, 13)}
    own = {(2023, 5): 6.0, (2023, 8): 7.0}
    own_weight = 0.55 + 0.25 * 5 / 8
    rest = own_weight * 7 + (1 - own_weight) * 4 + 0.25 * ((8 * 7 - 5 * 6) / 3 - 7)
    row = forecast_of(Series("rate", {**values, **own}, kind="growth"), 2023, 8)
    assert row["method"] == "growth"
    assert row["forecast"] == pytest.approx((8 * 7 + 4 * rest) / 12)


def test_a_stock_follows_the_usual_share_of_its_year_end() -> None:
    values = {(2020 + n, month): 1000 + 10 * month for n in range(3) for month in range(1, 13)}
    row = forecast_of(Series("stock", {**values, (2023, 6): 1590.0}, kind="level"), 2023, 6)
    assert row["method"] == "share"
    assert row["forecast"] == pytest.approx(1590 / (1060 / 1120))


def test_a_series_that_changes_sign_adds_the_usual_difference() -> None:
    values = {(2020 + n, month): -50 + 10.0 * month for n in range(3) for month in range(1, 13)}
    row = forecast_of(Series("balance", {**values, (2023, 4): -20.0}), 2023, 4)
    assert row["method"] == "difference"
    assert row["forecast"] == pytest.approx(-20 + 80)


def test_an_atypical_year_teaches_nothing() -> None:
    wild = {(2022, month): 900.0 * month**2 for month in range(1, 13)}
    values = {**steady("", {2020: 100, 2021: 100, 2023: 100}, until=(2023, 6)).values, **wild}
    row = forecast_of(Series("odd", values, atypical=frozenset({2022})), 2023, 6)
    assert row["forecast"] == pytest.approx(1200)
    assert row["n_years"] == 2


def test_december_is_the_year_end() -> None:
    row = forecast_of(steady("done", {2020: 100, 2021: 100, 2022: 100}), 2022, 12)
    assert (row["forecast"], row["low"], row["high"]) == (1200, 1200, 1200)


def test_a_total_that_never_falls_ends_no_lower_than_it_stands() -> None:
    noisy = steady("early", {2019: 100, 2020: 100, 2021: 100, 2022: 100, 2023: 100}, until=(2023, 11))
    row = run([noisy], [("early", 2023, 11)], [("early", 2023, 11, 1100.0, "higher")])["early", 2023, 11]
    assert row["low"] >= 1100
    assert row["probability"] == {(1100.0, "higher"): 1}


@pytest.mark.parametrize(
    ("series", "reason"),
    [
        (steady("one", {2022: 100, 2023: 100}, until=(2023, 6)), "few_years"),
        (steady("none", {2023: 100}, until=(2023, 6)), "few_years"),
        (steady("late", {2020: 100, 2021: 100, 2022: 100, 2023: 100}, until=(2023, 5)), "no_figure"),
        (Series("rank", {(year, 6): 3.0 for year in range(2019, 2024)}, kind="rank"), "no_method"),
        (
            Series("zero", {(year, m): 0.0 for year in range(2019, 2024) for m in range(1, 13)}),
            "not_computable",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_too_little_to_go_on_is_unknown_and_says_why(series: Series, reason: str) -> None:
    row = forecast_of(series, 2023, 6)
    assert row["reason"] == reason
    assert (row["forecast"], row["low"], row["high"], row["spread"]) == (None, None, None, None)


def test_two_years_are_enough() -> None:
    assert (
        forecast_of(steady("two", {2021: 100, 2022: 100, 2023: 100}, until=(2023, 6)), 2023, 6)["reason"]
        is None
    )


def test_probability_is_even_at_the_forecast_and_a_tenth_at_the_ends_of_the_interval() -> None:
    alone = run([STEADY], [("even", 2023, 6)])["even", 2023, 6]
    limits = [alone["low"], alone["forecast"], alone["high"]]
    targets = [("even", 2023, 6, limit, side) for limit in limits for side in ("higher", "lower")]
    said = run([STEADY], [("even", 2023, 6)], targets)["even", 2023, 6]["probability"]
    assert [said[limit, "higher"] for limit in limits] == pytest.approx([0.9, 0.5, 0.1], abs=1e-4)
    assert [said[limit, "lower"] for limit in limits] == pytest.approx([0.1, 0.5, 0.9], abs=1e-4)


def test_at_the_year_end_the_target_is_reached_or_not_and_equality_reaches_it() -> None:
    series = steady("done", {2020: 100, 2021: 100, 2022: 100})
    targets = [
        ("done", 2022, 12, limit, side) for limit in (1199.0, 1200.0, 1201.0) for side in ("higher", "lower")
    ]
    said = run([series], [("done", 2022, 12)], targets)["done", 2022, 12]["probability"]
    assert [said[limit, "higher"] for limit in (1199.0, 1200.0, 1201.0)] == [1, 1, 0]
    assert [said[limit, "lower"] for limit in (1199.0, 1200.0, 1201.0)] == [0, 1, 1]


def test_without_a_forecast_there_is_no_probability() -> None:
    series = steady("one", {2022: 100, 2023: 100}, until=(2023, 6))
    row = run([series], [("one", 2023, 6)], [("one", 2023, 6, 1200.0, "higher")])["one", 2023, 6]
    assert row["probability"] == {(1200.0, "higher"): None}
