"""A plain reading of the suite, row by row: the oracle that the gate is held against, and its fast stand-in."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from expectations.gate import Expectation, Failure


def ask(frame: pd.DataFrame, suite: Sequence[Expectation]) -> list[Failure]:
    """The failures of `suite` on `frame`, in the order of the gate."""
    return [
        Failure(item.rule, label)
        for item in suite
        for label, value in frame[str(item.arguments["column"])].items()
        if not _holds(item, value)
    ]


def _holds(item: Expectation, value: object) -> bool:
    if pd.isna(value):  # type: ignore[call-overload]
        return item.type != "expect_column_values_to_not_be_null"
    low, high = item.arguments.get("min_value"), item.arguments.get("max_value")
    return (low is None or value >= low) and (high is None or value <= high)  # type: ignore[operator]
