"""A full or read-only disk, damaged files, a kill while publishing: a plain message, exit 4, nothing lost."""

from __future__ import annotations

import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.runs import ROOT, SAMPLE, comparable, duban, query

BEFORE, AS_OF = "2024-03-28", "2024-04-28"
NAMESPACE = ["unshare", "--mount", "sh", "-c"]

KILLED_PUBLISH = """
import os, signal, sys
from pathlib import Path
from flows import parquet, publish
from flows.settings import Settings
var, where = sys.argv[1:]

def die(*arguments):
    os.kill(os.getpid(), signal.SIGKILL)

module = parquet if where in ("swap", "write") else publish
setattr(module, where, die)
publish.publish(Settings(var=Path(var)))
"""


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("raw")
    for month in ("history", "2024-01", "2024-02", "2024-03"):
        shutil.copytree(SAMPLE / month, folder / month)
    return folder


@pytest.fixture(scope="module")
def before(raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One run as of March."""
    var = tmp_path_factory.mktemp("before") / "var"
    duban("run", "--raw", raw, "--var", var, "--as-of", BEFORE)
    return var


@pytest.fixture(scope="module")
def whole(raw: Path, before: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, and an undisturbed run as of April."""
    var = tmp_path_factory.mktemp("whole") / "var"
    shutil.copytree(before, var)
    duban("run", "--raw", raw, "--var", var, "--as-of", AS_OF)
    return var


@pytest.fixture
def var(before: Path, tmp_path: Path) -> Path:
    shutil.copytree(before, tmp_path / "var", symlinks=True)
    return tmp_path / "var"


def limited(raw: Path, var: Path, size: int) -> subprocess.CompletedProcess[str]:
    """A run that can write no file beyond `size` bytes."""
    return subprocess.run(
        [sys.executable, "-m", "flows.cli", "run", "--raw", raw, "--var", var, "--as-of", AS_OF],
        capture_output=True,
        text=True,
        cwd=ROOT,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
    )


def in_namespace(script: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """A shell script with mounts of its own; skipped where mounting is not allowed."""
    if subprocess.run([*NAMESPACE, "mount -t tmpfs tmpfs /mnt"], capture_output=True).returncode:
        pytest.skip("mounting file systems needs the rights of root")
    return subprocess.run(
        [*NAMESPACE, script, "sh", sys.executable, *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )


def said(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 4, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr.splitlines()[-1]


def mended(raw: Path, var: Path, whole: Path) -> bool:
    """Whether the next run ends as if nothing had happened."""
    duban("run", "--raw", raw, "--var", var, "--as-of", AS_OF)
    return comparable(var) == comparable(whole)


@pytest.mark.parametrize("kilobytes", [0, 20, 300, 1500, 4000])
def test_a_file_that_cannot_grow_stops_the_run_and_loses_nothing(
    raw: Path, var: Path, whole: Path, kilobytes: int
) -> None:
    message = said(limited(raw, var, kilobytes * 1000))
    assert "请检查磁盘空间与权限" in message
    assert query(var, "select distinct as_of from variance") == query(var, "select max(as_of) from run")
    assert mended(raw, var, whole)


def test_a_full_disk_stops_the_run_and_more_room_mends_it(
    raw: Path, var: Path, whole: Path, tmp_path: Path
) -> None:
    script = """
        size=$(( $(du -sk "$2" | cut -f1) + 300 )); disk="$2.disk"; mkdir "$disk"
        mount -t tmpfs -o size=${size}k tmpfs "$disk" && cp -r "$2/." "$disk" || exit 90
        "$1" -m flows.cli run --raw "$3" --var "$disk" --as-of "$4"; code=$?
        mount -o remount,size=1g "$disk" || exit 91
        "$1" -m flows.cli run --raw "$3" --var "$disk" --as-of "$4" >&2 || exit 92
        cp -r "$disk/." "$5"; exit $code
    """
    done = in_namespace(script, var, raw, AS_OF, tmp_path / "after")
    assert done.returncode == 4, done.stderr
    assert "Traceback" not in done.stderr
    assert "磁盘" in done.stderr
    assert comparable(tmp_path / "after") == comparable(whole)


def test_a_read_only_folder_is_named_and_can_still_be_read(raw: Path, var: Path) -> None:
    mount = 'mount --bind "$2" "$2" && mount -o remount,ro,bind "$2" || exit 90\n'
    done = in_namespace(mount + '"$1" -m flows.cli run --raw "$3" --var "$2"', var, raw)
    assert said(done) == (f"无法在 {var} 写入（磁盘是只读的）。请检查磁盘与权限，或用 --var 换一个目录。")
    assert in_namespace(mount + '"$1" -m flows.cli status --var "$2"', var).returncode == 0


@pytest.mark.parametrize(
    "place", ["published", "published/duban.new", "published/copies", "reports", "outbox", "warehouse.duckdb"]
)
def test_something_in_the_way_is_named_and_nothing_is_lost(
    raw: Path, var: Path, whole: Path, tmp_path: Path, place: str
) -> None:
    target, aside = var / place, tmp_path / "aside"
    if target.exists():
        target.rename(aside)
    if place in ("published/duban.new", "warehouse.duckdb"):
        (target / "in the way").mkdir(parents=True)
    else:
        target.write_text("in the way")
    assert str(target) in said(duban("run", "--raw", raw, "--var", var, "--as-of", AS_OF, check=False))
    shutil.rmtree(target) if target.is_dir() else target.unlink()
    if aside.exists():
        aside.rename(target)
    assert mended(raw, var, whole)


@pytest.mark.parametrize("damage", ["scribbled", "cut", "emptied"])
def test_a_damaged_published_file_is_named_and_the_next_run_replaces_it(
    raw: Path, var: Path, whole: Path, damage: str
) -> None:
    published = var / "published" / "duban.duckdb"
    content = {"scribbled": b"x" * 9000, "cut": published.read_bytes()[:500_000], "emptied": b""}[damage]
    published.unlink()
    published.write_bytes(content)
    for command in (["status"], ["explain", "500104-2024-gdp-growth"], ["alerts", "list"]):
        done = duban(*command, "--var", var, check=False)
        assert said(done) == f"数据库 {published} 已损坏，未作改动。重新运行 duban run 即可重新发布。"
    assert mended(raw, var, whole)


@pytest.mark.parametrize("damage", ["scribbled", "cut", "emptied", "flipped"])
def test_a_damaged_warehouse_is_named_and_left_as_it_is(raw: Path, var: Path, damage: str) -> None:
    file = var / "warehouse.duckdb"
    good = file.read_bytes()
    content = {
        "scribbled": b"x" * 9000,
        "cut": good[:500_000],
        "emptied": b"",
        "flipped": good[:4200] + b"x" * 12 + good[4212:],
    }[damage]
    file.write_bytes(content)
    message = said(duban("run", "--raw", raw, "--var", var, "--as-of", AS_OF, check=False))
    assert message == (
        f"数据库 {file} 已损坏，未作改动。请用 duban restore 恢复备份；没有备份时把它移到别处再运行 duban run，数据由原始文件重新装载，以往研判与人工填写的内容不能找回。"
    )
    doctor = duban("doctor", "--raw", raw, "--var", var, check=False)
    assert (doctor.returncode, message in doctor.stdout) == (4, True)
    assert file.read_bytes() == content
    assert duban("status", "--var", var).returncode == 0


@pytest.mark.parametrize("where", ["_fill", "write", "_sync", "swap", "_keep_copy", "_link"])
def test_killed_at_any_step_of_publishing_readers_see_the_old_or_the_new(var: Path, where: str) -> None:
    published = var / "published"
    rows = query(var, "select * from variance order by all")
    shutil.rmtree(published / "copies")
    done = subprocess.run([sys.executable, "-c", KILLED_PUBLISH, var, where], cwd=ROOT)
    assert done.returncode == -signal.SIGKILL
    assert query(var, "select * from variance order by all") == rows
    assert list((published / "parquet" / "variance").rglob("*.parquet"))
    subprocess.run(
        [sys.executable, "-c", "import sys; from pathlib import Path; from flows.publish import publish;"
         " from flows.settings import Settings; publish(Settings(var=Path(sys.argv[1])))", var],
        cwd=ROOT, check=True,
    )  # fmt: skip
    assert [p for p in published.iterdir() if ".new" in p.name or p.name.endswith(".link")] == []
    assert [p.name for p in (published / "copies").iterdir()] == [f"duban-{BEFORE}.duckdb"]
