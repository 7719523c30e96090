"""The lock of a warehouse in a file, which says who holds it."""

from __future__ import annotations

import fcntl
import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO

from flows.errors import DiskError, LockedError, system_words
from flows.settings import Settings
from models.message import say
from models.run import TIME_ZONE


@contextmanager
def held(settings: Settings, *, wait: float, purpose: str) -> Iterator[None]:
    """Hold the file for this process; LockedError names the holder after `wait` seconds."""
    handle = _open(settings)
    try:
        _acquire(handle, settings, wait)
        _sign(handle, purpose)
        yield
    finally:
        handle.close()  # closing releases the lock, also when the process is killed


def _open(settings: Settings) -> IO[str]:
    path = settings.var / "warehouse.lock"
    try:
        settings.var.mkdir(parents=True, exist_ok=True)
        return path.open("a+", encoding="utf-8")
    except OSError as error:
        raise DiskError(
            say(
                "无法在 {var} 写入（{reason}）。请检查磁盘与权限，或用 --var 换一个目录。",
                var=settings.var,
                reason=system_words(error),
            )
        ) from error


def _acquire(handle: IO[str], settings: Settings, wait: float) -> None:
    deadline = time.monotonic() + wait
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= deadline:
                raise LockedError(_holder(handle, settings)) from error
        time.sleep(0.1)


def _holder(handle: IO[str], settings: Settings) -> str:
    handle.seek(0)
    try:
        who = json.loads(handle.read())
        holder = say(
            "{host} 上的进程 {pid}（{purpose}，自 {since}）",
            host=who["host"],
            pid=who["pid"],
            purpose=who["purpose"],
            since=who["since"],
        )
    except (ValueError, KeyError):
        holder = say("另一个进程")
    return say(
        "仓库 {warehouse} 正由{holder}使用。请等它结束，或加 --wait 秒数 等待。",
        warehouse=settings.warehouse,
        holder=holder,
    )


def _sign(handle: IO[str], purpose: str) -> None:
    since = datetime.now(TIME_ZONE).strftime("%Y-%m-%d %H:%M:%S")
    who = {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "purpose": purpose or Path(sys.argv[0]).name,
        "since": since,
    }
    # past the buffer, so that closing has nothing left to write; a full disk must not hide the run's own words
    with suppress(OSError):
        os.ftruncate(handle.fileno(), 0)
        os.pwrite(handle.fileno(), json.dumps(who, ensure_ascii=False).encode(), 0)
