"""The warehouse has one writer, says who it is, and never makes a user read a traceback."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from flows import warehouse
from flows.errors import CannotOpen, DiskError, LockedError, SchemaError
from flows.settings import Settings
from models.relations import BOOKS, KEPT
from models.run import RunContext

HOLD = """
import sys, time
from pathlib import Path
from flows import warehouse
from flows.settings import Settings
with warehouse.locked(Settings(var=Path(sys.argv[1])), purpose="duban run"):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def hold(settings: Settings, seconds: float) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(settings.var), str(seconds)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_the_second_writer_is_told_who_holds_the_warehouse(settings: Settings) -> None:
    holder = hold(settings, 30)
    try:
        with (
            pytest.raises(LockedError, match=f"进程 {holder.pid}（duban run，自 .*--wait 秒数"),
            warehouse.locked(settings),
        ):
            pass
    finally:
        holder.kill()
        holder.wait()


def test_waiting_gets_the_warehouse_when_the_first_is_done(settings: Settings) -> None:
    holder = hold(settings, 1)
    with warehouse.locked(settings, wait=30):
        assert holder.wait(timeout=10) == 0


def test_a_killed_holder_leaves_no_lock(settings: Settings) -> None:
    holder = hold(settings, 30)
    holder.kill()
    holder.wait()
    with warehouse.locked(settings):
        pass


def test_every_table_and_column_is_made_with_a_comment(settings: Settings, context: RunContext) -> None:
    with warehouse.locked(settings):
        warehouse.prepare(settings, context)
    with warehouse.connect(settings) as connection:
        tables = dict(connection.execute("select table_name, comment from duckdb_tables()").fetchall())
        bare = connection.execute(
            "select table_name, column_name from duckdb_columns()"
            " where schema_name = 'main' and not internal and comment is null"
            " and table_name in (select table_name from duckdb_tables())"
        ).fetchall()
    assert set(tables) == {relation.name for relation in BOOKS + KEPT}
    assert all(tables.values())
    assert bare == []


def test_preparing_twice_keeps_what_is_there(settings: Settings, context: RunContext) -> None:
    warehouse.prepare(settings, context)
    with warehouse.connect(settings) as connection:
        connection.execute("insert into footnote values ('d', 1, 'kept')")
    warehouse.prepare(settings, context)
    with warehouse.connect(settings) as connection:
        assert connection.execute("select text from footnote").fetchall() == [("kept",)]
        assert connection.execute("select count(*) from run_context").fetchall() == [(1,)]


def test_a_newer_warehouse_is_refused_and_left_alone(settings: Settings, context: RunContext) -> None:
    warehouse.prepare(settings, context)
    with warehouse.connect(settings) as connection:
        connection.execute("update warehouse_meta set text = '999' where key = 'schema_version'")
    before = settings.warehouse.read_bytes()
    with pytest.raises(SchemaError, match="由更新的版本写成（结构 999"):
        warehouse.prepare(settings, context)
    assert settings.warehouse.read_bytes() == before


def test_a_file_that_is_no_database_is_named_with_the_way_out(
    settings: Settings, context: RunContext
) -> None:
    settings.var.mkdir()
    settings.warehouse.write_bytes(b"not a database" * 1000)
    with pytest.raises(DiskError, match="已损坏，未作改动。请用 duban restore"):
        warehouse.prepare(settings, context)


def test_a_folder_that_cannot_be_written_is_named(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    blocked = replace(settings, var=tmp_path / "file" / "var")
    with pytest.raises(DiskError, match="请检查磁盘与权限，或用 --var 换一个目录"), warehouse.locked(blocked):
        pass


def test_readers_are_told_to_run_first(settings: Settings) -> None:
    with pytest.raises(CannotOpen, match="还没有发布的数据库 .*请先运行 duban run"):
        warehouse.read_published(settings)
