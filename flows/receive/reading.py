"""One file → one Reading: open, decode, recognise each sheet's layout, read it."""

from __future__ import annotations

import errno
import gc
import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from flows.books import Books
from flows.errors import system_words
from flows.receive.decoding import Decoded, decode
from flows.receive.delimited import read_text
from flows.receive.desk import Desk
from flows.receive.doubts import set_apart_fractions, set_apart_last
from flows.receive.faults import Fault, Findings, linked
from flows.receive.layouts import LAYOUTS
from flows.receive.lexicon import Lexicon
from flows.receive.limits import Limits
from flows.receive.opened import Opened
from flows.receive.sheet import Sheet, is_blank
from flows.receive.tables import is_figure, tables_of
from models.delivery import Candidate, Reading, Severity, SideFile
from models.message import say
from models.period import parse_period

LIMITS = Limits()
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read(
    path: Path,
    *,
    relative: str,
    books: Books | Lexicon,
    side: SideFile | None = None,
    region: str = "",
    sha256: str = "",
    limits: Limits = LIMITS,
) -> Reading:
    """Everything that one file says, and everything that is wrong with it; never raises for a bad file.

    `region` stands in where neither file nor side file names one; `sha256` is that of the bytes seen when
    the file was found. Pass a `Lexicon` where many files are read with the same books.
    """
    with _without_collecting():
        return _read(path, relative, books, side, region, sha256, limits)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """All that reading makes stays until it is done: looking for garbage meanwhile took a sixth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _read(
    path: Path,
    relative: str,
    books: Books | Lexicon,
    side: SideFile | None,
    region: str,
    sha256: str,
    limits: Limits,
) -> Reading:
    lexicon = books if isinstance(books, Lexicon) else Lexicon.of(books)
    findings = Findings(relative)
    content = read_bytes(path, limits, sha256)
    opened = open_content(content, limits) if isinstance(content, bytes) else content
    if isinstance(opened, Fault):
        findings.add(opened)
        return Reading(file=relative, problems=tuple(findings.problems))
    stated = parse_period(side.period) if side and side.period else None
    sent_for = side.region if side else ""
    desk = Desk(lexicon, findings, region=sent_for or region, sent_for=sent_for, period=stated)
    return _read_sheets(opened, desk)


def _read_sheets(opened: Opened, desk: Desk) -> Reading:
    for sheet_name, fault in opened.faults:
        desk.findings.sheet = sheet_name
        desk.findings.add(fault)
    filled = [sheet for sheet in opened.sheets if not all(map(is_blank, sheet.rows))]
    layouts = [read_sheet(sheet, desk, is_only=len(filled) == 1) for sheet in filled]
    desk.findings.sheet = ""
    if not layouts:
        desk.findings.add(Fault("empty_file", say("文件是空的，没有一格有内容。"), say("请核对后重新报送。")))
    elif not desk.cells_read and not desk.findings.problems:
        desk.findings.add(Fault("no_figures", say("表格能读，但一个数也没有填。"), say("请填好后重新报送。")))
    candidates = _believed(opened, desk)
    return Reading(
        file=desk.findings.file,
        layout="+".join(dict.fromkeys(name for names in layouts for name in names.split("+") if name)),
        encoding=opened.encoding,
        cells_read=desk.cells_read,
        candidates=tuple(candidates),
        problems=tuple(desk.findings.problems),
        footnotes=tuple(desk.footnotes),
        title=" ".join(" ".join(desk.titles).split())[:200],
        periods=tuple(sorted({candidate.period_end for candidate in desk.candidates})),
        units=tuple(filter(None, desk.units)),
    )


def _believed(opened: Opened, desk: Desk) -> Sequence[Candidate]:
    """The figures without those that a person must look at first."""
    candidates: Sequence[Candidate] = desk.candidates
    last = opened.sheets[-1] if opened.sheets else None
    if last and last.ends_abruptly and last.rows and last.rows[-1]:
        candidates, problem = set_apart_last(candidates, len(last.rows), last.rows[-1][-1])
        desk.findings.problems.extend([problem] if problem else [])
    candidates, problems = set_apart_fractions(candidates)
    desk.findings.problems.extend(problems)
    return candidates


def read_sheet(sheet: Sheet, desk: Desk, *, is_only: bool = True) -> str:
    """Read every table of a sheet by the first layout that recognises it; their names, or "" with a problem."""
    desk.findings.sheet = sheet.name
    names: dict[str, None] = {}
    for table in tables_of(sheet):
        found = next(((layout, f) for layout in LAYOUTS if (f := layout.recognise(table)) is not None), None)
        if found is None:
            first = next((" ".join(row) for row in table.rows if not is_blank(row)), "")
            fault = _unknown_layout() if is_only or _has_figures(table) else _only_text()
            desk.findings.add(fault, row=table.start + 1, value=first[:80])
            continue
        layout, frame = found
        layout.read(frame, table, desk)
        names[layout.name] = None
    return "+".join(names)


def _has_figures(sheet: Sheet) -> bool:
    return any(is_figure(cell) for row in sheet.rows for cell in row)


def _only_text() -> Fault:
    return Fault(
        "no_figures",
        say("这张工作表里没有数，只有文字，没有读取。"),
        say("如只是说明，无需处理。"),
        Severity.WARNING,
    )


def _unknown_layout() -> Fault:
    return Fault(
        "unknown_layout",
        say("看不出这张表的格式：没有找到写有指标、时期和数值的表头。"),
        say("请用 duban template 生成的报表，或按 docs/layouts.md 中的格式填写。"),
    )


def read_bytes(path: Path, limits: Limits, sha256: str = "") -> bytes | Fault:
    """The bytes of a regular file that nobody is writing to, or why not."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        return _unreadable(error)
    with os.fdopen(handle, "rb") as file:
        before = os.fstat(file.fileno())
        if not stat.S_ISREG(before.st_mode):
            return Fault(
                "not_a_file", say("这不是普通文件。"), say("请放入文件本身，不要放链接、管道或文件夹。")
            )
        if before.st_size > limits.bytes:
            return _too_large(before.st_size, limits.bytes)
        try:
            content = file.read(limits.bytes + 1)
        except OSError as error:
            return _unreadable(error)
        after = os.fstat(file.fileno())
    changed = (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns)
    if changed or len(content) != after.st_size or (sha256 and hashlib.sha256(content).hexdigest() != sha256):
        return Fault(
            "still_being_written",
            say("读取时文件还在变化，可能没有传完。"),
            say("传送完成后再运行一次即可。"),
        )
    return content


