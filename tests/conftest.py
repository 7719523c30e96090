"""Shared fixtures: settings over a temporary folder, and a clock that stands still."""

from __future__ import annotations

import fcntl
import os
from datetime import date, datetime
from pathlib import Path

import hypothesis
import pytest

from flows.settings import Settings
from models.run import TIME_ZONE, RunContext

REPOSITORY = Path(__file__).parents[1]

# The same examples on every machine, so that a change is what breaks a test; HYPOTHESIS=explore looks for new ones.
hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None)
hypothesis.settings.register_profile("explore", deadline=None, max_examples=2_000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS", "repeatable"))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A fresh warehouse beside an empty raw folder, with the repository's books."""
    (tmp_path / "raw").mkdir()
    return Settings(raw=tmp_path / "raw", var=tmp_path / "var", reference=REPOSITORY / "data" / "reference")


@pytest.fixture
def context() -> RunContext:
    """A run as of 28 November 2024, when October's figures are judged."""
    return RunContext(as_of=date(2024, 11, 28), started_at=datetime(2024, 11, 28, 9, 0, tzinfo=TIME_ZONE))


@pytest.fixture(scope="session")
def sample_year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `var` of the sample year, replayed 2024-02 to 2024-10 with the command: read it, or copy it to write.

    Made once a session: with xdist the first worker makes it, the others wait for it at a lock.
    """
    from tests.e2e.runs import SAMPLE, duban

    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    var, ready = shared / "sample_year", shared / "sample_year.ready"
    with (shared / "sample_year.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            duban("replay", "--from", "2024-02", "--to", "2024-10", "--raw", SAMPLE, "--var", var)
            ready.touch()
    return var
