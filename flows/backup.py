"""`duban backup`, `restore`, `rebuild`: the warehouse as a file that can be kept, put back, or made anew."""

from __future__ import annotations

import argparse
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from flows import migrate, monitor, warehouse
from flows.errors import CannotOpen, DiskError, UsageError
from flows.publish import publish
from flows.settings import Settings
from models.run import TIME_ZONE, begin

# What people entered and what was told: no raw file can bring it back.
ENTERED = (
    "decision", "acknowledgement", "silence", "alert", "alert_pass", "notification", "notification_alert", "outbox", "sending", "run",
)  # fmt: skip


def backup(settings: Settings, arguments: argparse.Namespace) -> int:
    """Copy the warehouse whole to a new file; an existing file is never overwritten."""
    target: Path = arguments.file
    if target.exists():
        raise UsageError(f"{target} 已存在，不覆盖。请换一个文件名。")
    _require(settings.warehouse)
    with warehouse.locked(settings, purpose="duban backup"):
        warehouse.settle(settings)
        _copy(settings.warehouse, target)
    print(f"已备份 {settings.warehouse} → {target}（{target.stat().st_size / 1e6:.1f} MB）")
    return 0


def restore(settings: Settings, arguments: argparse.Namespace) -> int:
    """Put a backup in the warehouse's place and publish it; what was there is kept beside it."""
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
    print(f"已由 {source} 恢复仓库并重新发布。" + (f"原仓库留在 {kept}。" if kept else ""))
    return 0


def rebuild(settings: Settings, arguments: argparse.Namespace) -> int:
    """Make the warehouse anew from the raw deliveries: every as-of date that was run is run again, in order.

    It grows in a folder of its own and takes the old one's place when it is complete, all under one lock. What
    people entered and what was already told is carried over, so nothing is lost and nothing is told twice.
    """
    _require(settings.warehouse)
    with warehouse.locked(settings, purpose="duban rebuild"):
        migrate.upgrade(settings)
        dates = _dates_run(settings)
        if not dates:
            raise CannotOpen(f"{settings.warehouse} 里还没有完成过的运行，没有可重建的。请先 duban run。")
        site = replace(settings, var=settings.var / "rebuilding", smtp_host="")
        shutil.rmtree(site.var, ignore_errors=True)
        try:
            _build_anew(settings, site, dates)
            kept = migrate.swap_in(site.warehouse, settings.warehouse)
            _move_files(site.var / "reports", settings.var / "reports")
            _move_files(site.var / "outbox", settings.var / "outbox")
            publish(settings)
        finally:
            shutil.rmtree(site.var, ignore_errors=True)
    print(f"已由 {settings.raw} 重建仓库，重演 {len(dates)} 个截至日。原仓库留在 {kept}。")
    return 0


def _require(path: Path) -> None:
    if not path.is_file():
        raise CannotOpen(f"找不到 {path}。请检查路径，或先运行 duban run。")


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
            f"无法把 {source} 复制到 {target}（{error.strerror}）。请检查磁盘空间与权限。"
        ) from error


def _dates_run(settings: Settings) -> list[tuple[date, str]]:
    with warehouse.connect(settings) as connection:
        rows = connection.execute(
            "select as_of, arg_max(mode, started_at) from run where outcome = 'done' group by as_of order by as_of"
        ).fetchall()
        connection.execute("checkpoint")
    return [(as_of, mode) for as_of, mode in rows]


def _build_anew(settings: Settings, site: Settings, dates: list[tuple[date, str]]) -> None:
    _carry_over(settings, site, dates[0][0])
    for as_of, mode in dates:
        monitor.run(site, begin(as_of, now=datetime.now(TIME_ZONE), mode=mode), step=_until_published)
    warehouse.settle(site)


def _until_published(stage: Callable[..., object], *arguments: object) -> object:
    return "留待重建完成" if stage is publish else stage(*arguments)


def _carry_over(settings: Settings, site: Settings, as_of: date) -> None:
    warehouse.prepare(site, begin(as_of, now=datetime.now(TIME_ZONE)))
    with warehouse.connect(site) as connection, warehouse.transaction(connection):
        connection.execute(f"attach '{warehouse.quoted(settings.warehouse)}' as kept (read_only)")
        for name in ENTERED:
            connection.execute(f"insert into main.{name} by name select * from kept.main.{name}")
    warehouse.settle(site)


def _move_files(source: Path, target: Path) -> None:
    """Every file of `source` takes its place in `target`; what else lies there stays."""
    for file in [path for path in source.rglob("*") if path.is_file()]:
        place = target / file.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        file.replace(place)
