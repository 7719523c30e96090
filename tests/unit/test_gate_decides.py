"""The gate: what Great Expectations must say of rows, and what must never pass for an answer."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal

import pandas as pd
import pytest

from expectations import gate
from expectations.gate import Expectation, Failure


def frame(**columns: list[object]) -> pd.DataFrame:
    """Rows labelled 10, 11, … so that a label cannot be mistaken for a place."""
    rows = pd.DataFrame({name: pd.Series(cells, dtype=object) for name, cells in columns.items()})
    return rows.set_index(rows.index + 10)


def test_no_rows_and_no_expectations_are_no_failures() -> None:
    assert gate.run(frame(value=[]), [gate.not_null("missing", "value")]) == []
    assert gate.run(frame(value=[None]), []) == []


def test_a_missing_value_fails_with_the_label_of_its_row() -> None:
    rows = frame(value=[Decimal(1), None])
    assert gate.run(rows, [gate.not_null("missing", "value")]) == [Failure("missing", 11)]


def test_a_failure_carries_the_plain_label_of_a_named_index() -> None:
    rows = frame(value=[None]).rename_axis(index="row_id")
    assert gate.run(rows, [gate.not_null("missing", "value")]) == [Failure("missing", 10)]


def test_evidence_must_be_empty() -> None:
    rows = frame(offence=[None, "two values", None])
    assert gate.run(rows, [gate.is_null("conflict", "offence")]) == [Failure("conflict", 11)]


@pytest.mark.parametrize(
    ("value", "passes"),
    [("0.099999", False), ("0.1", True), ("0.100001", True)],
    ids=["below", "at", "above"],
)
def test_a_lower_bound_is_compared_in_decimals(value: str, passes: bool) -> None:
    failures = gate.run(frame(value=[Decimal(value)]), [gate.at_least("low", "value", Decimal("0.1"))])
    assert failures == ([] if passes else [Failure("low", 10)])


@pytest.mark.parametrize(
    ("value", "passes"),
    [("0.299999", True), ("0.3", True), ("0.300001", False)],
    ids=["below", "at", "above"],
)
def test_an_upper_bound_is_compared_in_decimals(value: str, passes: bool) -> None:
    rows = frame(value=[Decimal(value)], high=[Decimal("0.3")])
    failures = gate.run(rows, [gate.at_most("high", "value", "high")])
    assert failures == ([] if passes else [Failure("high", 10)])


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [(0.39, False, True), (0.4, True, True), (0.41, True, False)],
    ids=["below", "at", "above"],
)
def test_measurements_are_compared_as_floats(value: float, low: bool, high: bool) -> None:
    rows = pd.DataFrame({"distance": [value, None]}, index=[10, 11])
    suite = [gate.at_least("low", "distance", 0.4), gate.at_most("high", "distance", 0.4)]
    expected = [Failure(rule, 10) for rule, passes in (("low", low), ("high", high)) if not passes]
    assert gate.run(rows, suite) == expected


def test_a_missing_bound_or_value_is_not_a_broken_bound() -> None:
    rows = frame(value=[Decimal(9), None, Decimal(9)], high=[None, Decimal(1), Decimal(1)])
    assert gate.run(rows, [gate.at_most("high", "value", "high")]) == [Failure("high", 12)]


def test_every_row_of_a_double_fails() -> None:
    rows = frame(a=["x", "x", "y", "x"], b=["1", "1", "1", "2"])
    assert gate.run(rows, [gate.unique("double", "a", "b")]) == [Failure("double", 10), Failure("double", 11)]
    assert gate.run(rows, [gate.unique("double", "b")])[-1] == Failure("double", 12)


def test_a_value_outside_the_set_or_the_pattern_fails() -> None:
    rows = frame(measure=["total", "sum", None])
    suite = [gate.in_set("set", "measure", ["total", "growth"]), gate.matches("pattern", "measure", "^t")]
    assert gate.run(rows, suite) == [Failure("set", 11), Failure("pattern", 11)]


def test_two_rules_with_the_same_wording_both_speak() -> None:
    rows = frame(value=[None])
    suite = [gate.not_null("first", "value"), gate.not_null("second", "value")]
    assert gate.run(rows, suite) == [Failure("first", 10), Failure("second", 10)]


def test_failures_come_in_the_order_of_the_suite() -> None:
    rows = frame(value=[None, Decimal(-1)])
    suite = [gate.at_least("low", "value", Decimal(0)), gate.not_null("missing", "value")]
    assert gate.run(rows, suite) == [Failure("low", 11), Failure("missing", 10)]


def test_no_failing_row_is_left_out_when_there_are_many() -> None:
    rows = frame(value=[None] * 5000)
    assert len(gate.run(rows, [gate.not_null("missing", "value")])) == 5000


@pytest.mark.parametrize(
    "broken",
    [
        gate.not_null("absent", "no such column"),
        gate.at_least("mixed", "word", Decimal(1)),
        gate.at_least("absent_pair", "no such column", "word"),
    ],
    ids=lambda item: item.rule,
)
def test_a_check_that_breaks_is_a_bug_and_never_bad_data(broken: Expectation) -> None:
    with pytest.raises(gate.BrokenCheckError, match=f"rule {broken.rule} "):
        gate.run(frame(word=["x"]), [gate.not_null("fine", "word"), broken])


def test_a_suite_is_read_without_importing_great_expectations() -> None:
    code = (
        "import sys, expectations.gate as g; g.not_null('a', 'b'); print('great_expectations' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
