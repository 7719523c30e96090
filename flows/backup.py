"""`duban backup`, `restore`, `rebuild`: the warehouse as a file that can be kept, put back, or made anew."""

from __future__ import annotations

import argparse
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flows import migrate, monitor, warehouse
from flows.errors import CannotOpen, DiskError, UsageError, system_words
from flows.publish import publish
from flows.settings import Settings
from models.message import in_language, say
from models.run import TIME_ZONE, RunContext
from sql import query

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# What people entered and what was told: no raw file can bring it back. Decisions come back one by one.
ENTERED = (
    "acknowledgement", "silence", "alert", "alert_pass", "notification", "notification_alert", "outbox", "sending",
)  # fmt: skip


def backup(settings: Settings, arguments: argparse.Namespace) -> int:
    """Copy the warehouse whole to a new file; an existing file is never overwritten."""
    warehouse.require_file(settings, "duban backup")
    target: Path = arguments.file
    if target.exists():
        raise UsageError(say("{target} 已存在，不覆盖。请换一个文件名。", target=target))
    _require(settings.warehouse)
    with warehouse.locked(settings, purpose="duban backup"):
        warehouse.settle(settings)
        _copy(settings.warehouse, target)
    done = say(
        "已备份 {warehouse} → {target}（{megabytes:.1f} MB）",
        warehouse=settings.warehouse,
        target=target,
        megabytes=target.stat().st_size / 1e6,
    )
    print(in_language(done, settings.lang))
    return 0


def restore(settings: Settings, arguments: argparse.Namespace) -> int:
    """Put a backup in the warehouse's place and publish it; what was there is kept beside it."""
    warehouse.require_file(settings, "duban restore")
    source: Path = arguments.file
    _require(source)
    with warehouse.locked(settings, purpose="duban restore"):
        warehouse.check_file(source)
        fresh = settings.warehouse.with_suffix(".restored")
        _copy(source, fresh)
        kept = migrate.swap_in(fresh, settings.warehouse)
        migrate.upgrade(settings)
        with warehouse.connect(settings) as connection:
            warehouse.create_views(connection)
        publish(settings)
    done = say("已由 {source} 恢复仓库并重新发布。", source=source)
    if kept:
        done = say("{done}原仓库留在 {kept}。", done=done, kept=kept)
    print(in_language(done, settings.lang))
    return 0


def rebuild(settings: Settings, arguments: argparse.Namespace) -> int:
    """Make the warehouse anew from the raw deliveries: every run that wrote something is run again, in order.

    Each sees the decisions that had been taken when it started, so that what was said then is said again. The new
    warehouse grows in a folder of its own and takes the old one's place when it is complete, all under one lock.
    What people entered and what was already told is carried over: nothing is lost and nothing is told twice.
    """
    warehouse.require_file(settings, "duban rebuild")
    _require(settings.warehouse)
    with warehouse.locked(settings, purpose="duban rebuild"):
        migrate.upgrade(settings)
        contexts = _runs(settings)
        if not contexts:
            raise CannotOpen(
                say(
                    "{warehouse} 里还没有完成过的运行，没有可重建的。请先 duban run。",
                    warehouse=settings.warehouse,
                )
            )
        site = replace(settings, var=settings.var / "rebuilding", smtp_host="")
        shutil.rmtree(site.var, ignore_errors=True)
        try:
            _build_anew(settings, site, contexts)
            kept = migrate.swap_in(site.warehouse, settings.warehouse)
            _move_files(site.var / "reports", settings.var / "reports")
            _move_files(site.var / "outbox", settings.var / "outbox")
            publish(settings)
        finally:
            shutil.rmtree(site.var, ignore_errors=True)
    done = say(
        "已由 {raw} 重建仓库，重演 {runs} 次运行。原仓库留在 {kept}。",
        raw=settings.raw,
        runs=len(contexts),
        kept=kept,
    )
    print(in_language(done, settings.lang))
    return 0


def _require(path: Path) -> None:
    if not path.is_file():
        raise CannotOpen(say("找不到 {path}。请检查路径，或先运行 duban run。", path=path))


def _copy(source: Path, target: Path) -> None:
    """A whole copy or none: written beside, flushed to disk, then given its name."""
    partial = target.with_name(f".{target.name}.partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, partial)
        with partial.open("rb") as handle:
            os.fsync(handle.fileno())
        partial.replace(target)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise DiskError(
            say(
                "无法把 {source} 复制到 {target}（{reason}）。请检查磁盘空间与权限。",
                source=source,
                target=target,
                reason=system_words(error),
            )
        ) from error


def _runs(settings: Settings) -> list[RunContext]:
    """The runs that wrote something, in the order in which they were made."""
    with warehouse.connect(settings) as connection:
        rows = connection.execute(query("backup/run")).fetchall()
        connection.execute("checkpoint")
    return [
        RunContext(as_of, started_at.replace(tzinfo=TIME_ZONE), mode, group=group)
        for as_of, started_at, mode, group in rows
    ]


def _build_anew(settings: Settings, site: Settings, contexts: list[RunContext]) -> None:
    warehouse.prepare(site, contexts[0])
    _carry_over(settings, site, contexts)
    for context in contexts:
        _carry_decisions(settings, site, before=context.started_at)
        groups = site.groups if context.group else {}  # a run of all is made again as one
        monitor.run(replace(site, groups=groups), context, step=_until_published)
    _carry_decisions(settings, site, before=datetime.max)
    warehouse.settle(site)


def _until_published(stage: Callable[..., object], *arguments: object) -> object:
    return say("留待重建完成") if stage is publish else stage(*arguments)


def _carry_over(settings: Settings, site: Settings, contexts: list[RunContext]) -> None:
    """What people entered, what was told, and the runs that are not made again."""
    again = ", ".join(f"'{context.run_id}'" for context in contexts)
    with _both(settings, site) as connection:
        for name in ENTERED:
            connection.execute(f"insert into main.{name} by name select * from kept.main.{name}")
        connection.execute(
            f"insert into main.run by name select * from kept.main.run where run_id not in ({again})"
        )


def _carry_decisions(settings: Settings, site: Settings, *, before: datetime) -> None:
    with _both(settings, site) as connection:
        connection.execute(
            f"insert into main.decision select * from kept.main.decision anti join main.decision using (decision_id)"
            f" where recorded_at < '{before.replace(tzinfo=None)}'"
        )


@contextmanager
def _both(settings: Settings, site: Settings) -> Iterator[DuckDBPyConnection]:
    """The new warehouse, the old one attached as `kept`; what is written is one transaction."""
    with warehouse.connect(site) as connection:
        connection.execute(f"attach '{warehouse.quoted(settings.warehouse)}' as kept (read_only)")
        with warehouse.transaction(connection):
            yield connection
        connection.execute("detach kept")


def _move_files(source: Path, target: Path) -> None:
    """Every file of `source` takes its place in `target`; what else lies there stays."""
    for file in [path for path in source.rglob("*") if path.is_file()]:
        place = target / file.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        file.replace(place)
