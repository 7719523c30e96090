"""The warehouse as a lake: DuckLake with its catalog in PostgreSQL and its data in a folder.

A connection to it has three databases: `warehouse` (the lake), `ledger` (PostgreSQL: runs, outbox, decisions) and
its own memory with the context of its run and the views of staging and mart. The search path puts them in this
order, so that the same SQL as over a file finds every table where it lies.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from flows import ledger, warehouse
from flows.errors import CannotOpen, ConfigurationError, DiskError, SchemaError
from flows.settings import COMMON, Settings
from models.message import say

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

EXTENSIONS = ("ducklake", "postgres_scanner")
SEARCH_PATH = "warehouse.main,ledger.main,memory.main,memory.staging,memory.mart"
RETRIES = 100  # of a commit that meets another one


@contextmanager
def opened(settings: Settings) -> Iterator[DuckDBPyConnection]:
    """A connection on which the SQL of a file works unchanged; CannotOpen before the first run."""
    with _attached(settings) as connection:
        if not _columns(connection):
            raise CannotOpen(say("湖仓里还没有数据。请先运行 duban run。"))
        _look(connection, settings)
        yield connection


def create(settings: Settings) -> None:
    """The tables, by whoever holds the warehouse alone; SchemaError where another version made them."""
    is_alone = settings.context is None or settings.context.group in (None, COMMON)
    if is_alone:
        ledger.create(settings)
    with _attached(settings) as connection:
        found = _columns(connection)
        if not found and not is_alone:
            raise CannotOpen(say("湖仓里还没有台账。请先运行公共部分：duban run --group common。"))
        if not found:
            _create(connection)
        elif found != wanted():
            raise SchemaError(ledger.other_version())


def wanted() -> dict[str, set[str]]:
    """The lake's tables with their columns."""
    from models.relations import LAKE

    return {item.name: {column.name for column in item.columns} for item in LAKE}


@contextmanager
def _attached(settings: Settings) -> Iterator[DuckDBPyConnection]:
    import duckdb

    try:
        with duckdb.connect() as connection:
            _attach(connection, settings)
            yield connection
    except (duckdb.IOException, duckdb.ConnectionException, duckdb.HTTPException) as error:
        raise DiskError(ledger.unreachable(error)) from error


def _attach(connection: DuckDBPyConnection, settings: Settings) -> None:
    for name in EXTENSIONS:
        connection.execute(f"load '{_extension(name)}'")
    connection.execute(f"set memory_limit = '{warehouse.MEMORY}'; set ducklake_max_retry_count = {RETRIES}")
    data = (settings.lake_data or settings.var / "lake").absolute()
    data.mkdir(parents=True, exist_ok=True)
    place = settings.lake.replace("'", "''")
    connection.execute(f"attach '{place}' as warehouse (data_path '{warehouse.quoted(data)}')")
    connection.execute("use warehouse")


def _extension(name: str) -> Path:
    """The extension from its wheel: nothing is fetched, nothing is installed into a home folder."""
    import duckdb

    try:
        home = Path(str(import_module(f"duckdb_extension_{name}").__file__)).parent
    except ImportError as error:
        raise ConfigurationError(
            say(
                "使用湖仓需要附加包：pip install 'duban[scale]'（缺 {name}）。",
                name=f"duckdb_extension_{name}",
            )
        ) from error
    return home / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"


def _columns(connection: DuckDBPyConnection) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for table, column in connection.execute(
        "select table_name, column_name from duckdb_columns() where database_name = 'warehouse' and schema_name = 'main'"
    ).fetchall():
        found.setdefault(table, set()).add(column)
    return found


def _create(connection: DuckDBPyConnection) -> None:
    from models.relations import LAKE
    from models.tables import statements

    with warehouse.transaction(connection):
        for statement in statements(LAKE):
            connection.execute(statement)
        connection.execute(
            f"insert into warehouse_meta values ('schema_version', '{warehouse.SCHEMA_VERSION}')"
        )


def _look(connection: DuckDBPyConnection, settings: Settings) -> None:
    """The ledger beside the lake, and the world as the run sees it: its context and the views."""
    from models.relations import KEPT
    from models.tables import statements

    place = ledger.place(settings).replace("'", "''")
    connection.execute(f"attach '{place}' as ledger (type postgres, schema '{ledger.SCHEMA}')")
    (context,) = (item for item in KEPT if item.name == "run_context")
    connection.execute(";".join(statements((context,), schema="memory.main")))
    connection.execute("create schema memory.staging; create schema memory.mart")
    connection.execute(f"set search_path = '{SEARCH_PATH}'")
    warehouse.create_views(connection)
    _say_context(connection, settings)


def _say_context(connection: DuckDBPyConnection, settings: Settings) -> None:
    """The run that looks; a command between runs sees the world of the last one."""
    context = settings.context
    if context is None:
        connection.execute(f"insert into memory.main.run_context {warehouse.LAST_RUN}")
        return
    moment = context.started_at.replace(tzinfo=None)
    connection.execute(
        f"insert into memory.main.run_context values ('{context.run_id}', '{context.as_of}', '{context.mode}', '{moment}')"
    )
