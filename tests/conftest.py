"""Shared fixtures: settings over a temporary folder, and a clock that stands still."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from flows.settings import Settings
from models.run import TIME_ZONE, RunContext

REPOSITORY = Path(__file__).parents[1]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A fresh warehouse beside an empty raw folder, with the repository's books."""
    (tmp_path / "raw").mkdir()
    return Settings(raw=tmp_path / "raw", var=tmp_path / "var", reference=REPOSITORY / "data" / "reference")


@pytest.fixture
def context() -> RunContext:
    """A run as of 28 November 2024, when October's figures are judged."""
    return RunContext(as_of=date(2024, 11, 28), started_at=datetime(2024, 11, 28, 9, 0, tzinfo=TIME_ZONE))
