"""The SQL of duban, one relation a file, loaded by name."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def query(name: str) -> str:
    """The text of `sql/<name>.sql`, e.g. query("marts/variance")."""
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")


# Views in the order in which they build on one another.
STAGING = (
    "verdict",
    "visible_delivery",
    "released",
    "shown",
    "figure",
    "contested",
    "vintage",
    "counted",
    "head",
)
MARTS = (
    "region",
    "indicator",
    "target",
    "observation",
    "observation_vintage",
    "delivery",
    "rejection",
    "open_problem",
    "assessment",
    "variance",
    "then_and_now",
    "restatement",
    "standing",
    "alert",
    "notification",
    "run",
)
