"""Figures that were read soundly and yet may not be what was meant: set apart for a person to look at."""

from __future__ import annotations

from collections.abc import Sequence

from models.delivery import Candidate, Problem, Severity
from models.message import say


def set_apart_last(
    candidates: Sequence[Candidate], last_row: int, last_cell: str
) -> tuple[Sequence[Candidate], Problem | None]:
    """Quarantine the figure of the text's last cell unless its decimals show that it is whole.

    A transfer that broke off leaves 7232.0 of 7232.03. Figures of one series are printed with the same
    number of decimals, so as many decimals as its neighbours have means nothing is missing.
    """
    place = next(
        (i for i, c in enumerate(candidates) if (c.row, c.printed) == (last_row, last_cell.strip())), None
    )
    if place is None or _is_whole(candidates[place], candidates):
        return candidates, None
    kept = [*candidates[:place], *candidates[place + 1 :]]
    return kept, _quarantined(candidates[place], *_CUT_OFF)


def _is_whole(last: Candidate, candidates: Sequence[Candidate]) -> bool:
    peers = [c for c in candidates if c is not last and _kind(c) == _kind(last)]
    decimals = _decimals(last)
    return decimals > 0 and bool(peers) and decimals == max(map(_decimals, peers))


def _kind(candidate: Candidate) -> tuple[str, str]:
    return candidate.indicator, candidate.measure


def _decimals(candidate: Candidate) -> int:
    return len(candidate.printed.partition(".")[2].rstrip("%％"))  # noqa: RUF001


def set_apart_fractions(candidates: Sequence[Candidate]) -> tuple[Sequence[Candidate], list[Problem]]:
    """Quarantine rates that look like fractions: 0.063 where 6.3 % is meant.

    Rates are published with one or two decimals. One below 1 with three or more, or a whole file of three or
    more rates all below 1 with two, is a share that nobody multiplied by a hundred.
    """
    rates = [
        c for c in candidates if c.measure == "growth" and "%" not in c.printed and "％" not in c.printed
    ]  # noqa: RUF001
    all_small = len(rates) > 2 and all(abs(c.value) < 1 and _decimals(c) > 1 for c in rates)
    doubtful = [c for c in rates if abs(c.value) < 1 and c.value and (_decimals(c) > 2 or all_small)]
    if not doubtful:
        return candidates, []
    doubted = set(map(id, doubtful))
    kept = [c for c in candidates if id(c) not in doubted]
    return kept, [_quarantined(c, *_FRACTION) for c in doubtful]


_CUT_OFF = (
    "maybe_cut_off",
    say("文件在这个数之后戛然而止，没有换行，数字可能被截断。"),
    say("请核对原件：若无误，可放行；若不全，请重新传送。"),
)
_FRACTION = (
    "maybe_fraction",
    say("这个增速像是没有乘 100 的小数（6.3% 写成了 0.063）。"),
    say("请按百分数填写，例如 6.3；若确是这么小，可放行。"),
)


def _quarantined(doubted: Candidate, rule: str, message: str, advice: str) -> Problem:
    return Problem(
        file=doubted.file,
        sheet=doubted.sheet,
        rule=rule,
        message=message,
        advice=advice,
        severity=Severity.QUARANTINED,
        row=doubted.row,
        column=doubted.column,
        value=doubted.printed,
        candidate=doubted,
    )
