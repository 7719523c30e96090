"""An older warehouse is upgraded by a new file or left as it was; a newer one is refused and untouched."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from flows import migrate, warehouse
from flows.errors import SchemaError
from flows.publish import publish
from flows.settings import Settings
from models.run import RunContext

FIRST = Path(__file__).parents[1] / "golden" / "warehouse_first.sql"  # made by the code of the first day
ROWS = """
insert into warehouse_meta values ('schema_version', '1'), ('books_held', 'x');
insert into delivery (delivery_id, file, received) values ('d', 'a.csv', '2024-11-01');
insert into observation (delivery_id, indicator, period_end, value) values ('d', 'gdp', '2024-09-30', 5.1);
insert into decision values ('e', 'delivery', 'd', 'withdraw', '甲', '错表', '2024-11-02 10:00');
insert into assessment (assessment_id, target_id, schedule_share) values ('a', 't', 0.75);
"""


@pytest.fixture
def older(settings: Settings) -> Settings:
    """A warehouse as the first day's code made it, with a figure, a decision and an assessment."""
    settings.var.mkdir()
    with duckdb.connect(str(settings.warehouse)) as connection:
        connection.execute(FIRST.read_text(encoding="utf-8"))
        connection.execute(ROWS)
    return settings


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(path)) as connection:
        return connection.execute(sql).fetchall()


def beside(settings: Settings) -> list[str]:
    return sorted(path.name for path in settings.var.iterdir() if path.name != "warehouse.duckdb")


def test_an_older_warehouse_gets_every_relation_and_keeps_every_row(older: Settings) -> None:
    assert migrate.upgrade(older)
    with warehouse.connect(older) as connection:
        assert migrate._schema(connection) == migrate.wanted()
    assert rows(older.warehouse, "select delivery_id, value from observation") == [("d", Decimal("5.1"))]
    assert rows(older.warehouse, "select author, reason from decision") == [("甲", "错表")]
    assert rows(older.warehouse, "select schedule_share from assessment") == [(Decimal("0.75"),)]
    assert rows(older.warehouse, "select count(*) from alert") == [(0,)]


def test_the_old_file_is_kept_beside_as_it_was(older: Settings) -> None:
    before = older.warehouse.read_bytes()
    kept = migrate.upgrade(older)
    assert kept is not None and kept.parent == older.var
    assert kept.read_bytes() == before


def test_what_is_upgraded_has_comments_and_can_be_published(older: Settings) -> None:
    migrate.upgrade(older)
    bare = "select count(*) from duckdb_columns() where schema_name = 'main' and comment is null and table_name = 'assessment'"
    assert rows(older.warehouse, bare) == [(0,)]
    rows(older.warehouse, "insert into run_context (as_of) values ('2024-11-28')")
    rows(older.warehouse, "delete from assessment")  # it names no run
    publish(older)


def test_the_user_is_told_where_the_old_file_is(older: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    kept = migrate.upgrade(older)
    said = capsys.readouterr().err
    assert said == f"仓库 {older.warehouse} 由较早的版本写成，已升级；原文件留在 {kept}。\n"


def test_a_run_upgrades_by_itself_and_only_once(older: Settings, context: RunContext) -> None:
    warehouse.prepare(older, context)
    warehouse.prepare(older, context)
    assert len([name for name in beside(older) if name.startswith("warehouse.2")]) == 1
    assert rows(older.warehouse, "select count(*) from observation") == [(1,)]


def test_the_books_are_written_anew_after_an_upgrade(older: Settings) -> None:
    migrate.upgrade(older)
    assert rows(older.warehouse, "select key, text from warehouse_meta") == [("schema_version", "1")]


def test_a_warehouse_that_lost_a_column_gets_it_back_empty(settings: Settings, context: RunContext) -> None:
    warehouse.prepare(settings, context)
    for statement in (
        "drop schema mart cascade",
        "drop schema staging cascade",
        "insert into footnote values ('d', 1, 'kept')",
        "alter table observation drop column note",
        "drop table silence",
    ):
        rows(settings.warehouse, statement)
    assert migrate.upgrade(settings)
    assert rows(settings.warehouse, "select text from footnote") == [("kept",)]
    assert rows(settings.warehouse, "select count(note) from observation") == [(0,)]
    assert rows(settings.warehouse, "select count(*) from silence") == [(0,)]


def test_an_up_to_date_warehouse_is_left_alone(settings: Settings, context: RunContext) -> None:
    warehouse.prepare(settings, context)
    before = settings.warehouse.read_bytes()
    assert migrate.upgrade(settings) is None
    assert settings.warehouse.read_bytes() == before


def test_where_there_is_no_warehouse_there_is_nothing_to_upgrade(settings: Settings) -> None:
    assert migrate.upgrade(settings) is None
    assert not settings.warehouse.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            "update warehouse_meta set text = '2' where key = 'schema_version'",
            "由更新的版本写成（结构 2，本程序只认识 1）。请升级程序，文件未作改动。",
        ),
        (
            "alter table footnote add column colour text",
            "含有本程序不认识的栏目 footnote.colour，由更新的版本写成。请升级程序，文件未作改动。",
        ),
        (
            "create table weather (day date)",
            "含有本程序不认识的栏目 weather.day，由更新的版本写成。请升级程序，文件未作改动。",
        ),
    ],
)
def test_a_newer_warehouse_is_refused_and_untouched(
    settings: Settings, context: RunContext, change: str, said: str
) -> None:
    warehouse.prepare(settings, context)
    rows(settings.warehouse, change)
    before = settings.warehouse.read_bytes()
    with pytest.raises(SchemaError) as caught:
        warehouse.prepare(settings, context)
    assert str(caught.value) == f"仓库 {settings.warehouse} {said}"
    assert caught.value.exit_code == 4
    assert settings.warehouse.read_bytes() == before
    assert beside(settings) == []


def test_a_failed_upgrade_leaves_the_old_file_and_nothing_else(
    older: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows(older.warehouse, "alter table observation alter value type text")
    rows(older.warehouse, "update observation set value = 'no number'")
    with pytest.raises(duckdb.ConversionException):
        migrate.upgrade(older)
    assert rows(older.warehouse, "select value from observation") == [("no number",)]
    assert beside(older) == []


def test_an_upgrade_that_was_killed_is_made_up_for(older: Settings) -> None:
    older.warehouse.with_suffix(".new").write_bytes(b"half a file")
    assert migrate.upgrade(older)
    assert rows(older.warehouse, "select count(*) from observation") == [(1,)]
    assert not older.warehouse.with_suffix(".new").exists()
