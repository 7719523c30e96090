"""publish: build the analysts' copy anew and swap it in; readers of the old file are undisturbed.

An explicit list of relations (models/relations.py PUBLISHED) with comments, never a copy of the whole
warehouse: that would carry mail bodies and addresses along.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flows import warehouse
from flows.settings import Settings
from models.relations import PUBLISHED

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class Published:
    """The file that readers open now."""

    path: Path
    relations: int

    def __str__(self) -> str:
        return f"发布 {self.relations} 张表 → {self.path}"


def publish(settings: Settings) -> Published:
    """Write every published relation to a new file, then swap it in."""
    target = settings.published
    fresh = target.with_suffix(".new")
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh.unlink(missing_ok=True)
    with warehouse.connect(settings) as connection:
        connection.execute(f"attach '{warehouse.quoted(fresh)}' as published")
        with warehouse.transaction(connection):  # one commit, not one for each of three hundred comments
            _build(connection)
        _write_parquet(connection, target.parent / "parquet")
        connection.execute("checkpoint published")
        connection.execute("detach published")
    _sync(fresh)
    fresh.replace(target)
    return Published(target, len(PUBLISHED))


def _build(connection: DuckDBPyConnection) -> None:
    from models.tables import statements

    for statement in statements(PUBLISHED, schema="published.main"):
        connection.execute(statement)
    for relation in PUBLISHED:
        names = ", ".join(f'"{column.name}"' for column in relation.columns)
        order = ", ".join(f'"{name}"' for name in relation.key)
        connection.execute(
            f"insert into published.main.{relation.name} ({names}) select {names} from mart.{relation.name} order by {order}"
        )


def _write_parquet(connection: DuckDBPyConnection, folder: Path) -> None:
    """One Parquet file a relation, in a new folder that takes the place of the old one."""
    fresh, old = folder.with_name("parquet.new"), folder.with_name("parquet.old")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for relation in PUBLISHED:
        path = warehouse.quoted(fresh / f"{relation.name}.parquet")
        connection.execute(f"copy published.main.{relation.name} to '{path}' (format parquet)")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _sync(path: Path) -> None:
    with path.open("rb") as handle:
        os.fsync(handle.fileno())
