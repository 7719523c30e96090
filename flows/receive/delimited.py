"""Text → rows of cells: comma, tab, semicolon or vertical bar, whichever makes a table."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from flows.receive.faults import Fault
from flows.receive.limits import Limits
from flows.receive.sheet import Sheet, width
from models.message import say

_SAMPLE_LINES = 300
_TABLE_SHARE = 0.25  # of the filled lines that a delimiter must split
_NO_DELIMITER = "\x1f"
# Columns aligned with spaces, as copied from a page: two or more, or else single ones. Indents stay.
_ALIGNED = {"  ": re.compile(r"(?<=\S)[ \t\u3000]{2,}(?=\S)"), " ": re.compile(r"(?<=\S)[ \t\u3000]+(?=\S)")}


def read_text(text: str, limits: Limits) -> Sheet | Fault:
    """A text file as one sheet. Row numbers are those that Excel shows, quoted line breaks included."""
    rows: list[list[str]] = []
    try:
        rows.extend(islice(_records(text, _delimiter(text)), limits.rows + 1))
    except csv.Error as error:
        return _bad_quotes(len(rows) + 1, str(error))
    if max(map(len, rows), default=0) > limits.columns:
        wide = next(number for number, row in enumerate(rows, 1) if len(row) > limits.columns)
        return too_many_columns(limits.columns, wide)
    if len(rows) > limits.rows:
        return too_many_rows(limits.rows)
    return Sheet("", rows, is_ragged=True, ends_abruptly=not text.endswith(("\n", "\r")))


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    if delimiter in _ALIGNED:
        return (_ALIGNED[delimiter].split(line.rstrip()) for line in text.splitlines())
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _delimiter(text: str) -> str:
    """The delimiter that gives the most lines one common width; none for a page copied cell by cell."""
    sample = "\n".join(text[:200_000].splitlines()[:_SAMPLE_LINES])
    scores = {delimiter: _score(sample, delimiter) for delimiter in ",\t;|" if delimiter in sample}
    for spaces in _ALIGNED:
        if not any(scores.values()):
            scores[spaces] = _score(sample, spaces)
    best = max(scores, key=lambda delimiter: scores[delimiter], default=_NO_DELIMITER)
    return best if scores.get(best, 0) > 0 else _NO_DELIMITER


def _score(sample: str, delimiter: str) -> int:
    """Lines of the commonest width above one, times that width; 0 where they are too few to be a table."""
    try:
        sizes = [width(row) for row in _records(sample, delimiter)]
    except csv.Error:
        return 0
    filled, wide = sum(map(bool, sizes)), Counter(size for size in sizes if size > 1)
    if not filled:
        return 1  # nothing but delimiters
    if sum(wide.values()) < max(min(2, filled), _TABLE_SHARE * filled):
        return 0
    return max(count * min(size, 50) for size, count in wide.items())


def too_many_rows(limit: int) -> Fault:
    return Fault("too_many_rows", say("文件超过 {limit} 行。", limit=limit), say("请分成几份报送。"))


def too_many_columns(limit: int, row: int) -> Fault:
    return Fault(
        "too_many_columns",
        say("第 {row} 行超过 {limit} 列。", row=row, limit=limit),
        say("请核对分隔符；确有这么多列的请分成几份。"),
    )


def _bad_quotes(row: int, error: str) -> Fault:
    return Fault(
        "bad_quotes",
        say("第 {row} 行附近的引号没有配对，或一格过长（{error}）。", row=row, error=error),
        say("请核对引号，或改报 xlsx。"),
    )
