"""publish: build the analysts' copy anew and swap it in; readers of the old file are undisturbed.

An explicit list of relations (models/relations.py PUBLISHED) with comments, never a copy of the whole
warehouse: that would carry mail bodies and addresses along. What the checks of sql/checks refuse is not
published: the old file stays.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from flows import checks, parquet, parts, warehouse
from flows.settings import Settings
from models.message import say
from models.relations import PUBLISHED, Relation

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FIGURES = ("observation_vintage", "observation")
BY_NAME = {relation.name: relation for relation in PUBLISHED}
READ_ONLY = 0o444  # who opens it to write by mistake is told so, instead of locking all other readers out


@dataclass(frozen=True)
class Published:
    """The file that readers open now."""

    path: Path
    relations: int

    def __str__(self) -> str:
        return say("发布 {relations} 张表 → {path}", relations=self.relations, path=self.path)


def publish(settings: Settings) -> Published:
    """Write every published relation to a new file, check it, then swap it in with its Parquet and dated copy.

    Raises CheckFailed, a bug, when what would be published contradicts itself.
    """
    target = settings.published
    with warehouse.explained(target), _fresh(target) as fresh:
        as_of = _build(settings, fresh)
        with _opened(fresh) as connection:
            checks.require(connection)
            parquet.write(connection, target.parent)
        _sync(fresh)
        fresh.chmod(READ_ONLY)
        fresh.replace(target)
        parquet.swap(target.parent)
        _keep_copy(target, as_of, settings.copies_kept)
    return Published(target, len(PUBLISHED))


@contextmanager
def _fresh(target: Path) -> Iterator[Path]:
    """A file name beside `target`, free now and free again when the work fails."""
    fresh = target.with_suffix(".new")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        _remove(fresh)
        yield fresh
    except BaseException:
        _remove(fresh)
        raise


def _remove(fresh: Path) -> None:
    fresh.unlink(missing_ok=True)
    fresh.with_name(f"{fresh.name}.wal").unlink(missing_ok=True)


@contextmanager
def _opened(path: Path) -> Iterator[DuckDBPyConnection]:
    import duckdb

    with duckdb.connect(str(path), read_only=True) as connection:
        connection.execute(f"set memory_limit = '{warehouse.MEMORY}'; set threads = 1")
        yield connection


def _build(settings: Settings, fresh: Path) -> date:
    """Write all published relations to `fresh`; returns the as-of date they were seen from."""
    with warehouse.connect(settings) as connection:
        connection.execute(
            "set threads = 1"
        )  # several put rows in order dearly: three times the processor time
        connection.execute(f"attach '{warehouse.quoted(fresh)}' as published")
        with warehouse.transaction(connection):  # one commit, not one for each of three hundred comments
            _fill(connection)
        connection.execute("checkpoint published")
        connection.execute("detach published")
        ((as_of,),) = connection.execute("select as_of from main.run_context").fetchall()
    return as_of  # type: ignore[no-any-return]


def _fill(connection: DuckDBPyConnection) -> None:
    from models.tables import statements

    connection.execute(";".join(statements(PUBLISHED, schema="published.main")))
    for relation in PUBLISHED:
        if relation.name not in FIGURES:
            order = ", ".join(f'"{name}"' for name in relation.key)
            _insert(connection, relation, f"mart.{relation.name} order by {order}")
    for part in parts.conditions(connection, "main.observation"):
        _fill_figures(connection, part)


def _fill_figures(connection: DuckDBPyConnection, part: str) -> None:
    """Every figure ever delivered by some regions, and of these the ones that count."""
    vintage = BY_NAME["observation_vintage"]
    names, order = (", ".join(items) for items in (_names(vintage), vintage.key))
    connection.execute(
        f"create or replace temp table part as select {names}, is_counted from mart.observation_vintage"
        f" where {part} order by {order}"
    )
    _insert(connection, vintage, "temp.part")
    _insert(connection, BY_NAME["observation"], "temp.part where is_counted")
    connection.execute("drop table temp.part")


def _insert(connection: DuckDBPyConnection, relation: Relation, source: str) -> None:
    names = ", ".join(_names(relation))
    connection.execute(f"insert into published.main.{relation.name} ({names}) select {names} from {source}")


def _names(relation: Relation) -> list[str]:
    return [f'"{column.name}"' for column in relation.columns]


def _sync(path: Path) -> None:
    with path.open("rb") as handle:
        os.fsync(handle.fileno())


def _keep_copy(target: Path, as_of: date, kept: int) -> None:
    """Keep the published file under its as-of date, and the newest `kept` of such copies.

    A hard link: the published file is replaced, never changed, so a copy costs a directory entry.
    """
    folder = target.parent / "copies"
    folder.mkdir(exist_ok=True)
    if kept:
        draft = folder / ".draft"
        draft.unlink(missing_ok=True)
        _link(target, draft)
        draft.replace(folder / f"{target.stem}-{as_of}{target.suffix}")
        draft.unlink(missing_ok=True)  # renaming onto another link of the same file does nothing
    copies = sorted(folder.glob(f"{target.stem}-*{target.suffix}"))
    for old in copies[: max(0, len(copies) - kept)]:
        old.unlink()


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # shares that know no links
        shutil.copy2(source, target)
