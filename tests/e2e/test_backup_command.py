"""backup, restore and rebuild from the command line: nothing that people entered is ever lost."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.e2e.runs import ROOT, SAMPLE, comparable, duban, files

MONTHS = ("history", "2024-01", "2024-02", "2024-03", "2024-04")
DATES = ("2024-04-28", "2024-05-28")
TARGET = "500104-2024-investment-funds-in-place"

KILLED_WRITER = """
import os, signal, sys, duckdb
connection = duckdb.connect(sys.argv[1])
connection.execute("insert into footnote values ('in the log', 1, 'committed')")
os.kill(os.getpid(), signal.SIGKILL)
"""
KILLED_REBUILD = """
import os, signal, sys
from argparse import Namespace
from pathlib import Path
from flows import backup, migrate
from flows.settings import Settings
raw, reference, var, where = sys.argv[1:]

def die(*arguments):
    os.kill(os.getpid(), signal.SIGKILL)

if where == "after the first run":
    run = backup.monitor.run
    backup.monitor.run = lambda *a, **k: (run(*a, **k), die())
else:
    swap = migrate.swap_in
    migrate.swap_in = lambda *a: (swap(*a), die())
backup.rebuild(Settings(raw=Path(raw), reference=Path(reference), var=Path(var)), Namespace())
"""


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs, then what people enter: a released figure, an acknowledgement, a silence, an alias."""
    home = tmp_path_factory.mktemp("lived")
    for month in MONTHS:
        shutil.copytree(SAMPLE / month, home / "raw" / month)
    shutil.copytree(ROOT / "data" / "reference", home / "reference")
    options = options_of(home)
    for as_of in DATES:
        duban("run", *options, "--as-of", as_of)
    listed = json.loads(duban("quarantine", "list", "--json", *options).stdout)
    released = next(item for item in listed if item["gravity"] == "quarantined")["rejection_id"]
    duban("quarantine", "accept", released, "--author", "甲", "--reason", "核实无误", *options)
    duban(
        "alerts", "ack", TARGET, "--author", "乙", "--measures", "逐项跟进", "--due", "2024-07-31", *options
    )
    duban(
        "alerts", "silence", TARGET, "--author", "丙", "--reason", "已约谈", "--until", "2024-06-30", *options
    )
    duban("alias", "add", "gdp", "本区生产总值", "--author", "丁", "--reason", "街道用语", *options)
    duban("run", *options, "--as-of", DATES[-1])
    return home


def options_of(home: Path) -> list[object]:
    return ["--raw", home / "raw", "--var", home / "var", "--reference", home / "reference"]


@pytest.fixture
def home(lived: Path, tmp_path: Path) -> Path:
    shutil.copytree(lived, tmp_path / "home")
    return tmp_path / "home"


def entered(var: Path) -> dict[str, list[tuple[object, ...]]]:
    names = ("decision", "acknowledgement", "silence", "notification", "notification_alert", "sending")
    with duckdb.connect(str(var / "warehouse.duckdb")) as connection:
        return {name: connection.execute(f"from {name} order by all").fetchall() for name in names}


def kept(var: Path) -> list[Path]:
    return sorted(var.glob("warehouse.2*.duckdb"))


def test_a_backup_holds_what_lay_in_the_log_of_a_killed_process(home: Path, tmp_path: Path) -> None:
    var, target = home / "var", tmp_path / "kept" / "backup.duckdb"
    subprocess.run([sys.executable, "-c", KILLED_WRITER, var / "warehouse.duckdb"])
    assert (var / "warehouse.duckdb.wal").exists()
    done = duban("backup", target, *options_of(home))
    assert done.stdout.startswith(f"已备份 {var / 'warehouse.duckdb'} → {target}（")
    with duckdb.connect(str(target), read_only=True) as connection:
        found = connection.execute("select text from footnote where delivery_id = 'in the log'").fetchall()
    assert found == [("committed",)]


def test_a_backup_never_overwrites(home: Path, tmp_path: Path) -> None:
    target = tmp_path / "backup.duckdb"
    target.write_text("precious")
    done = duban("backup", target, *options_of(home), check=False)
    assert (done.returncode, done.stderr) == (2, f"{target} 已存在，不覆盖。请换一个文件名。\n")
    assert target.read_text() == "precious"