def _unreadable(error: OSError) -> Fault:
    if isinstance(error, FileNotFoundError):
        return Fault("vanished", say("文件在读取前被移走或删除了。"), say("如仍需报送，请重新放入。"))
    if isinstance(error, PermissionError):
        return Fault(
            "no_permission", say("没有读取这个文件的权限。"), say("请修改文件权限（chmod a+r）后再运行。")
        )
    if error.errno == errno.ELOOP:
        return linked()
    return Fault(
        "unreadable",
        say("文件读不出来（{system_words}）。", system_words=system_words(error)),
        say("请核对文件后重新放入。"),
    )


def _too_large(size: int, limit: int) -> Fault:
    return Fault(
        "file_too_large",
        say("文件有 {size:.0f} MB，超过 {limit:.0f} MB 的上限。", size=size / 1048576, limit=limit / 1048576),
        say("请分成几份报送。"),
    )


def open_content(content: bytes, limits: Limits) -> Opened | Fault:
    """Bytes → sheets, by what the bytes are and not by the file's name."""
    if not content.strip():
        return Fault("empty_file", say("文件是空的。"), say("请核对后重新报送。"))
    if content.startswith((_ZIP, _OLE)):
        from flows.receive.workbooks import open_workbook

        return open_workbook(content, limits)
    foreign = _foreign_format(content)
    if foreign:
        return Fault(
            "unsupported_format",
            say("不能读取 {foreign} 文件。", foreign=foreign),
            say("请另存为 xlsx 或 CSV 后报送。"),
        )
    decoded = decode(content)
    if not isinstance(decoded, Decoded):
        return decoded
    sheet = read_text(decoded.text, limits)
    return Opened((sheet,), decoded.encoding) if isinstance(sheet, Sheet) else sheet


def _foreign_format(content: bytes) -> str:
    head = content[:1024].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    known = {
        b"%pdf": "PDF",
        b"<!doctype html": say("网页（HTML）"),
        b"<html": say("网页（HTML）"),
        b"<table": say("网页（HTML）"),
        b"<?xml": "XML",
        b"{\\rtf": "RTF",
        b"\x89png": say("图片"),
        b"\xff\xd8\xff": say("图片"),
        b"gif8": say("图片"),
        b"rar!": say("压缩"),
        b"7z\xbc\xaf": say("压缩"),
        b"\x1f\x8b": say("压缩"),
        b"par1": "Parquet",
    }
    return next((name for mark, name in known.items() if head.startswith(mark)), "")


__all__ = ["LIMITS", "Opened", "open_content", "read", "read_bytes", "read_sheet"]
