"""Why a target stands where it stands, in one paragraph."""

from __future__ import annotations

from flows.report.reading import Row


def explain(row: Row, lang: str) -> str:
    """The explanation recomputed from the row alone."""
    return ""
