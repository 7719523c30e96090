"""The tables that the back-test prints."""

from __future__ import annotations

from typing import Any

from flows.backtest_print import report


def score(method: str, month: int | None, error: float, brier: float | None = None) -> dict[str, Any]:
    return {
        "scored_in": "growth" if method == "carried" else "flow",
        "method": method,
        "month": month,
        "n_series": 2,
        "n_forecasts": 30,
        "error": error,
        "coverage": 0.8049,
        "width": 7.0,
        "brier": brier,
        "coverage_alike": 0.79,
        "brier_alike": brier,
    }


SCORES = [
    score("linear", None, 5.0),
    score("ours", None, 3.456),
    score("linear", 3, 9.5),
    score("ours", 3, 5.0, 0.1),
]
RELIABILITY = [{"tenth": 9, "n_forecasts": 40, "said": 0.961, "happened": 0.95}]


def test_a_table_a_measure_with_ours_first_and_all_months_last() -> None:
    lines = report(SCORES, RELIABILITY, lang="en").splitlines()
    start = lines.index("error  ours  linear")
    assert lines[start + 1 : start + 3] == ["    3  5.00    9.50", "  all  3.46    5.00"]


def test_coverage_is_in_whole_per_cent_and_what_is_not_there_is_a_dash() -> None:
    lines = report(SCORES, RELIABILITY, lang="en").splitlines()
    assert "        3    80      80" in lines
    assert lines[lines.index("Brier   ours  linear") + 1] == "    3  0.100       -"


def test_chinese_columns_stand_below_their_heads() -> None:
    lines = report(SCORES, RELIABILITY, lang="zh").splitlines()
    start = lines.index("误差  本方法  时间进度")
    assert lines[start + 1] == "   3    5.00      9.50"
    assert lines[start + 2] == "合计    3.46      5.00"


def test_each_group_says_how_much_it_rests_on() -> None:
    assert "2 series, 30 forecasts; each series counts once" in report(SCORES, RELIABILITY, lang="en")


def test_ours_is_also_given_with_each_forecast_counting_once() -> None:
    assert "ours, each forecast counting once: coverage% 79\n" in report(SCORES, RELIABILITY, lang="en")


def test_reliability_puts_what_was_said_beside_what_happened() -> None:
    assert report(SCORES, RELIABILITY, lang="en").splitlines()[-1] == "90-100     40     96         95"


def test_a_measure_that_no_method_has_is_left_out() -> None:
    assert "Brier" not in report(SCORES[:3], RELIABILITY, lang="en")
