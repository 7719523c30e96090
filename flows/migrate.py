"""migrate: bring a warehouse of an earlier version up to date: a new file, written from the old one, swapped in.

What the relations have gained since is empty; a type that was widened is cast; what a later version dropped
stays in the old file, which is kept beside. Nothing is changed in place, so a failure leaves the old file as it was.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flows import warehouse
from flows.errors import SchemaError
from flows.settings import Settings
from models.message import in_language, joined, say
from models.relations import BOOKS, KEPT
from models.run import TIME_ZONE

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Schema = dict[str, dict[str, str]]  # relation → column → type
_TYPES = {"TEXT": "VARCHAR"}


def upgrade(settings: Settings) -> Path | None:
    """Where the old file is kept now; None when the warehouse is up to date or not there yet.

    Raises SchemaError, and touches nothing, when a newer version wrote it.
    """
    path = settings.warehouse
    if settings.lake or not path.exists():
        return None
    fresh = path.with_suffix(".new")
    with warehouse.explained(path), warehouse.connect(settings) as connection:
        warehouse.check_version(connection, path)
        found = _schema(connection)
        if not found or (found == wanted() and warehouse.version_of(connection) == warehouse.SCHEMA_VERSION):
            return None
        _refuse_unknown(connection, found, path)
        try:
            _rewrite(connection, found, fresh)
            _add_views(fresh)
        except BaseException:
            remove(fresh)
            raise
    kept = swap_in(fresh, path)
    done = say("仓库 {path} 由较早的版本写成，已升级；原文件留在 {kept}。", path=path, kept=kept)
    print(in_language(done, settings.lang), file=sys.stderr)
    return kept


def wanted() -> Schema:
    """The relations of this version with their columns and types, as DuckDB names the types."""
    return {
        item.name: {c.name: _TYPES.get(c.type, c.type.replace(" ", "")) for c in item.columns}
        for item in BOOKS + KEPT
    }


def _schema(connection: DuckDBPyConnection) -> Schema:
    rows = connection.execute(
        "select table_name, column_name, data_type from duckdb_columns()"
        " where database_name = current_database() and schema_name = 'main' and not internal"
        " and table_oid in (select table_oid from duckdb_tables())"
    ).fetchall()
    found: Schema = {}
    for table, column, kind in rows:
        found.setdefault(table, {})[column] = kind
    return found


def _refuse_unknown(connection: DuckDBPyConnection, found: Schema, path: Path) -> None:
    """Columns that this version does not know, in a file that says it is of this version: a later build wrote it."""
    known = wanted()
    unknown = [
        f"{table}.{name}" for table in found for name in found[table] if name not in known.get(table, {})
    ]
    if unknown and warehouse.version_of(connection) == warehouse.SCHEMA_VERSION:
        raise SchemaError(
            say(
                "仓库 {path} 含有本程序不认识的栏目 {columns}，由更新的版本写成。请升级程序，文件未作改动。",
                path=path,
                columns=joined("、", sorted(unknown)[:5]),
            )
        )


def _rewrite(connection: DuckDBPyConnection, found: Schema, fresh: Path) -> None:
    from models.tables import statements

    remove(fresh)
    connection.execute(f"attach '{warehouse.quoted(fresh)}' as upgraded")
    with warehouse.transaction(connection):
        for statement in statements(BOOKS + KEPT, schema="upgraded.main"):
            connection.execute(statement)
        for table, columns in wanted().items():
            shared = ", ".join(f'"{name}"' for name in found.get(table, {}) if name in columns)
            if shared:
                connection.execute(
                    f"insert into upgraded.main.{table} ({shared}) select {shared} from main.{table}"
                )
        connection.execute(
            "delete from upgraded.main.warehouse_meta where key in ('schema_version', 'books_held')"
        )
        connection.execute(
            f"insert into upgraded.main.warehouse_meta values ('schema_version', '{warehouse.SCHEMA_VERSION}')"
        )
    connection.execute("checkpoint upgraded")
    connection.execute("detach upgraded")
    connection.execute("checkpoint")


def _add_views(fresh: Path) -> None:
    import duckdb

    with duckdb.connect(str(fresh)) as connection:
        warehouse.create_views(connection)
        connection.execute("checkpoint")


def swap_in(fresh: Path, path: Path) -> Path | None:
    """Put `fresh` in the place of `path`, which is kept beside under the time of day; there is always one of them.

    A write-ahead log belongs to the file it lies beside, so it goes with the kept one.
    """
    kept = None
    with fresh.open("rb") as handle:
        os.fsync(handle.fileno())
    if path.exists():
        kept = path.with_name(f"{path.stem}.{datetime.now(TIME_ZONE):%Y%m%d-%H%M%S-%f}{path.suffix}")
        os.link(path, kept)
        log = path.with_name(f"{path.name}.wal")
        if log.exists():
            log.rename(kept.with_name(f"{kept.name}.wal"))
    fresh.replace(path)
    return kept


def remove(path: Path) -> None:
    """Take a database file away, with its log."""
    path.unlink(missing_ok=True)
    path.with_name(f"{path.name}.wal").unlink(missing_ok=True)
