"""What the parts of an XLSX say before a reader may unpack it: size, sheets, percent formats, errors."""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from flows.receive.delimited import too_many_columns, too_many_rows
from flows.receive.faults import Fault, broken_workbook, password_protected
from flows.receive.limits import Limits
from flows.receive.sheet import column_number
from models.message import say

_CHUNK = 1 << 20
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(/?)>")
_COLUMNS = re.compile(rb'<(?:\w+:)?c\s(?:[^>]*?\s)?r="([A-Z]+)')
_FAR = re.compile(rb'r="[A-Z]{3}')  # a column beyond ZZ, if anything
_TWO_LETTERS = 702  # columns A to ZZ
_ROWS = re.compile(rb'<(?:\w+:)?row\s(?:[^>]*?\s)?r="(\d+)"')
_NO_VALUE = re.compile(rb"\s*<(?:\w+:)?f\b[^>]*?(?:/>|>.*?</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>", re.DOTALL)  # fmt: skip
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\s([^>]*)>")
_STYLES = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(rb"<(?:\w+:)?xf\s([^>]*)>")
_QUOTED = re.compile(rb"&quot;.*?&quot;|\\.")
_BUILT_IN_PERCENT = {b"9", b"10"}

# What zipfile raises for an archive that is not whole.
ARCHIVE_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    ValueError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    KeyError,
)

Cells = frozenset[tuple[int, int]]  # 0-based row and column


@dataclass(frozen=True)
class SheetMarks:
    """Cells of one sheet whose number is not what it seems."""

    percent: Cells = frozenset()  # shown ×100 with %
    errors: Cells = frozenset()  # #DIV/0! and the like
    uncalculated: Cells = frozenset()  # a formula that nobody has calculated


@dataclass
class Parts:
    """The parts of a workbook, unpacked one at a time."""

    archive: zipfile.ZipFile
    names: frozenset[str] = field(default=frozenset())
    _last: tuple[str, bytes] = ("", b"")

    def sheet_parts(self) -> list[str]:
        """The worksheet part of each sheet, in the order of the workbook."""
        targets = {
            said.get(b"Id", b""): _target(said.get(b"Target", b"").decode())
            for said in _said(_RELATION, self._read("xl/_rels/workbook.xml.rels"))
        }
        sheets = _said(_SHEET, self._read("xl/workbook.xml"))
        return [targets.get(_relation_id(said), "") for said in sheets]

    def percent_styles(self) -> set[bytes]:
        """Indexes of the cell styles that show a number ×100 with a percent sign."""
        styles = self._read("xl/styles.xml")
        custom = {
            said.get(b"numFmtId", b"")
            for said in _said(_FORMAT, styles)
            if b"%" in _QUOTED.sub(b"", said.get(b"formatCode", b""))
        }
        percent = custom | _BUILT_IN_PERCENT
        block = _STYLES.search(styles)
        found = _said(_STYLE, block[0]) if block else iter(())
        return {str(place).encode() for place, said in enumerate(found) if said.get(b"numFmtId") in percent}

    def marks(self, part: str, percent: set[bytes]) -> SheetMarks:
        """Percent, error and uncalculated cells; looked for only where the sheet can have any."""
        content = self._read(part)
        if not percent and b't="e"' not in content and b"<f" not in content and b":f" not in content:
            return SheetMarks()
        found: dict[str, set[tuple[int, int]]] = {"percent": set(), "errors": set(), "uncalculated": set()}
        for match in _CELL.finditer(content):
            said = dict(_ATTRIBUTE.findall(match[1]))
            place = _place(said.get(b"r", b""))
            if said.get(b"s") in percent and said.get(b"t", b"n") == b"n":
                found["percent"].add(place)
            if said.get(b"t") == b"e":
                found["errors"].add(place)
            elif not match[2] and _NO_VALUE.match(content, match.end()):
                found["uncalculated"].add(place)
        return SheetMarks(*(frozenset(found[name]) for name in ("percent", "errors", "uncalculated")))

    def extent_fault(self, part: str, limits: Limits) -> Fault | None:
        """A single cell at XFD1048576 makes a reader set aside seventeen billion cells."""
        content = self._read(part)
        rows = max(map(int, _ROWS.findall(content)), default=0)
        # Most sheets are so short that only a column of three letters could be too far away.
        is_short = rows * _TWO_LETTERS <= limits.cells and limits.columns >= _TWO_LETTERS
        names = set() if is_short and not _FAR.search(content) else set(_COLUMNS.findall(content))
        columns = max((column_number(name.decode()) for name in names), default=0) + 1
        if columns > limits.columns:
            return too_many_columns(limits.columns, 1)
        return too_many_rows(limits.rows) if rows > limits.rows or rows * columns > limits.cells else None

    def _read(self, name: str) -> bytes:
        """A part, unpacked; the last one is kept, because a sheet is looked at more than once."""
        if name != self._last[0]:
            self._last = (name, self.archive.read(name) if name in self.names else b"")
        return self._last[1]


