"""Prefect runs the same composition: the flow ends in the tables of the direct run, and a schedule lands."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.e2e.runs import PUBLIC, ROOT, comparable, duban, query

pytestmark = pytest.mark.prefect
AS_OF = "2025-02-01"
PATIENCE_SECONDS = 300


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("raw") / "public"
    shutil.copytree(PUBLIC, folder)
    return folder


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_the_flow_ends_in_the_same_tables_as_the_direct_run(raw: Path, tmp_path: Path) -> None:
    duban("run", "--raw", raw, "--var", tmp_path / "direct", "--as-of", AS_OF)
    duban("run", "--raw", raw, "--var", tmp_path / "flow", "--as-of", AS_OF, "--prefect")
    assert comparable(tmp_path / "flow") == comparable(tmp_path / "direct")


def test_a_scheduled_run_lands_and_the_service_listens_on_loopback_only(raw: Path, tmp_path: Path) -> None:
    port, var = free_port(), tmp_path / "var"
    command = [
        sys.executable,
        "-m",
        "flows.cli",
        "serve",
        "--every",
        "5",
        "--raw",
        str(raw),
        "--var",
        str(var),
    ]
    service = subprocess.Popen(
        command, cwd=ROOT, env=os.environ | {"DUBAN_PREFECT_PORT": str(port)}, start_new_session=True
    )
    try:
        wait_for_run(service, var)
        assert listening_addresses(port) == {"127.0.0.1"}
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=10) as answer:
            assert answer.status == 200
        assert stat.S_IMODE((var / "prefect").stat().st_mode) == 0o700
    finally:
        os.killpg(service.pid, signal.SIGINT)
        try:
            service.wait(timeout=60)
        except subprocess.TimeoutExpired:
            os.killpg(service.pid, signal.SIGKILL)
    assert query(var, "select count(*) > 0 from run where outcome = 'done'") == [(True,)]


def wait_for_run(
    service: subprocess.Popen[bytes], var: Path, patience_seconds: float = PATIENCE_SECONDS
) -> None:
    deadline = time.monotonic() + patience_seconds
    while not (var / "published" / "duban.duckdb").exists():
        assert service.poll() is None, "the service stopped by itself"
        assert time.monotonic() < deadline, "no scheduled run landed"
        time.sleep(0.5)


def listening_addresses(port: int) -> set[str]:
    """Local addresses of listening sockets on `port`, from the kernel's tables."""
    found: set[str] = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]:
            local, state = line.split()[1], line.split()[3]
            address, _, number = local.partition(":")
            if state == "0A" and int(number, 16) == port:
                found.add(
                    ".".join(str(int(address[i : i + 2], 16)) for i in (6, 4, 2, 0))
                    if table == "tcp"
                    else address
                )
    return found
