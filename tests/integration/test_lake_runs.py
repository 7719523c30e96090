"""Runs on a DuckLake over PostgreSQL: the same commands and SQL, several processes at once, the same tables.

Eight regions, a group each, are run by four processes at once; another is killed in the middle of judging. What is
published must be what one process leaves in a file, one group after another.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks.national import Country, make
from flows import ledger, monitor, warehouse
from flows.errors import CannotOpen, ConfigurationError, DiskError, LockedError, UsageError
from flows.settings import COMMON, Settings
from tests import postgres
from tests.e2e.runs import comparable, files, query
from tests.lake import (
    FIGURES_OF_A_DELIVERY,
    GROUPS,
    REGIONS,
    context_of,
    settings_of,
    work,
    work_until_judged,
)

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

pytest.importorskip("duckdb_extension_ducklake", reason="没有安装 scale 附加包，跳过")
pytestmark = [
    pytest.mark.postgres,
    pytest.mark.timeout(1500),
    pytest.mark.skipif(not postgres.IS_HERE, reason=postgres.MISSING),
]

WORKERS = 4
KILLED = f"g{REGIONS[3]}"


@dataclass(frozen=True)
class Done:
    """A country that was run on a lake by four processes, and in a file by one."""

    lake: Settings
    file: Settings
    counts: tuple[tuple[int, int], ...]  # figures and assessments, as a reader saw them all the while


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Country:
    return make(tmp_path_factory.mktemp("country"), len(REGIONS), history=False)


@pytest.fixture(scope="module")
def lake(country: Country, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A lake with nothing in it."""
    with postgres.cluster() as port:
        yield settings_of(country, port, tmp_path_factory.mktemp("lake"))


@pytest.fixture(scope="module")
def done(country: Country, lake: Settings, tmp_path_factory: pytest.TempPathFactory) -> Done:
    monitor.run_group(lake, context_of(group=COMMON), quiet=True)
    counts = spread(lake)
    monitor.run_group(lake, context_of(1, KILLED), quiet=True)  # the killed worker's group, taken up again
    monitor.roll_up(lake, context_of(2), quiet=True)
    file = replace(country.settings, var=tmp_path_factory.mktemp("file"), groups=GROUPS)
    monitor.run(file, context_of(), quiet=True)
    return Done(lake, file, tuple(counts))


def spread(settings: Settings) -> list[tuple[int, int]]:
    """Four processes take the groups, a fifth is killed; what a reader counts until they are done."""
    names = [name for name in GROUPS if name != KILLED]
    shares = [tuple(names[number::WORKERS]) for number in range(WORKERS)]
    spawn = multiprocessing.get_context("spawn")
    killed = spawn.Process(target=work_until_judged, args=(settings, KILLED))
    workers = [spawn.Process(target=work, args=(settings, share)) for share in shares]
    for worker in (killed, *workers):
        worker.start()
    counts = []
    while any(worker.is_alive() for worker in (killed, *workers)):
        with warehouse.connect(replace(settings, context=context_of())) as reader:
            counts += count_for_a_while(reader)
    for worker in (killed, *workers):
        worker.join()
    assert [worker.exitcode for worker in (killed, *workers)] == [-9, *[0] * WORKERS]
    return counts


def count_for_a_while(reader: DuckDBPyConnection) -> list[tuple[int, int]]:
    sql = "select (select count(*) from observation), (select count(*) from mart.variance)"
    found: list[tuple[int, int]] = []
    for _ in range(20):
        found += reader.execute(sql).fetchall()
        time.sleep(0.1)
    return found


def test_four_processes_at_once_leave_on_a_lake_what_one_leaves_in_a_file(done: Done) -> None:
    file, lake = comparable(done.file.var), comparable(done.lake.var)
    assert lake == file
    assert len(lake["variance"]) == len(REGIONS) * FIGURES_OF_A_DELIVERY
    ids = "select assessment_id from assessment order by all"
    assert query(done.lake.var, ids) == query(done.file.var, ids)


def test_reports_are_the_same_files(done: Done) -> None:
    assert files(done.lake.var / "reports").keys() == files(done.file.var / "reports").keys()


def test_a_reader_sees_whole_deliveries_and_judgements_only_while_others_write(done: Done) -> None:
    assert len(done.counts) > 10
    assert list(done.counts) == sorted(done.counts)
    assert {number % FIGURES_OF_A_DELIVERY for counts in done.counts for number in counts} == {0}


def test_a_killed_run_is_told_from_a_finished_one_and_its_group_is_free(done: Done) -> None:
    with warehouse.posted(done.lake) as connection:
        rows = connection.execute("select region_group, outcome from run order by started_at, region_group")
        found = rows.fetchall()
    assert [group for group, outcome in found if outcome == "interrupted"] == [KILLED]
    assert not ledger.is_held(done.lake, KILLED)


def test_nobody_gets_a_second_mail_for_the_same_day(done: Done) -> None:
    letters = files(done.lake.var / "outbox")
    assert letters.keys() == files(done.file.var / "outbox").keys()
    assert len(letters) == len(REGIONS)
    assert monitor.roll_up(done.lake, context_of(3), quiet=True).messages == 0
    assert files(done.lake.var / "outbox") == letters