def open_parts(content: bytes, limits: Limits) -> Parts | Fault:
    """The parts of an XLSX, proven to unpack to a bearable size; a Fault for any other or broken archive."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        entries = archive.infolist()
        bomb = _bomb_fault(content, entries, limits)
    except ARCHIVE_ERRORS:
        return broken_workbook()
    if bomb is not None:
        return bomb
    names = frozenset(entry.filename for entry in entries)
    return Parts(archive, names) if "xl/workbook.xml" in names else _foreign(names)


def _bomb_fault(content: bytes, entries: list[zipfile.ZipInfo], limits: Limits) -> Fault | None:
    if len(entries) > limits.parts:
        return _bomb(say("有 {entries} 个部件", entries=len(entries)))
    if any(entry.flag_bits & 1 for entry in entries):
        return password_protected()
    total = 0
    for entry in entries:
        size = _unpacked_size(content, entry, limits.unpacked_bytes - total)
        total += size
        is_steep = size > 1 << 20 and size > limits.packing_ratio * max(1, entry.compress_size)
        if total > limits.unpacked_bytes or is_steep or size > max(entry.file_size, 0):
            return _bomb(say("解压后大得不合常理"))
    return None


def _unpacked_size(content: bytes, entry: zipfile.ZipInfo, room: int) -> int:
    """How much a part really unpacks to: what the archive says of itself may be a lie."""
    start = entry.header_offset
    if content[start : start + 4] != b"PK\x03\x04":
        raise zipfile.BadZipFile
    name, extra = (int.from_bytes(content[start + at : start + at + 2], "little") for at in (26, 28))
    packed = memoryview(content)[start + 30 + name + extra :][: entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        return len(packed)
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise zipfile.BadZipFile
    return _inflated_size(packed, room)


def _inflated_size(packed: memoryview, room: int) -> int:
    unpacker, size = zlib.decompressobj(-15), 0
    data: bytes | memoryview = packed
    while data and size <= room and not unpacker.eof:
        size += len(unpacker.decompress(data, _CHUNK))
        data = unpacker.unconsumed_tail
    return size


def _bomb(what: str) -> Fault:
    return Fault(
        "zip_bomb",
        say("工作簿{what}，没有打开。", what=what),
        say("请只保留需要报送的工作表，另存后再报送。"),
    )


def _foreign(names: frozenset[str]) -> Fault:
    kinds = {
        "word/document.xml": "Word",
        "ppt/presentation.xml": "PowerPoint",
        "xl/workbook.bin": "xlsb",
        "content.xml": "ODF",
    }
    kind = next((kind for name, kind in kinds.items() if name in names), say("压缩"))
    return Fault(
        "unsupported_format", say("不能读取 {kind} 文件。", kind=kind), say("请另存为 xlsx 或 CSV 后报送。")
    )


def _said(pattern: re.Pattern[bytes], content: bytes) -> Iterator[dict[bytes, bytes]]:
    return (dict(_ATTRIBUTE.findall(match[1])) for match in pattern.finditer(content))


def _relation_id(said: dict[bytes, bytes]) -> bytes:
    return next((value for name, value in said.items() if name.endswith(b":id")), b"")


def _target(target: str) -> str:
    target = html.unescape(target)
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def _place(reference: bytes) -> tuple[int, int]:
    letters = reference.rstrip(b"0123456789")
    digits = reference[len(letters) :]
    return (int(digits) - 1, column_number(letters.decode())) if digits and letters else (-1, -1)
