"""The last figure of a text that ends without a line break: whole, or cut off in the middle of its digits?"""

from __future__ import annotations

from collections.abc import Sequence

from models.delivery import Candidate, Problem, Severity


def set_apart(
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
    return kept, _problem(candidates[place])


def _is_whole(last: Candidate, candidates: Sequence[Candidate]) -> bool:
    peers = [c for c in candidates if c is not last and _kind(c) == _kind(last)]
    decimals = _decimals(last)
    return decimals > 0 and bool(peers) and decimals == max(map(_decimals, peers))


def _kind(candidate: Candidate) -> tuple[str, str]:
    return candidate.indicator, candidate.measure


def _decimals(candidate: Candidate) -> int:
    return len(candidate.printed.partition(".")[2].rstrip("%％"))  # noqa: RUF001


def _problem(last: Candidate) -> Problem:
    return Problem(
        file=last.file,
        sheet=last.sheet,
        rule="maybe_cut_off",
        message="文件在这个数之后戛然而止，没有换行，数字可能被截断。",
        advice="请核对原件：若无误，可放行；若不全，请重新传送。",
        severity=Severity.QUARANTINED,
        row=last.row,
        column=last.column,
        value=last.printed,
        candidate=last,
    )
