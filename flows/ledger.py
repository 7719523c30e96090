"""The PostgreSQL beside a lake, through SQLAlchemy: what several processes change, and who holds what.

A lake keeps both of two concurrent inserts, so runs, claims and the outbox cannot lie in it. Here they have real
keys, and a claim is a conditional update. Who holds the warehouse is an advisory lock of the holder's connection:
it ends with the process, however that ends.
"""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from flows.errors import DiskError, LockedError, SchemaError
from flows.settings import COMMON, LAKE, Settings
from models.message import say

if TYPE_CHECKING:
    import sqlalchemy as sa

SCHEMA = "main"  # as in a file, so that the same SQL finds its tables
LOCKS = 0x64756261  # the first half of every advisory lock of ours
WHOLE = "the warehouse"
NAME_BYTES = 63  # of what PostgreSQL keeps of an application's name


def place(settings: Settings) -> str:
    """What libpq is told; a password comes from PGPASSWORD or ~/.pgpass."""
    return settings.lake.removeprefix(LAKE)


@contextmanager
def connected(settings: Settings, name: str = "duban") -> Iterator[sa.Connection]:
    """A connection on which every statement is its own transaction, unless `begin` says otherwise."""
    import psycopg
    import sqlalchemy as sa

    def connect() -> Any:  # noqa: ANN401
        label = name.encode("ascii", "ignore").decode()[:NAME_BYTES]
        return psycopg.connect(place(settings), application_name=label, options=f"-c search_path={SCHEMA}")

    engine = sa.create_engine(
        "postgresql+psycopg://", creator=connect, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT"
    )
    try:
        with engine.connect() as connection:
            yield connection
    except (sa.exc.OperationalError, psycopg.OperationalError) as error:
        raise DiskError(unreachable(error)) from error
    finally:
        engine.dispose()


def unreachable(error: Exception) -> str:
    """What to say when PostgreSQL or the lake's folder does not answer."""
    cause = getattr(error, "orig", None) or error
    return say(
        "湖仓无法读写：{reason}。请检查 PostgreSQL 是否在运行、warehouse 与 lake_data 设置是否正确，然后重新运行。",
        reason=(str(cause).strip().splitlines() or [type(cause).__name__])[0],
    )


def create(settings: Settings) -> None:
    """The tables with their keys; SchemaError where they are there in another shape."""
    import sqlalchemy as sa

    from models.relations import LEDGER
    from models.tables import build

    metadata = build(LEDGER, SCHEMA, has_keys=True)
    with connected(settings) as connection:
        connection.execute(sa.schema.CreateSchema(SCHEMA, if_not_exists=True))
        metadata.create_all(connection)
        looked = sa.inspect(connection)
        found = {
            t.name: {c["name"] for c in looked.get_columns(t.name, SCHEMA)} for t in metadata.sorted_tables
        }
    if found != {t.name: set(t.columns.keys()) for t in metadata.sorted_tables}:
        raise SchemaError(other_version())


def other_version() -> str:
    return say(
        "湖仓的表结构属于另一个版本的督办，未作改动。湖仓不自动升级：请用写入它的版本，或按 docs/scaling.md 另建湖仓。"
    )


class Session:
    """Statements with `?`, as a DuckDB connection takes them: the outbox need not know where it lies."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._result: sa.CursorResult[Any] | None = None

    def execute(self, text: str, values: Sequence[object] = ()) -> Session:
        self._result = self._connection.exec_driver_sql(text.replace("?", "%s"), tuple(values))
        return self

    def fetchall(self) -> list[tuple[Any, ...]]:
        """The rows; of a change, how many rows it changed."""
        assert self._result is not None
        if not self._result.returns_rows:
            return [(self._result.rowcount,)]
        return [tuple(row) for row in self._result.fetchall()]


@contextmanager
def session(settings: Settings) -> Iterator[Session]:
    """Statements over runs, outbox and notifications; each commits by itself, or in `warehouse.transaction`."""
    with connected(settings) as connection:
        yield Session(connection)


@contextmanager
def held(settings: Settings, *, group: str | None, wait: float, purpose: str) -> Iterator[None]:
    """Hold one group beside others, or the whole warehouse alone; LockedError names the holder after `wait`."""
    with connected(settings, f"{socket.gethostname()}:{os.getpid()} {purpose}") as connection:
        deadline = time.monotonic() + wait
        while not _take(connection, group):
            if time.monotonic() >= deadline:
                raise LockedError(_holder(connection, group))
            time.sleep(0.1)
        yield


def is_held(settings: Settings, group: str) -> bool:
    """Whether some living process holds the group."""
    with connected(settings) as connection:
        return bool(_holders(connection, group))


def _take(connection: sa.Connection, group: str | None) -> bool:
    """All or nothing, without waiting: the common regions and the whole warehouse are held alone."""
    if group in (None, COMMON):
        return _said(connection, "pg_try_advisory_lock", WHOLE)
    if not _said(connection, "pg_try_advisory_lock_shared", WHOLE):
        return False
    if _said(connection, "pg_try_advisory_lock", str(group)):
        return True
    _said(connection, "pg_advisory_unlock_shared", WHOLE)
    return False


def _said(connection: sa.Connection, function: str, name: str) -> bool:
    return bool(connection.exec_driver_sql(f"select {function}({LOCKS}, hashtext(%s))", (name,)).scalar())


def _holders(connection: sa.Connection, name: str) -> list[tuple[str, str]]:
    found = connection.exec_driver_sql(
        "select application_name, to_char(backend_start, 'YYYY-MM-DD HH24:MI:SS')"
        " from pg_locks join pg_stat_activity using (pid) where locktype = 'advisory' and granted"
        f" and pg_locks.database = (select oid from pg_database where datname = current_database())"
        f" and classid = {LOCKS} and objid = (hashtext(%s)::bigint & 4294967295)::oid order by backend_start",
        (name,),
    )
    return [(str(who), str(since)) for who, since in found]


def _holder(connection: sa.Connection, group: str | None) -> str:
    names = [WHOLE] if group in (None, COMMON) else [WHOLE, str(group)]
    own = connection.exec_driver_sql("show application_name").scalar()
    found = [item for name in names for item in _holders(connection, name) if item[0] != own]
    who, since = found[0] if found else (say("另一个进程"), "")
    return say("湖仓正由 {who} 使用（自 {since}）。请等它结束，或加 --wait 秒数 等待。", who=who, since=since)
