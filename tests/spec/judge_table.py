"""Tables of targets and figures in, judgements out: every case has its own indicator, all are judged at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from tests.builders import Row, World

Case = tuple[str, str, str]  # target, figures, expected judgement in words
COLUMNS = ("expected", "gap", "gap_points", "severity", "status")


def judge_cases(
    cases: Sequence[Case], prepare: Callable[[World, str, str], None] | None = None, as_of: str = "2024-11-28"
) -> list[Row]:
    """The newest assessment of each case, in order; `prepare(world, indicator, target_id)` adds what is special."""
    world = World(as_of=as_of)
    for number, (target, figures, _) in enumerate(cases):
        indicator, target_id = f"i{number}", f"t{number}"
        world.target(target, target_id, indicator=indicator)
        if prepare:
            prepare(world, indicator, target_id)
        if figures:
            world.figures(target.split()[0], figures, indicator=indicator)
    found = world.judge_all()
    return [found[f"t{number}", None] for number in range(len(cases))]


def in_words(row: Row, columns: Sequence[str] = COLUMNS) -> str:
    """`100 -1 -0.833333 0.166667 slightly_behind`, with `-` for what is not there."""
    return " ".join(_word(row[name]) for name in columns)


def _word(value: object) -> str:
    if value is None:
        return "-"
    return f"{value.normalize() + 0:f}" if isinstance(value, Decimal) else str(value)
