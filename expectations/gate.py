"""The gate: rows and expectations in, failures out. Great Expectations decides; nothing else in duban does.

Suites are code: a tuple of `Expectation`, made with the small functions below, so that a suite can be read and
counted without importing Great Expectations (seconds). Three of its traits shape this module:

- An error inside an expectation comes back as `success=False`. Here it is a `BrokenCheckError`, never bad data.
- Its numeric bounds become floats, and a float 0.1 rejects the decimal 0.1. Here a decimal bound is a column
  beside the value, compared decimal with decimal, constants included.
- Its examples and index queries cost minutes on a million failing rows. Here the offending rows are asked for
  only where an expectation failed, and without either. They are never cut short: a row left out would get in.
- Its bounds pass over missing values, and each costs 7 ms to ask. Here one over a column without a value is not.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations.core.expectation_validation_result import ExpectationValidationResult as Result
    from great_expectations.data_context.data_context.ephemeral_data_context import EphemeralDataContext
    from great_expectations.datasource.fluent.interfaces import Batch
    from great_expectations.expectations.expectation import Expectation as EngineExpectation

BETWEEN = "expect_column_values_to_be_between"
VERDICTS: dict[str, Any] = {"result_format": "BOOLEAN_ONLY"}
ROWS: dict[str, Any] = {
    "result_format": "COMPLETE",
    "partial_unexpected_count": 0,
    "return_unexpected_index_query": False,
}


class BrokenCheckError(RuntimeError):
    """An expectation could not be evaluated: a bug, not bad data."""


@dataclass(frozen=True)
class Expectation:
    """One expectation: the rule it holds, its Great Expectations type, and the arguments."""

    rule: str
    type: str
    arguments: Mapping[str, object]
    constants: Mapping[str, Decimal] = field(default_factory=dict)  # columns to set beside the rows


@dataclass(frozen=True)
class Failure:
    """A rule that does not hold: `row` is the row's label in the frame's index, None for the whole frame."""

    rule: str
    row: Any


def not_null(rule: str, column: str) -> Expectation:
    return Expectation(rule, "expect_column_values_to_not_be_null", {"column": column})


def is_null(rule: str, column: str) -> Expectation:
    """Every value is missing: the shape of an evidence column that names an offence, or nothing."""
    return Expectation(rule, "expect_column_values_to_be_null", {"column": column})


def in_set(rule: str, column: str, allowed: Iterable[object]) -> Expectation:
    """Every value that is not missing is one of `allowed`."""
    return Expectation(rule, "expect_column_values_to_be_in_set", {"column": column, "value_set": [*allowed]})


def matches(rule: str, column: str, regex: str) -> Expectation:
    return Expectation(rule, "expect_column_values_to_match_regex", {"column": column, "regex": regex})


def unique(rule: str, *columns: str) -> Expectation:
    """No two rows agree in all of `columns`; every row of such a pair is a failure."""
    if len(columns) == 1:
        return Expectation(rule, "expect_column_values_to_be_unique", {"column": columns[0]})
    return Expectation(rule, "expect_compound_columns_to_be_unique", {"column_list": [*columns]})


def at_least(rule: str, column: str, bound: str | Decimal | float) -> Expectation:
    """`column` ≥ `bound`; rows where either is missing pass.

    A `Decimal` bound, or another column's name, is compared decimal with decimal. A float is for columns of
    floats, twenty times as fast.
    """
    if isinstance(bound, float):
        return _between(rule, column, min_value=bound)
    return _ordered(rule, column, bound, upper_is_bound=False)


def at_most(rule: str, column: str, bound: str | Decimal | float) -> Expectation:
    """`column` ≤ `bound`; otherwise as `at_least`."""
    if isinstance(bound, float):
        return _between(rule, column, max_value=bound)
    return _ordered(rule, column, bound, upper_is_bound=True)


def _between(rule: str, column: str, **bounds: float) -> Expectation:
    return Expectation(rule, BETWEEN, {"column": column, **bounds})


def _ordered(rule: str, column: str, bound: str | Decimal, *, upper_is_bound: bool) -> Expectation:
    name = bound if isinstance(bound, str) else f"bound {bound}"
    upper, lower = (name, column) if upper_is_bound else (column, name)
    arguments = {
        "column_A": upper,
        "column_B": lower,
        "or_equal": True,
        "ignore_row_if": "either_value_is_missing",
    }
    constants = {} if isinstance(bound, str) else {name: bound}
    return Expectation(rule, "expect_column_pair_values_a_to_be_greater_than_b", arguments, constants)


def run(frame: pd.DataFrame, expectations: Sequence[Expectation]) -> list[Failure]:
    """Every failure of `expectations` on `frame`, in the order of the suite, then of the rows."""
    expectations = [item for item in expectations if _has_values(item, frame)]
    if not expectations or frame.empty:
        return []
    # A named index would come back as a dict beside the value.
    batch = _batch(frame.assign(**_constants(expectations)).rename_axis(index=None))
    verdicts = _validate(batch, expectations, VERDICTS)
    failed = [item for item, verdict in zip(expectations, verdicts, strict=True) if not verdict.success]
    if not failed:
        return []
    details = _validate(batch, failed, ROWS)
    return [
        failure for item, detail in zip(failed, details, strict=True) for failure in _failures(item, detail)
    ]


def _has_values(item: Expectation, frame: pd.DataFrame) -> bool:
    """Whether there is anything that the expectation could object to: a bound says nothing of what is missing."""
    column = item.arguments.get("column")
    return item.type != BETWEEN or column not in frame or bool(frame[column].notna().any())


def _constants(expectations: Sequence[Expectation]) -> dict[str, Any]:
    return {name: value for item in expectations for name, value in item.constants.items()}


def _batch(frame: pd.DataFrame) -> Batch:
    context = _context()
    asset = context.data_sources.add_pandas("duban").add_dataframe_asset("rows")
    definition = asset.add_batch_definition_whole_dataframe("all")
    return definition.get_batch(batch_parameters={"dataframe": frame})


def _context() -> EphemeralDataContext:
    os.environ["GX_ANALYTICS_ENABLED"] = "false"  # read when the package is imported
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return context


def _validate(
    batch: Batch, expectations: Sequence[Expectation], result_format: dict[str, Any]
) -> list[Result]:
    """One result for each expectation, in their order (Great Expectations returns broken ones first)."""
    import great_expectations as gx

    suite = gx.ExpectationSuite(name="duban", expectations=[*_engine_expectations(expectations)])
    results = batch.validate(suite, result_format=result_format).results
    ordered = sorted(results, key=_place)
    for item, result in zip(expectations, ordered, strict=True):
        _raise_if_broken(item, result)
    return ordered


def _place(result: Result) -> int:
    assert result.expectation_config is not None  # every result of a suite has one
    return int(result.expectation_config.meta["place"])


def _engine_expectations(expectations: Sequence[Expectation]) -> Iterator[EngineExpectation]:
    from great_expectations.expectations.registry import get_expectation_impl

    for place, item in enumerate(expectations):
        # Suites drop what they take for a double, so each one carries its place.
        arguments: dict[str, Any] = {**item.arguments, "meta": {"place": place, "rule": item.rule}}
        yield get_expectation_impl(item.type)(**arguments)


def _raise_if_broken(item: Expectation, result: Result) -> None:
    info = result.exception_info or {}
    for entry in (info, *info.values()):
        if isinstance(entry, Mapping) and entry.get("raised_exception"):
            raise BrokenCheckError(f"rule {item.rule} ({item.type}): {entry.get('exception_message')}")


def _failures(item: Expectation, detail: Result) -> list[Failure]:
    rows = detail.result.get("unexpected_index_list")
    return [Failure(item.rule, None)] if rows is None else [Failure(item.rule, row) for row in rows]