def test_there_is_nothing_to_back_up_before_the_first_run(tmp_path: Path) -> None:
    done = duban("backup", tmp_path / "b", "--var", tmp_path / "var", check=False)
    missing = tmp_path / "var" / "warehouse.duckdb"
    assert (done.returncode, done.stderr) == (4, f"找不到 {missing}。请检查路径，或先运行 duban run。\n")


def test_restoring_brings_back_the_tables_and_keeps_what_was_there(home: Path, tmp_path: Path) -> None:
    var, before = home / "var", comparable(home / "var")
    duban("backup", tmp_path / "backup.duckdb", *options_of(home))
    with duckdb.connect(str(var / "warehouse.duckdb")) as connection:
        connection.execute("delete from observation")
    done = duban("restore", tmp_path / "backup.duckdb", *options_of(home))
    assert comparable(var) == before
    assert f"原仓库留在 {kept(var)[0]}。" in done.stdout
    with duckdb.connect(str(kept(var)[0]), read_only=True) as connection:
        assert connection.execute("select count(*) from observation").fetchall() == [(0,)]
    duban("run", *options_of(home), "--as-of", DATES[-1])
    assert comparable(var) == before


def test_restoring_replaces_a_damaged_warehouse(home: Path, tmp_path: Path) -> None:
    var, before = home / "var", comparable(home / "var")
    duban("backup", tmp_path / "backup.duckdb", *options_of(home))
    (var / "warehouse.duckdb").write_bytes(b"rotten" * 1000)
    done = duban("run", *options_of(home), "--as-of", DATES[-1], check=False)
    assert done.returncode == 4
    assert (
        "已损坏，未作改动。请用 duban restore 恢复备份；没有备份时把它移到别处再运行 duban run，数据由原始文件重新装载，以往研判与人工填写的内容不能找回。"
        in done.stderr
    )
    assert "Traceback" not in done.stderr
    duban("restore", tmp_path / "backup.duckdb", *options_of(home))
    assert comparable(var) == before
    assert kept(var)[0].read_bytes() == b"rotten" * 1000


@pytest.mark.parametrize(
    ("content", "said"), [(b"no database" * 500, "已损坏"), (None, "不是督办的仓库文件。请选用 duban backup")]
)
def test_what_is_no_backup_is_refused_and_nothing_changes(
    home: Path, tmp_path: Path, content: bytes | None, said: str
) -> None:
    source, before = tmp_path / "other.duckdb", (home / "var" / "warehouse.duckdb").read_bytes()
    if content is None:
        duckdb.connect(str(source)).execute("create table other (i int)")
    else:
        source.write_bytes(content)
    done = duban("restore", source, *options_of(home), check=False)
    assert done.returncode == 4
    assert said in done.stderr and "Traceback" not in done.stderr
    assert (home / "var" / "warehouse.duckdb").read_bytes() == before
    assert kept(home / "var") == []


def test_rebuilding_ends_in_the_same_tables_tells_nobody_twice_and_keeps_what_people_entered(
    home: Path,
) -> None:
    var = home / "var"
    tables, people, mails = comparable(var), entered(var), files(var / "outbox")
    done = duban("rebuild", *options_of(home))
    assert comparable(var) == tables
    assert entered(var) == people
    assert files(var / "outbox") == mails
    assert f"重演 3 次运行。原仓库留在 {kept(var)[0]}。" in done.stdout
    assert not (var / "rebuilding").exists()
    assert "本区生产总值" in (home / "reference" / "indicators.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("where", ["after the first run", "after the swap"])
def test_a_rebuild_that_is_killed_loses_nothing(home: Path, where: str) -> None:
    var = home / "var"
    tables, people, mails = comparable(var), entered(var), files(var / "outbox")
    done = subprocess.run(
        [sys.executable, "-c", KILLED_REBUILD, home / "raw", home / "reference", var, where], cwd=ROOT
    )
    assert done.returncode == -signal.SIGKILL
    assert entered(var) == people
    duban("run", *options_of(home), "--as-of", DATES[-1])
    assert comparable(var) == tables
    assert files(var / "outbox") == mails


def test_a_rebuild_without_its_raw_files_leaves_the_warehouse(home: Path) -> None:
    shutil.rmtree(home / "raw")
    before = (home / "var" / "warehouse.duckdb").read_bytes()
    done = duban("rebuild", *options_of(home), check=False)
    assert done.returncode == 4 and "Traceback" not in done.stderr
    assert (home / "var" / "warehouse.duckdb").read_bytes() == before
    assert not (home / "var" / "rebuilding").exists()
