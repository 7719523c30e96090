"""Parquet beside the published file: the same rows and types for every reader, swapped in one step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import polars
import pytest

from flows import parts, warehouse
from flows.partitions import MANIFEST
from flows.publish import publish
from flows.settings import Settings
from models.relations import PUBLISHED
from models.run import RunContext

FIGURES = """
insert into observation (delivery_id, region, indicator, measure, basis, period_end, value, unit) values
    ('d', '500104', 'gdp', 'growth', 'ytd', '2024-03-31', 5.1, '%'),
    ('d', '500104', 'gdp', 'growth', 'ytd', '2023-12-31', 6, '%'),
    ('d', '011000', 'gdp', 'growth', 'ytd', '2024-03-31', 4.9, '%')
"""


@pytest.fixture
def folder(settings: Settings, context: RunContext) -> Path:
    """Three figures of two regions and two years, published."""
    warehouse.prepare(settings, context)
    with warehouse.connect(settings) as connection:
        connection.execute(FIGURES)
        connection.execute(
            "insert into delivery (delivery_id, file, sha256, received, provenance, finality, rows_read, rows_accepted,"
            " rows_quarantined, outcome) values ('d', 'a.csv', 'f', '2024-11-01', 'official', 'final', 3, 3, 0, 'loaded')"
        )
        connection.execute(
            "insert into book_region (region, name) values ('500104', '大渡口区'), ('011000', '某区')"
        )
        connection.execute("insert into book_indicator (indicator, name) values ('gdp', '地区生产总值')")
    publish(settings)
    return settings.published.parent / "parquet"


def schema(connection: duckdb.DuckDBPyConnection, source: str) -> list[tuple[str, str]]:
    return [(row[0], row[1]) for row in connection.execute(f"describe from {source}").fetchall()]


def source_of(folder: Path, name: str) -> str:
    single = folder / f"{name}.parquet"
    pattern = single if single.exists() else folder / name / "**" / "*.parquet"
    return f"read_parquet('{pattern}', hive_partitioning = true)"


def test_a_region_and_year_is_a_folder(folder: Path) -> None:
    found = sorted(str(path.parent.relative_to(folder)) for path in folder.glob("observation/**/*.parquet"))
    assert found == ["observation/011000/2024", "observation/500104/2023", "observation/500104/2024"]


def test_types_survive_with_hive_partitioning_on(folder: Path, settings: Settings) -> None:
    connection = warehouse.read_published(settings)
    for relation in PUBLISHED:
        if (folder / relation.name).exists() and not list((folder / relation.name).rglob("*.parquet")):
            continue  # no rows, no files
        assert schema(connection, source_of(folder, relation.name)) == schema(connection, relation.name)


def test_a_leading_zero_of_a_region_survives_in_every_reader(folder: Path) -> None:
    everything = polars.read_parquet(f"{folder}/observation/**/*.parquet")
    assert sorted(everything["region"].to_list()) == ["011000", "500104", "500104"]
    assert everything.schema["value"] == polars.Decimal(20, 6)
    import pandas

    assert sorted(pandas.read_parquet(folder / "observation")["region"]) == ["011000", "500104", "500104"]


def test_the_rows_are_those_of_the_file(folder: Path, settings: Settings) -> None:
    connection = warehouse.read_published(settings)
    for name in ("observation", "observation_vintage", "region", "run", "delivery"):
        both = [
            connection.execute(f"from {s} order by all").fetchall() for s in (name, source_of(folder, name))
        ]
        assert both[0] == both[1]


def test_a_reader_that_resolved_the_link_can_finish_after_the_next_publication(
    folder: Path, settings: Settings
) -> None:
    resolved = folder.resolve()
    before = duckdb.sql(f"from '{resolved}/observation/**/*.parquet' order by all").fetchall()
    with warehouse.connect(settings) as connection:
        connection.execute("update observation set value = value + 1")
    publish(settings)
    assert folder.resolve() != resolved
    assert duckdb.sql(f"from '{resolved}/observation/**/*.parquet' order by all").fetchall() == before
    assert duckdb.sql(f"from '{folder}/observation/**/*.parquet' order by all").fetchall() != before


def test_old_generations_are_removed(folder: Path, settings: Settings) -> None:
    for _ in range(4):
        publish(settings)
    kept = sorted(path.name for path in folder.parent.glob("parquet*"))
    assert kept == ["parquet", "parquet.4", "parquet.5"]


def test_what_a_killed_publication_left_is_no_hindrance(folder: Path, settings: Settings) -> None:
    (folder.parent / "parquet.new" / "observation").mkdir(parents=True)
    (folder.parent / "parquet.2").mkdir()
    (folder.parent / "parquet.link").symlink_to("parquet.2")
    publish(settings)
    assert duckdb.sql(f"select count(*) from '{folder}/observation/**/*.parquet'").fetchall() == [(3,)]


def inodes(folder: Path) -> dict[str, int]:
    """The file of each partition of the newest generation, by its folder."""
    return {
        str(path.parent.relative_to(folder)): path.stat().st_ino
        for path in folder.glob("*/**/*.parquet")
        if path.parent != folder
    }


def test_only_partitions_that_changed_are_written_again(folder: Path, settings: Settings) -> None:
    before = inodes(folder)
    with warehouse.connect(settings) as connection:
        connection.execute("update observation set value = 5.2 where region = '500104' and value = 5.1")
    publish(settings)
    after = inodes(folder)
    changed = {place for place in after if after[place] != before[place]}
    assert changed == {"observation/500104/2024", "observation_vintage/500104/2024"}
    values = duckdb.sql(f"select value from '{folder}/observation/500104/2024/*.parquet'").fetchall()
    assert [float(value) for (value,) in values] == [5.2]


def test_two_rows_that_change_places_are_a_change(folder: Path, settings: Settings) -> None:
    with warehouse.connect(settings) as connection:
        connection.execute("update observation set value = if(region = '011000', 5.1, 4.9) where value < 6")
    publish(settings)
    found = duckdb.sql(
        f"select region, value::double from '{folder}/observation/*/2024/*.parquet'"
    ).fetchall()
    assert sorted(found) == [("011000", 5.1), ("500104", 4.9)]


@pytest.mark.parametrize("spoil", [lambda path: path.write_bytes(b""), lambda path: path.unlink()])
def test_a_partition_cut_short_is_not_taken_over(
    folder: Path, settings: Settings, spoil: Callable[[Path], object]
) -> None:
    (path,) = (folder / "observation" / "500104" / "2023").glob("*.parquet")
    spoil(path)
    publish(settings)
    assert duckdb.sql(f"select count(*) from '{folder}/observation/**/*.parquet'").fetchall() == [(3,)]


@pytest.mark.parametrize("text", [b"", b"\xff\xfe", b"nothing known"])
def test_without_a_word_on_what_was_written_everything_is_written(
    folder: Path, settings: Settings, text: bytes
) -> None:
    before = inodes(folder)
    (folder / MANIFEST).write_bytes(text)
    publish(settings)
    after = inodes(folder)
    assert before.keys() == after.keys()
    assert not set(before.values()) & set(after.values())


def test_a_region_whose_last_row_goes_leaves_no_folder(folder: Path, settings: Settings) -> None:
    with warehouse.connect(settings) as connection:
        connection.execute("delete from observation where region = '011000'")
        connection.execute("update delivery set rows_read = 2, rows_accepted = 2")
    publish(settings)
    assert not (folder / "observation" / "011000").exists()


def test_parts_of_a_country_are_published_as_one(
    folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = duckdb.sql(f"from '{folder}/observation/**/*.parquet' order by all").fetchall()
    monkeypatch.setattr(parts, "REGIONS", 1)
    (folder / MANIFEST).unlink()
    publish(settings)
    assert duckdb.sql(f"from '{folder}/observation/**/*.parquet' order by all").fetchall() == whole
    with warehouse.read_published(settings) as connection:
        assert connection.execute("from observation order by all").fetchall() == whole


def copies(settings: Settings) -> list[str]:
    return sorted(path.name for path in (settings.published.parent / "copies").iterdir())


def test_a_copy_is_kept_for_each_as_of_date_up_to_the_setting(
    folder: Path, settings: Settings, context: RunContext
) -> None:
    few = replace(settings, copies_kept=2)
    for day in (date(2024, 12, 28), date(2025, 1, 28), date(2025, 1, 28)):
        warehouse.prepare(few, replace(context, as_of=day))
        publish(few)
    assert copies(few) == ["duban-2024-12-28.duckdb", "duban-2025-01-28.duckdb"]
    assert few.published.samefile(settings.published.parent / "copies" / "duban-2025-01-28.duckdb")


def test_a_copy_holds_what_was_published_then(folder: Path, settings: Settings, context: RunContext) -> None:
    with warehouse.connect(settings) as connection:
        connection.execute("update observation set value = 9")
    warehouse.prepare(settings, replace(context, as_of=date(2024, 12, 28)))
    publish(settings)
    then = settings.published.parent / "copies" / "duban-2024-11-28.duckdb"
    with duckdb.connect(str(then), read_only=True) as connection:
        assert connection.execute("select count(*) from observation where value = 9").fetchall() == [(0,)]


def test_no_copies_are_kept_where_the_setting_is_zero(folder: Path, settings: Settings) -> None:
    publish(replace(settings, copies_kept=0))
    assert copies(settings) == []


def test_nobody_opens_the_published_file_to_write_by_mistake(folder: Path, settings: Settings) -> None:
    assert settings.published.stat().st_mode & 0o222 == 0
