"""Years that a table prints once: 2024年1—2月, 1—3月, 1—4月."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from models.period import Period, needs_year, normal_label, parse_period

_STEP_MONTHS = 3  # from one period to the next within a year; December to January is eleven


def hold_years(labels: Sequence[str]) -> list[str]:
    """Labels without a year with the one last printed before them, as long as they go on in order from there.

    In order: up or down by at most a quarter a step, or a different stretch up to the same month (9月, 1—9月).
    A label that steps back over the turn of a year keeps none: nobody can tell which year is meant.
    """
    held: list[str] = []
    run: list[tuple[str, Period]] = []  # from the last printed year on: label as it stands, period
    for label in labels:
        own = parse_period(label)
        period = own or (_going_on(label, run) if run and needs_year(label) else None)
        run = [] if period is None else [*([] if own else run), (label, period)]
        held.append(label if own or period is None else f"{period.end.year}年{normal_label(label)}")
    return held


def _going_on(label: str, run: Sequence[tuple[str, Period]]) -> Period | None:
    before, last = run[-1]
    period = parse_period(label, year=last.end.year)
    if period is None:
        return None
    months = [*(known.end.month for _, known in run), period.end.month]
    steps = [after - before for before, after in pairwise(months)]
    one_way = all(0 <= step <= _STEP_MONTHS for step in steps) or all(
        -_STEP_MONTHS <= step <= 0 for step in steps
    )
    is_new = steps[-1] != 0 or period.kind != last.kind or label == before
    return period if one_way and is_new else None
