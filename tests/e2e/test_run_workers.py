"""Groups of regions on a work pool: workers run the groups, the flow waits for them and rolls up."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.national import make
from tests.e2e.runs import ROOT, duban, files, query
from tests.e2e.test_run_prefect import free_port, wait_for_run
from tests.lake import REGIONS

pytestmark = [pytest.mark.prefect, pytest.mark.timeout(1200)]
GROUPS = {"north": REGIONS[:1], "south": REGIONS[1:2]}


def test_two_workers_take_the_groups_and_one_flow_rolls_up(tmp_path: Path) -> None:
    """Over a file, whose lock they wait for in turn; over a lake they work at once (tests/integration/test_lake_runs.py)."""
    country = make(tmp_path / "country", 2, history=False).settings
    lines = "".join(f"{name} = {json.dumps(regions)}\n" for name, regions in GROUPS.items())
    config = tmp_path / "duban.toml"
    config.write_text(f"workers = 2\n[groups]\n{lines}", encoding="utf-8")
    same = ["--raw", country.raw, "--reference", country.reference, "--config", config]
    var = tmp_path / "var"
    command = [sys.executable, "-m", "flows.cli", "serve", "--every", "20", *same, "--var", var]
    service = subprocess.Popen(
        list(map(str, command)),
        cwd=ROOT,
        env=os.environ | {"DUBAN_PREFECT_PORT": str(free_port())},
        start_new_session=True,
    )
    try:
        wait_for_run(service, var, patience_seconds=700)
    finally:
        os.killpg(service.pid, signal.SIGINT)
        try:
            service.wait(timeout=90)
        except subprocess.TimeoutExpired:
            os.killpg(service.pid, signal.SIGKILL)
    ((day,),) = query(var, "select max(as_of) from run where outcome = 'done'")
    duban("run", *same, "--var", tmp_path / "direct", "--as-of", day)
    ids = (
        "select assessment_id from assessment where as_of = (select min(as_of) from assessment) order by all"
    )
    assert query(var, ids) == query(tmp_path / "direct", ids) != []
    assert files(var / "outbox").keys() >= files(tmp_path / "direct" / "outbox").keys() != set()
