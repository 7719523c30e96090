"""The only owner of connections: who holds the warehouse, its tables and its views.

DuckDB allows one writing process or many readers. The run therefore holds a lock of its own (flows/file_lock.py),
and every stage opens and closes its own connection to the warehouse. Where the settings name a lake, the same
functions lead to flows/lake.py and flows/ledger.py.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from flows.errors import CannotOpen, DiskError, SchemaError, UsageError
from flows.settings import Settings
from models.message import say
from models.run import RunContext

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SCHEMA_VERSION = 1
MEMORY = (
    "1200MB"  # beyond it DuckDB spills beside the file; with Python and its packages a run stays under 2 GiB
)
DISK_ERRORS = {
    errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO, errno.EFBIG,
    errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ENOTEMPTY,
}  # fmt: skip

# A run of all regions, or the last roll-up: groups that were run since are not published yet.
LAST_RUN = (
    "select run_id, as_of, mode, started_at from run where outcome = 'done'"
    " order by region_group is null desc, started_at desc, run_id limit 1"
)

# How DuckDB passes on what the disk said, in a failed commit for one.
DAMAGE_WORDS = ("not a valid", "Corrupt", "checksum", "Could not read enough bytes")
DISK_WORDS = tuple(map(os.strerror, sorted(DISK_ERRORS)))


@contextmanager
def locked(settings: Settings, *, wait: float = 0, purpose: str = "") -> Iterator[None]:
    """Hold the warehouse for this process; LockedError names the holder after `wait` seconds.

    On a lake a run of one group holds that group and leaves the others to other processes.
    """
    if settings.lake:
        from flows import ledger

        group = settings.context.group if settings.context else None
        with ledger.held(settings, group=group, wait=wait, purpose=purpose):
            yield
        return
    from flows import file_lock

    with file_lock.held(settings, wait=wait, purpose=purpose):
        yield


@contextmanager
def connect(settings: Settings) -> Iterator[DuckDBPyConnection]:
    """A DuckDB connection to the warehouse, closed afterwards; transactions are the caller's."""
    if settings.lake:
        from flows import lake

        with lake.opened(settings) as connection:
            yield connection
        return
    import sqlalchemy as sa

    engine = sa.create_engine(f"duckdb:///{settings.warehouse}", poolclass=sa.NullPool)
    try:
        with explained(settings.warehouse), engine.connect() as session:
            raw = session.connection.driver_connection
            assert raw is not None
            session.rollback()  # SQLAlchemy begins a transaction at once; ours begin where they matter
            raw.execute(f"set memory_limit = '{MEMORY}'")
            yield raw
    finally:
        engine.dispose()


@contextmanager
def posted(settings: Settings) -> Iterator[DuckDBPyConnection]:
    """A connection for claiming and recording messages, where a change that lost to another's changes no row."""
    if settings.lake:
        from flows import ledger

        with ledger.session(settings) as session:
            yield cast("DuckDBPyConnection", session)  # as much of one as the outbox uses
        return
    with connect(settings) as connection:
        yield connection


@contextmanager
def transaction(connection: DuckDBPyConnection) -> Iterator[None]:
    """All or nothing."""
    connection.execute("begin")
    try:
        yield
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn DuckDB's words about the file itself into ours; everything else passes."""
    import duckdb
    import sqlalchemy as sa

    try:
        yield
    except (duckdb.Error, sa.exc.DBAPIError) as error:
        cause = error.orig if isinstance(error, sa.exc.DBAPIError) else error
        of_file = isinstance(cause, duckdb.IOException | duckdb.SerializationException)
        if not of_file and not any(word in str(cause) for word in DISK_WORDS):
            raise
        raise DiskError(_disk_message(path, str(cause))) from error
    except OSError as error:
        if error.errno not in DISK_ERRORS:
            raise  # a missing file of our own is a bug, not the user's disk
        raise DiskError(
            say("磁盘操作失败：{error}。请检查磁盘空间与权限后重新运行，已提交的数据不受影响。", error=error)
        ) from error


def _disk_message(path: Path, text: str) -> str:
    damaged = any(word in text for word in DAMAGE_WORDS)
    if "lock" in text.lower() and not damaged:  # a damaged block is no lock
        return say(
            "数据库 {path} 正被另一个程序打开。请关闭它后重试；查询请用 published/duban.duckdb。", path=path
        )
    if damaged:
        way_out = (
            say("重新运行 duban run 即可重新发布")
            if path.parent.name == "published"
            else say(
                "请用 duban restore 恢复备份；没有备份时把它移到别处再运行 duban run，数据由原始文件重新装载，以往研判与人工填写的内容不能找回"
            )
        )
        return say("数据库 {path} 已损坏，未作改动。{way_out}。", path=path, way_out=way_out)
    return say(
        "数据库 {path} 无法读写：{first}。请检查磁盘空间与权限后重新运行。",
        path=path,
        first=text.splitlines()[0],
    )


