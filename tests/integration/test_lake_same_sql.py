"""The tables, views and judging of duban on a DuckLake over PostgreSQL: the same SQL, the same rows.

A run of the command works on a file. What is proven here is what a lake would build on: docs/scaling.md says which
parts of a run still need a file.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks.national import Country, make
from flows import warehouse
from flows.judge import judge_on
from flows.load_books import load_books
from models.relations import BOOKS, KEPT
from models.tables import statements
from tests import postgres
from tests.lake import opened, write_regions

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

pytest.importorskip("duckdb_extensions", reason="没有安装 scale 附加包，跳过")
pytestmark = [pytest.mark.postgres, pytest.mark.skipif(not postgres.IS_HERE, reason=postgres.MISSING)]

TABLES = [item.name for item in BOOKS + KEPT]
REGIONS = 8
WORKERS = 4


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with postgres.cluster() as found:
        yield found


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Country:
    """Eight regions whose books and four years of figures lie in a warehouse file, not judged yet."""
    made = make(tmp_path_factory.mktemp("country"), REGIONS)
    load_books(made.settings, made.context)
    return made


@pytest.fixture(scope="module")
def data(port: int, country: Country, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lake's folder, with the tables of duban made and the books filled."""
    folder = tmp_path_factory.mktemp("lake")
    with opened(port, folder) as lake:
        lake.execute("begin")
        for statement in statements(BOOKS + KEPT):
            lake.execute(statement)
        lake.execute("commit")
        lake.execute(f"attach '{country.settings.warehouse}' as source (read_only)")
        for table in (*(item.name for item in BOOKS), "run_context"):
            lake.execute(f"insert into {table} by name select * from source.main.{table}")
        warehouse.create_views(lake)
    return folder


def rows(connection: DuckDBPyConnection, sql: str) -> list[tuple[object, ...]]:
    return connection.execute(sql).fetchall()


@pytest.fixture(scope="module")
def seen_by_reader(port: int, country: Country, data: Path) -> list[int]:
    """Four processes write two regions each, at once; what a reader counted all the while."""
    regions = [str(110000 + number) for number in range(REGIONS)]
    shares = [tuple(regions[number::WORKERS]) for number in range(WORKERS)]
    context = multiprocessing.get_context("spawn")
    workers = [
        context.Process(target=write_regions, args=(port, data, country.settings.warehouse, share))
        for share in shares
    ]
    for worker in workers:
        worker.start()
    counts = []
    with opened(port, data) as reader:
        while any(worker.is_alive() for worker in workers):
            ((count,),) = rows(reader, "select count(*) from observation")
            counts.append(int(str(count)))
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0] * WORKERS
    return counts


def test_four_writers_at_once_leave_what_one_leaves_on_a_file(
    port: int, country: Country, data: Path, seen_by_reader: list[int]
) -> None:
    with opened(port, data) as lake, warehouse.connect(country.settings) as file:
        for table in ("delivery", "observation"):
            sql = f"select * from {table} order by all"
            assert rows(lake, sql) == rows(file, sql)
            assert rows(lake, f"select count(*) from {table}") != [(0,)]


def test_a_reader_sees_whole_regions_only_while_others_write(seen_by_reader: list[int]) -> None:
    figures_of_a_region = 50 * 48
    assert seen_by_reader == sorted(seen_by_reader)
    assert all(count % figures_of_a_region == 0 for count in seen_by_reader)


def test_judging_says_the_same_on_a_lake_as_on_a_file(
    port: int, country: Country, data: Path, seen_by_reader: list[int]
) -> None:
    with warehouse.connect(country.settings) as file, warehouse.transaction(file):
        judge_on(file)
    with opened(port, data) as lake:
        judge_on(lake)
        with warehouse.connect(country.settings) as file:
            for relation in ("main.assessment", "mart.variance", "mart.observation_vintage"):
                sql = f"select * from {relation} order by all"
                assert rows(lake, sql) == rows(file, sql)
                assert rows(file, f"select count(*) from {relation}") != [(0,)]


def test_comments_of_tables_and_columns_are_kept_on_a_lake(port: int, country: Country, data: Path) -> None:
    sql = (
        "select table_name, column_name, comment from duckdb_columns()"
        " where schema_name = 'main' and table_name = 'observation' and database_name = '{}' order by all"
    )
    with opened(port, data) as lake, warehouse.connect(country.settings) as file:
        assert rows(lake, sql.format("lake")) == rows(file, sql.format("warehouse"))


def test_a_lake_keeps_both_of_two_inserts_if_absent(port: int, data: Path) -> None:
    """Why a claim that one of several processes may hold must not lie in the lake."""
    claim = "insert into warehouse_meta select 'claim', 'mine' where not exists (select 1 from warehouse_meta where key = 'claim')"
    with opened(port, data) as one, opened(port, data) as other:
        for connection in (one, other):
            connection.execute("begin")
            connection.execute(claim)
        for connection in (one, other):
            connection.execute("commit")
        assert rows(one, "select count(*) from warehouse_meta where key = 'claim'") == [(2,)]
