"""Parquet beside the published file: the same relations and types for tools that read no DuckDB.

`parquet` is a link to the newest generation and moves in one step. The generation before it stays until the
next publication, so that a reader who resolved the link first can finish. What did not change since is shared by
both (flows/partitions.py).

Relations with a region and a period are a folder a region and a year, `observation/500104/2024/`; the others
one file. The folders are named by the bare value, not `region=500104`: readers turn such names into columns of
their own, make a number of 500104 and add a `year` that the relation does not have.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from flows.partitions import Generation
from flows.warehouse import quoted
from models.relations import PUBLISHED, Relation

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FOLDER = "parquet"


def write(connection: DuckDBPyConnection, folder: Path) -> None:
    """Write the next generation from the published file that `connection` has open."""
    fresh = folder / f"{FOLDER}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    generation = Generation(fresh, folder / FOLDER)
    for relation in PUBLISHED:
        if year := _year(relation):
            generation.write(connection, relation, year)
        else:
            path = quoted(fresh / f"{relation.name}.parquet")
            connection.execute(f"copy {relation.name} to '{path}' (format parquet)")
    generation.remember()


def _year(relation: Relation) -> str | None:
    """What tells the year of a row, for relations that grow with regions and years."""
    names = {column.name for column in relation.columns}
    if "region" not in names or relation.name in ("delivery", "alert", "notification"):
        return None
    return "year" if "year" in names else "year(period_end)" if "period_end" in names else None


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