def test_the_commands_of_people_work_on_a_lake(done: Done, capsys: pytest.CaptureFixture[str]) -> None:
    from flows.decisions import Order, decide

    delivery_id, *_ = query(done.lake.var, "select delivery_id from delivery order by all")[0]
    for number, decision in enumerate(("withdraw", "restore")):
        order = Order("delivery", str(delivery_id), decision, "张三", "试验")
        decide(done.lake, order, now=context_of(number).started_at)
    sql = "select decision, decided_by, reason from delivery where decision is not null"
    assert query(done.lake.var, sql) == [("restore", "张三", "试验")]


def test_a_group_is_held_beside_others_and_the_whole_alone(done: Done) -> None:
    one, other = (replace(done.lake, context=context_of(group=f"g{region}")) for region in REGIONS[:2])
    with warehouse.locked(one, purpose="duban run"), warehouse.locked(other):
        said = "湖仓正由 .* duban run 使用（自 .*）。请等它结束"
        with pytest.raises(LockedError, match=said), warehouse.locked(one):
            pass
        with pytest.raises(LockedError), warehouse.locked(done.lake):
            pass
    with warehouse.locked(done.lake), pytest.raises(LockedError), warehouse.locked(one):
        pass


def test_two_senders_claim_a_message_once(done: Done) -> None:
    from flows.alert import outbox
    from flows.alert.outbox import MAIL, Message

    day = context_of().as_of
    message = Message("m1", "<m1@x>", day, MAIL, REGIONS[0], "o", "a@b.invalid", "zh", "题", 1, "文")
    with warehouse.posted(done.lake) as one, warehouse.posted(done.lake) as other:
        assert outbox.put(one, [message]) == 1
        claims = [outbox.claim(session, MAIL, context_of().started_at) for session in (one, other)]
        assert [claim.number if claim else None for claim in claims] == [1, None]
        assert outbox.recover(other, context_of().started_at) == []
        late = outbox._claim(other, "m1", context_of().started_at)  # who saw it waiting and came second
        assert late is None


@pytest.mark.parametrize("command", ["backup", "restore", "rebuild"])
def test_what_copies_files_says_who_keeps_a_lake(done: Done, command: str) -> None:
    from argparse import Namespace

    from flows import backup

    with pytest.raises(UsageError) as caught:
        getattr(backup, command)(done.lake, Namespace(file=done.lake.var / "copy"))
    assert str(caught.value) == (
        f"duban {command} 只用于文件仓库。湖仓请用 pg_dump 备份 PostgreSQL，并同时复制 lake_data 目录（见 docs/scaling.md）。"
    )


def test_a_group_does_not_change_the_books_that_others_use(done: Done) -> None:
    other_day = replace(context_of(group=f"g{REGIONS[0]}"), as_of=context_of().as_of.replace(year=2019))
    with pytest.raises(ConfigurationError, match="湖仓中的台账不是这一天的.*duban run --group common"):
        monitor.run_group(done.lake, other_day, quiet=True)


def test_a_group_that_does_not_exist_is_named_with_those_that_do(done: Done) -> None:
    with pytest.raises(UsageError, match="没有分组 west。现有：common、g110000"):
        monitor.run_group(done.lake, context_of(group="west"), quiet=True)


def test_comments_of_tables_and_columns_are_kept_on_a_lake(done: Done) -> None:
    sql = (
        "select table_name, column_name, comment from duckdb_columns() where schema_name = 'main'"
        " and table_name in ('observation', 'assessment') and database_name = 'warehouse' order by all"
    )
    assert rows(done.lake, sql) == rows(done.file, sql)
    assert rows(done.lake, sql)


def rows(settings: Settings, sql: str) -> list[tuple[Any, ...]]:
    with warehouse.connect(settings) as connection:
        return connection.execute(sql).fetchall()


def test_a_lake_keeps_both_of_two_inserts_if_absent(done: Done) -> None:
    """Why what several processes claim must not lie in the lake."""
    claim = "insert into warehouse_meta select 'claim', 'mine' where not exists (select 1 from warehouse_meta where key = 'claim')"
    with warehouse.connect(done.lake) as one, warehouse.connect(done.lake) as other:
        for connection in (one, other):
            connection.execute("begin")
            connection.execute(claim)
        for connection in (one, other):
            connection.execute("commit")
        assert one.execute("select count(*) from warehouse_meta where key = 'claim'").fetchall() == [(2,)]


def test_a_lake_without_a_run_says_so(country: Country, tmp_path: Path) -> None:
    with postgres.cluster() as port:
        empty = settings_of(country, port, tmp_path)
        with (
            pytest.raises(CannotOpen, match="湖仓里还没有数据。请先运行 duban run。"),
            warehouse.connect(empty),
        ):
            pass


def test_a_database_that_does_not_answer_is_no_traceback(country: Country, tmp_path: Path) -> None:
    away = settings_of(country, 1, tmp_path)
    with pytest.raises(DiskError, match="湖仓无法读写：.*请检查 PostgreSQL 是否在运行"):
        monitor.run(away, context_of(), quiet=True)
    with (
        pytest.raises(DiskError, match="湖仓无法读写：.*请检查 PostgreSQL 是否在运行"),
        warehouse.connect(away),
    ):
        pass