def prepare(settings: Settings, context: RunContext) -> None:
    """Create what is missing in the warehouse and point its views at this run."""
    from flows.migrate import upgrade

    settings.var.mkdir(parents=True, exist_ok=True)
    if settings.lake:
        from flows import lake

        lake.create(replace(settings, context=context))
        return
    upgrade(settings)
    with connect(settings) as connection:
        with transaction(connection):
            _create_tables(connection)
            connection.execute("delete from run_context")
            connection.execute(
                "insert into run_context values (?, ?, ?, ?)",
                [context.run_id, context.as_of, context.mode, context.started_at.replace(tzinfo=None)],
            )
        create_views(connection)


def look_back(settings: Settings) -> None:
    """Point the views of a file at what is published, where groups may have been run since."""
    if settings.groups and not settings.lake:
        with connect(settings) as connection, transaction(connection):
            last = connection.execute(LAST_RUN).fetchall()
            if last:
                connection.execute(f"delete from run_context; insert into run_context {LAST_RUN}")


def check_version(connection: DuckDBPyConnection, path: Path) -> None:
    """Raise SchemaError when a newer version of duban wrote the file; an empty file has no version."""
    version = version_of(connection)
    if version is not None and version > SCHEMA_VERSION:
        raise SchemaError(
            say(
                "仓库 {path} 由更新的版本写成（结构 {version}，本程序只认识 {schema_version}）。请升级程序，文件未作改动。",
                path=path,
                version=version,
                schema_version=SCHEMA_VERSION,
            )
        )


def version_of(connection: DuckDBPyConnection) -> int | None:
    """The schema version that the file says it has, 0 where it says none; None for a file without tables of ours."""
    known = connection.execute("select 1 from duckdb_tables() where table_name = 'warehouse_meta'").fetchall()
    if not known:
        return None
    found = connection.execute("select text from warehouse_meta where key = 'schema_version'").fetchall()
    return int(found[0][0]) if found else 0


def _create_tables(connection: DuckDBPyConnection) -> None:
    existing = {
        row[0]
        for row in connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'main'"
        ).fetchall()
    }
    if existing:
        return
    from models.relations import BOOKS, KEPT
    from models.tables import statements

    for statement in statements(BOOKS + KEPT):
        connection.execute(statement)
    connection.execute(f"insert into warehouse_meta values ('schema_version', '{SCHEMA_VERSION}')")


def create_views(connection: DuckDBPyConnection) -> None:
    """(Re)create the views of staging and mart from the SQL files, so that they always match the code."""
    from sql import MARTS, STAGING, query

    schemas = {
        name
        for (name,) in connection.execute(
            "select schema_name from duckdb_schemas() where database_name in (current_database(), 'memory')"
        ).fetchall()
    }
    for schema, names in (("staging", STAGING), ("mart", MARTS)):
        if schema not in schemas:
            connection.execute(f"create schema {schema}")
        folder = "marts" if schema == "mart" else schema
        for name in names:
            connection.execute(f"create or replace view {schema}.{name} as {query(f'{folder}/{name}')}")


def require(settings: Settings) -> None:
    """CannotOpen before the first run."""
    if not settings.lake and not settings.warehouse.exists():
        raise CannotOpen(
            say("还没有仓库 {warehouse}。请先运行 duban run（或 make run）。", warehouse=settings.warehouse)
        )


def require_file(settings: Settings, command: str) -> None:
    """UsageError where the warehouse is a lake: its copies are made by the tools of its two halves."""
    if settings.lake:
        raise UsageError(
            say(
                "{command} 只用于文件仓库。湖仓请用 pg_dump 备份 PostgreSQL，并同时复制 lake_data 目录（见 docs/scaling.md）。",
                command=command,
            )
        )


def settle(settings: Settings) -> None:
    """Move what lies in the write-ahead log into the file, so that its bytes are the whole warehouse."""
    with connect(settings) as connection:
        connection.execute("checkpoint")


def check_file(path: Path) -> None:
    """Raise unless `path` is a warehouse that this version can use."""
    import duckdb

    with explained(path), duckdb.connect(str(path), read_only=True) as connection:
        if version_of(connection) is None:
            raise SchemaError(say("{path} 不是督办的仓库文件。请选用 duban backup 生成的文件。", path=path))
        check_version(connection, path)


def quoted(path: Path) -> str:
    """A path inside a quoted SQL text."""
    return str(path).replace("'", "''")


def look_into(settings: Settings) -> None:
    """Open the warehouse's file without changing it; DiskError where it is damaged. Only for who holds the lock."""
    import duckdb

    if settings.lake or not settings.warehouse.exists():
        return
    with explained(settings.warehouse), duckdb.connect(str(settings.warehouse), read_only=True) as connection:
        connection.execute("select count(*) from duckdb_tables()")


def read_published(settings: Settings) -> DuckDBPyConnection:
    """A read-only connection to the analysts' copy; takes no lock. CannotOpen before the first run."""
    import duckdb

    if not settings.published.exists():
        raise CannotOpen(
            say(
                "还没有发布的数据库 {published}。请先运行 duban run（或 make run）。",
                published=settings.published,
            )
        )
    try:
        return duckdb.connect(str(settings.published), read_only=True)
    except duckdb.Error as error:
        raise DiskError(_disk_message(settings.published, str(error))) from error
