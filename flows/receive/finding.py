"""Walk the raw folder: which files are there, with which bytes, and what their side files say."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from flows.errors import ConfigurationError
from flows.receive.faults import Fault, Findings, is_shown, linked
from flows.receive.limits import Limits
from flows.receive.reading import LIMITS, read_bytes
from flows.receive.side_files import SIDE_SUFFIX, read_side
from models.delivery import RawFile
from models.message import say

_PARTIAL = (".part", ".partial", ".crdownload", ".download", ".tmp", ".filepart")


def find(raw: Path, *, today: date, limits: Limits = LIMITS) -> list[RawFile]:
    """Every delivery below `raw`, in the order of its path, with the sha256 of its bytes and its side file.

    Hidden files, Excel's lock files and side files are no deliveries; a link is reported and not followed.
    A side file without `received` gets `received = today`, once. File times are never used.
    """
    if not raw.is_dir():
        raise ConfigurationError(
            say("报送文件目录 {raw} 不存在。请核对 --raw 或 duban.toml 中的 raw。", raw=raw)
        )
    return [_raw_file(path, raw, today, limits) for path in paths(raw)]


def paths(folder: Path) -> Iterator[Path]:
    """Files that may be deliveries, sorted by path; the walk never leaves the folder."""
    for parent, folders, files in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        linked = [name for name in folders if (Path(parent) / name).is_symlink()]
        for name in sorted([*files, *linked]):
            if not name.startswith((".", "~$")) and not name.endswith(SIDE_SUFFIX):
                yield Path(parent) / name


def _raw_file(path: Path, raw: Path, today: date, limits: Limits) -> RawFile:
    relative = shown_name(path.relative_to(raw).as_posix())
    findings = Findings(relative)
    content = _content(path, limits)
    if isinstance(content, Fault):
        findings.add(content)
        return RawFile(relative, "", 0, None, tuple(findings))
    side = read_side(path, today=today, findings=findings)
    return RawFile(relative, hashlib.sha256(content).hexdigest(), len(content), side, tuple(findings))


def shown_name(name: str) -> str:
    """A name as text: bytes that are no UTF-8 (names from a Windows archive) and line breaks as codes."""
    text = os.fsencode(name).decode("utf-8", errors="backslashreplace")
    return "".join(c if is_shown(c) else c.encode("unicode_escape").decode() for c in text)


def _content(path: Path, limits: Limits) -> bytes | Fault:
    return name_fault(path) or read_bytes(path, limits)


def name_fault(path: Path) -> Fault | None:
    """Why a file is left alone before it is opened: a link, a transfer under way, a name that cannot be shown."""
    if path.is_symlink():
        return linked()
    if path.name.lower().endswith(_PARTIAL):
        return Fault(
            "still_being_written", say("文件名表明它还在下载或传送。"), say("传送完成后再运行一次即可。")
        )
    if not all(map(is_shown, path.name)):
        return Fault(
            "bad_file_name", say("文件名中有不可见的字符，或不是 UTF-8 编码。"), say("请改名后重新放入。")
        )
    return None
