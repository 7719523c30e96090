"""A country in parts: conditions on `region` that together cover every row, each of a bounded size.

What is windowed, sorted or written by region needs no row of another region, so that memory is bounded by the
part and time grows with the number of parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

ROWS = 250_000
REGIONS = 100


def conditions(connection: DuckDBPyConnection, relation: str) -> list[str]:
    """SQL conditions on `region`, of which every row of `relation` meets one."""
    counted = connection.execute(
        f"select region, count(*) from {relation} group by region order by region nulls first"
    ).fetchall()
    without = [region for region, _ in counted if region is None]
    begins = first_regions((region, rows) for region, rows in counted if region is not None)
    # apart, because a condition with `or` is not handed down to where the rows are read
    return list(_between(begins, has_none=bool(without)))


def first_regions(counted: Iterable[tuple[str, int]]) -> list[str]:
    """The region that each part but the first begins with; `counted` is each region with its rows, in order."""
    begins: list[str] = []
    regions = rows = 0
    for region, count in counted:
        if regions and (regions >= REGIONS or rows + count > ROWS):
            begins.append(region)
            regions = rows = 0
        regions, rows = regions + 1, rows + count
    return begins


def _between(begins: list[str], *, has_none: bool) -> Iterator[str]:
    if not begins:
        yield "true"
        return
    if has_none:
        yield "region is null"
    yield f"region < {literal(begins[0])}"
    yield from (f"region >= {literal(a)} and region < {literal(b)}" for a, b in pairwise(begins))
    yield f"region >= {literal(begins[-1])}"


def literal(text: str) -> str:
    """A text inside an SQL statement."""
    return "'" + text.replace("'", "''") + "'"
