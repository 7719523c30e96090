"""Parquet beside the published file: the same relations and types for tools that read no DuckDB.

`parquet` is a link to the newest generation and moves in one step. The generation before it stays until the
next publication, so that a reader who resolved the link first can finish.

Relations with a region and a period are a folder a region and a year, `observation/500104/2024/`; the others
one file. The folders are named by the bare value, not `region=500104`: readers turn such names into columns of
their own, make a number of 500104 and add a `year` that the relation does not have.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from flows.warehouse import quoted
from models.relations import PUBLISHED, Relation

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FOLDER = "parquet"
_NULL = "__HIVE_DEFAULT_PARTITION__"


def write(connection: DuckDBPyConnection, folder: Path) -> None:
    """Write the next generation from the published file that `connection` has open."""
    fresh = folder / f"{FOLDER}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for relation in PUBLISHED:
        year = _year(relation)
        if year:
            _write_partitions(connection, relation, year, fresh / relation.name)
        else:
            path = quoted(fresh / f"{relation.name}.parquet")
            connection.execute(f"copy {relation.name} to '{path}' (format parquet)")


def _year(relation: Relation) -> str | None:
    """What tells the year of a row, for relations that grow with regions and years."""
    names = {column.name for column in relation.columns}
    if "region" not in names or relation.name in ("delivery", "alert", "notification"):
        return None
    return "year" if "year" in names else "year(period_end)" if "period_end" in names else None


def _write_partitions(connection: DuckDBPyConnection, relation: Relation, year: str, folder: Path) -> None:
    connection.execute(
        f"copy (select region as of_region, {year} as of_year, * from {relation.name}) to '{quoted(folder)}'"
        " (format parquet, partition_by (of_region, of_year))"
    )
    folder.mkdir(exist_ok=True)  # no rows, no folder
    for path in (*folder.glob("*/of_year=*"), *folder.glob("of_region=*")):
        value = path.name.partition("=")[2]
        path.rename(path.with_name("none" if value == _NULL else value))


def swap(folder: Path) -> None:
    """Make the generation just written the one that `parquet` leads to; keep the one before, drop older ones."""
    link = folder / FOLDER
    before = link.readlink().name if link.is_symlink() else ""
    number = int(before.rpartition(".")[2] or 0) + 1
    generation = folder / f"{FOLDER}.{number}"
    shutil.rmtree(generation, ignore_errors=True)
    (folder / f"{FOLDER}.new").rename(generation)
    draft = folder / f"{FOLDER}.link"
    draft.unlink(missing_ok=True)
    draft.symlink_to(generation.name)
    if link.is_dir() and not link.is_symlink():
        shutil.rmtree(link)  # made by hand or by an earlier version
    draft.replace(link)
    for old in folder.glob(f"{FOLDER}.*"):
        if old.name not in (generation.name, before):
            shutil.rmtree(old, ignore_errors=True)
