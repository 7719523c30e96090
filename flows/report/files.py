"""Writing what people may have open: whole or not at all, and not at all when nothing changed."""

from __future__ import annotations

import os
from pathlib import Path

from flows.errors import DiskError, system_words
from models.message import say


def write(path: Path, content: bytes) -> Path:
    """Put `content` at `path` by a rename; a file that already holds it keeps its time stamp."""
    try:
        if path.exists() and path.read_bytes() == content:
            return path
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
        fresh.write_bytes(content)
        fresh.replace(path)
    except OSError as error:
        raise DiskError(
            say(
                "无法写入报告 {path}（{reason}）。请检查磁盘空间与权限后重新运行。",
                path=path,
                reason=system_words(error),
            )
        ) from error
    return path
