"""What must always hold of a run: repeatable, traceable, complete, killable, independent of order."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.runs import ROOT, SAMPLE, comparable, duban, files, query, relations

AS_OF = "2024-04-28"
MONTHS = ("history", "2024-01", "2024-02", "2024-03")

KILLED_RUN = """
import os, signal, sys, threading
from datetime import date, datetime
from pathlib import Path
from flows import monitor
from flows.settings import Settings
from models.run import TIME_ZONE, begin
raw, var, as_of, stage, delay = sys.argv[1:]

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def step(work, *arguments):
    if work.__name__ != stage:
        return work(*arguments)
    threading.Timer(float(delay), die).start()
    work(*arguments)
    die()

context = begin(date.fromisoformat(as_of), now=datetime.now(TIME_ZONE))
monitor.run(Settings(raw=Path(raw), var=Path(var)), context, step=step, quiet=True)
"""
IMPORTS = """
import json, sys
from flows.cli import main
code = main(sys.argv[1:])
print(json.dumps([code, "great_expectations" in sys.modules, "prefect" in sys.modules]))
"""


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample year up to March."""
    folder = tmp_path_factory.mktemp("raw")
    for month in MONTHS:
        shutil.copytree(SAMPLE / month, folder / month)
    return folder


@pytest.fixture(scope="module")
def whole(raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One undisturbed run as of the end of April."""
    var = tmp_path_factory.mktemp("whole") / "var"
    duban("run", "--raw", raw, "--var", var, "--as-of", AS_OF)
    return var


def test_a_second_run_changes_no_relation_but_run_and_writes_no_mail(raw: Path, whole: Path) -> None:
    before, mails, reports = relations(whole), files(whole / "outbox"), files(whole / "reports")
    assert mails
    duban("run", "--raw", raw, "--var", whole, "--as-of", AS_OF)
    assert relations(whole) == before
    assert files(whole / "outbox") == mails
    assert files(whole / "reports") == reports


def test_a_run_with_nothing_new_imports_no_great_expectations(raw: Path, whole: Path) -> None:
    command = ["run", "--raw", str(raw), "--var", str(whole), "--as-of", AS_OF]
    done = subprocess.run(
        [sys.executable, "-c", IMPORTS, *command], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert json.loads(done.stdout.splitlines()[-1]) == [0, False, False]


@pytest.mark.parametrize("stage", ["receive", "validate", "load", "judge", "report", "alert", "publish"])
def test_killed_inside_a_stage_the_next_run_ends_in_the_same_state(
    raw: Path, whole: Path, tmp_path: Path, stage: str
) -> None:
    var = tmp_path / "var"
    for delay in ("0.05", "0.4"):
        done = subprocess.run([sys.executable, "-c", KILLED_RUN, raw, var, AS_OF, stage, delay], cwd=ROOT)
        assert done.returncode == -signal.SIGKILL
    duban("run", "--raw", raw, "--var", var, "--as-of", AS_OF)
    assert comparable(var) == comparable(whole)
    assert sorted(files(var / "outbox")) == sorted(files(whole / "outbox"))
    outcomes = query(var, "select outcome, count(*) from run group by all order by all")
    # A run's row is complete before it is published, or readers would see it unfinished.
    assert outcomes == ([("done", 3)] if stage == "publish" else [("done", 1), ("interrupted", 2)])


def test_the_order_of_files_never_matters(raw: Path, whole: Path, tmp_path: Path) -> None:
    turned = tmp_path / "raw"
    names = sorted(
        path for path in raw.rglob("*") if path.is_file() and not path.name.endswith(".delivery.toml")
    )
    for number, path in enumerate(reversed(names)):
        target = turned / f"{number:03}_{path.name}"
        target.parent.mkdir(exist_ok=True)
        shutil.copy(path, target)
        side = path.with_name(f"{path.name}.delivery.toml")
        if side.exists():
            shutil.copy(side, turned / f"{target.name}.delivery.toml")
    duban("run", "--raw", turned, "--var", tmp_path / "var", "--as-of", AS_OF)
    figures = "select region, indicator, measure, basis, period_end, value, delivery_id from observation order by all"
    statuses = (
        "select target_id, period_end, actual, gap, status, data_state, severity from variance order by all"
    )
    refused = 'select sheet, row, "column", value, rule from rejection order by all'
    for sql in (figures, statuses, refused):
        assert query(tmp_path / "var", sql) == query(whole, sql)


def test_every_judged_figure_leads_to_file_row_and_hash(raw: Path, whole: Path) -> None:
    found = query(
        whole,
        "select v.source_file, v.source_row, d.sha256 from variance v left join delivery d using (delivery_id)"
        " where v.actual is not null",
    )
    assert found
    import hashlib

    for file, row, digest in found:
        assert isinstance(row, int) and row > 0
        assert hashlib.sha256((raw / str(file)).read_bytes()).hexdigest() == digest


def test_nothing_that_was_read_disappears(whole: Path) -> None:
    lost = query(
        whole,
        "select file from delivery where rows_read <> rows_accepted + rows_quarantined and outcome <> 'refused'",
    )
    assert lost == []


def test_simulated_figures_say_so_everywhere(whole: Path) -> None:
    assert query(whole, "select distinct provenance from observation") == [("simulated",)]
    for path in (whole / "reports").rglob("*.html"):
        assert "模拟" in path.read_text(encoding="utf-8")
    assert all("模拟".encode() in _decoded(path) for path in (whole / "outbox").rglob("*.eml"))


def _decoded(path: Path) -> bytes:
    from email import policy
    from email.parser import BytesParser

    message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    body = message.get_body(("plain",))
    assert body is not None
    return f"{message['subject']}\n{body.get_content()}".encode()


def test_a_warehouse_never_holds_simulated_and_real_figures(raw: Path, whole: Path, tmp_path: Path) -> None:
    mixed = tmp_path / "raw"
    shutil.copytree(raw / "2024-02", mixed)
    side = next(mixed.glob("*.delivery.toml"))
    file = mixed / side.name.removesuffix(".delivery.toml")
    side.write_text(side.read_text(encoding="utf-8").replace('"simulated"', '"official"'), encoding="utf-8")
    file.write_bytes(file.read_bytes() + b"\n")
    before = relations(whole)
    done = duban("run", "--raw", mixed, "--var", whole, "--as-of", AS_OF, check=False)
    assert done.returncode == 4
    assert "模拟数据与真实数据不能放在同一个仓库" in done.stderr
    assert "Traceback" not in done.stderr
    assert relations(whole) == before


def test_a_second_run_at_once_is_told_who_holds_the_warehouse(raw: Path, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "flows.cli",
        "run",
        "--raw",
        raw,
        "--var",
        tmp_path / "var",
        "--as-of",
        AS_OF,
    ]
    first = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert first.stderr is not None
    while not (tmp_path / "var" / "warehouse.duckdb").exists():
        assert first.poll() is None
    second = duban("run", "--raw", raw, "--var", tmp_path / "var", "--as-of", AS_OF, check=False)
    assert second.returncode == 4
    assert f"进程 {first.pid}（duban run --as-of {AS_OF}" in second.stderr
    waiting = duban("run", "--raw", raw, "--var", tmp_path / "var", "--as-of", AS_OF, "--wait", "300")
    assert waiting.returncode == 0
    assert first.wait(timeout=300) == 0
