"""Years that a table prints once: 2024年1—2月, 1—3月, 1—4月."""

from __future__ import annotations

from collections.abc import Sequence

from models.period import Period, needs_year, normal_label, parse_period

_STEP_MONTHS = 3  # from one period to the next within a year; December to January is eleven


def hold_years(labels: Sequence[str]) -> list[str]:
    """Labels without a year with the one last printed before them, as long as they go on in order from there.

    In order: up or down by at most a quarter a step, or a different stretch up to the same month (9月, 1—9月).
    A label that steps back over the turn of a year keeps none: nobody can tell which year is meant.
    """
    held: list[str] = []
    before, last, direction = (
        "",
        None,
        0,
    )  # the label as it stands, its period, and which way they run since a year
    for label in labels:
        own = parse_period(label)
        period = own or (_going_on(label, before, last, direction) if last and needs_year(label) else None)
        step = 0 if own or period is None or last is None else period.end.month - last.end.month
        direction = 0 if own or period is None else direction or (step > 0) - (step < 0)
        held.append(label if own or period is None else f"{period.end.year}年{normal_label(label)}")
        before, last = label, period
    return held


def _going_on(label: str, before: str, last: Period, direction: int) -> Period | None:
    period = parse_period(label, year=last.end.year)
    if period is None:
        return None
    step = period.end.month - last.end.month
    if step == 0:
        return period if period.kind != last.kind or label == before else None
    return period if abs(step) <= _STEP_MONTHS and step * direction >= 0 else None
