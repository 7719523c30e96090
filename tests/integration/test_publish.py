"""publish swaps in a whole file: readers of the old one see no error, readers of the new one see all of it."""

from __future__ import annotations

import subprocess
import sys
import threading

import duckdb
import pytest

from flows import warehouse
from flows.errors import DiskError
from flows.publish import publish
from flows.settings import Settings
from models.relations import PUBLISHED
from models.run import RunContext

READ = """
import sys, duckdb
for _ in range(int(sys.argv[2])):
    connection = duckdb.connect(sys.argv[1], read_only=True)
    assert connection.execute("select count(*) from run").fetchone() == (1,)
    connection.close()
print("read")
"""


@pytest.fixture(autouse=True)
def ready(settings: Settings, context: RunContext) -> None:
    warehouse.prepare(settings, context)
    add_run(settings, "first")
    publish(settings)


def add_run(settings: Settings, run_id: str) -> None:
    with warehouse.connect(settings) as connection:
        connection.execute("delete from run")
        connection.execute(f"insert into run (run_id) values ('{run_id}')")


def published_run(connection: duckdb.DuckDBPyConnection) -> str:
    ((run_id,),) = connection.execute("select run_id from run").fetchall()
    return str(run_id)


def test_exactly_the_listed_relations_are_published_as_tables_with_comments(settings: Settings) -> None:
    connection = warehouse.read_published(settings)
    tables = dict(connection.execute("select table_name, comment from duckdb_tables()").fetchall())
    assert set(tables) == {relation.name for relation in PUBLISHED}
    assert all(tables.values())
    assert connection.execute("select view_name from duckdb_views() where not internal").fetchall() == []


def test_every_published_column_has_a_comment_and_its_place(settings: Settings) -> None:
    connection = warehouse.read_published(settings)
    for relation in PUBLISHED:
        found = connection.execute(
            f"select column_name, comment is not null from duckdb_columns() where table_name = '{relation.name}' order by column_index"
        ).fetchall()
        assert found == [(column.name, True) for column in relation.columns]


def test_parquet_beside_it_holds_the_same_rows(settings: Settings) -> None:
    folder = settings.published.parent / "parquet"
    assert duckdb.sql(f"select run_id from '{folder}/run.parquet'").fetchall() == [("first",)]


def test_a_reader_that_holds_the_old_file_is_not_disturbed(settings: Settings) -> None:
    old = warehouse.read_published(settings)
    add_run(settings, "second")
    publish(settings)
    assert published_run(old) == "first"
    old.close()
    assert published_run(warehouse.read_published(settings)) == "second"


def test_a_thousand_opens_during_swaps_meet_no_error(settings: Settings) -> None:
    reader = subprocess.Popen(
        [sys.executable, "-c", READ, str(settings.published), "1000"], stdout=subprocess.PIPE, text=True
    )
    swaps = 0
    while reader.poll() is None and swaps < 200:
        publish(settings)
        swaps += 1
    assert reader.communicate(timeout=120)[0] == "read\n"
    assert reader.returncode == 0
    assert swaps > 3


def test_readers_in_other_threads_never_make_the_run_wait(settings: Settings) -> None:
    held = [warehouse.read_published(settings) for _ in range(5)]
    worker = threading.Thread(target=publish, args=(settings,))
    worker.start()
    worker.join(timeout=60)
    assert not worker.is_alive()
    assert {published_run(connection) for connection in held} == {"first"}


def test_a_half_written_file_of_a_killed_publish_is_replaced(settings: Settings) -> None:
    settings.published.with_suffix(".new").write_bytes(b"half a file")
    publish(settings)
    assert published_run(warehouse.read_published(settings)) == "first"
    assert not settings.published.with_suffix(".new").exists()


def test_a_damaged_published_file_is_named(settings: Settings) -> None:
    settings.published.write_bytes(b"x" * 5000)
    with pytest.raises(DiskError, match="duban.duckdb 已损坏"):
        warehouse.read_published(settings)
