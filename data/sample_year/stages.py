"""Projects and livelihood items: not done or done, month by month."""

from __future__ import annotations

from decimal import Decimal

from story import MONTHS, YEAR, Figure, read_table

REGION = "500104"


def project_figures() -> list[Figure]:
    """For each row of stages.csv a 0 until it is done and a 1 from then on; nothing before it reports."""
    return [
        _figure(row, month)
        for row in read_table("stages.csv")
        if row["first_month"]
        for month in MONTHS["every" if _is_project(row) else "quarter"]
        if month >= int(row["first_month"])
    ]


def _is_project(row: dict[str, str]) -> bool:
    return row["indicator"].startswith("project_")


def _figure(row: dict[str, str], month: int) -> Figure:
    is_done = row["done_month"] != "" and month >= int(row["done_month"])
    measure, basis, unit = ("stage", "point", "节点") if _is_project(row) else ("total", "ytd", "项")
    return Figure(REGION, row["indicator"], measure, basis, YEAR, month, Decimal(int(is_done)), unit)
