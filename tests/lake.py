"""A lake for tests: DuckLake with its catalog in PostgreSQL and its data in a folder, extensions from wheels."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

EXTENSIONS = ("ducklake", "postgres_scanner")


@contextmanager
def opened(port: int, data: Path) -> Iterator[DuckDBPyConnection]:
    """A connection whose default catalog is the lake."""
    import duckdb
    from duckdb_extensions import import_extension

    with duckdb.connect() as connection:
        for name in EXTENSIONS:
            import_extension(name)
            connection.execute(f"load {name}")
        place = f"ducklake:postgres:host=127.0.0.1 port={port} user=duban dbname=lake"
        connection.execute(f"attach '{place}' as lake (data_path '{data}')")
        connection.execute("use lake")
        yield connection


def write_regions(port: int, data: Path, source: Path, regions: tuple[str, ...]) -> None:
    """What a worker does for its regions: their deliveries and figures, a transaction each. Runs in a process."""
    with opened(port, data) as connection:
        connection.execute(f"attach '{source}' as source (read_only)")
        for region in regions:
            connection.execute("begin")
            for table in ("delivery", "observation"):
                connection.execute(
                    f"insert into {table} by name select * from source.main.{table} where region = '{region}'"
                )
            connection.execute("commit")
