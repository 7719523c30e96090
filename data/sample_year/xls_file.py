"""A tiny Excel 97 workbook, written by hand: one BIFF8 stream inside an OLE container."""

from __future__ import annotations

import struct
from collections.abc import Sequence

Cell = str | float | None
_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def xls_bytes(rows: Sequence[Sequence[Cell]], *, sheet: str = "数据") -> bytes:
    """`rows` as the only sheet of a workbook."""
    return _container(_workbook(rows, sheet))


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _workbook(rows: Sequence[Sequence[Cell]], sheet: str) -> bytes:
    name = sheet.encode("utf-16-le")
    body = _sheet(rows)
    xf = _record(0x00E0, bytes(20))
    font = _record(0x0031, struct.pack("<HHHHHBBBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0, 5, 0) + b"Arial")
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
    codepage = _record(0x0042, struct.pack("<H", 1200))

    def bound(offset: int) -> bytes:
        return _record(0x0085, struct.pack("<IBBBB", offset, 0, 0, len(sheet), 1) + name)

    head = start + codepage + font + xf
    end = _record(0x000A, b"")
    offset = len(head) + len(bound(0)) + len(end)
    return head + bound(offset) + end + body


def _sheet(rows: Sequence[Sequence[Cell]]) -> bytes:
    width = max((len(row) for row in rows), default=0)
    parts = [
        _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6)),
        _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0)),
    ]
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if cell is not None and cell != "":
                parts.append(_cell(r, c, cell))
    return b"".join(parts) + _record(0x000A, b"")


def _cell(row: int, column: int, cell: Cell) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(cell, str):
        text = cell.encode("utf-16-le")
        return _record(0x0204, place + struct.pack("<HB", len(cell), 1) + text)
    return _record(0x0203, place + struct.pack("<d", cell))


def _container(stream: bytes) -> bytes:
    stream = stream.ljust(
        max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\x00"
    )  # below 4096 it would be mini
    sectors = len(stream) // _SECTOR
    fat_sectors = 1
    while fat_sectors * 128 < sectors + 1 + fat_sectors:
        fat_sectors += 1
    chain = [*range(1, sectors), _END, _END, *([_FAT] * fat_sectors)]
    fat = struct.pack(f"<{fat_sectors * 128}I", *chain, *([_FREE] * (fat_sectors * 128 - len(chain))))
    first_fat = sectors + 1
    difat = [*range(first_fat, first_fat + fat_sectors)]
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
        + bytes(6)
        + struct.pack("<IIIIIIIII", 0, fat_sectors, sectors, 0, 4096, _END, 0, _END, 0)
        + struct.pack("<109I", *difat, *([_FREE] * (109 - len(difat))))
    )
    return header + stream + _directory(len(stream)) + fat


def _directory(size: int) -> bytes:
    root = _entry("Root Entry", 5, child=1, start=_END, size=0)
    book = _entry("Workbook", 2, child=_FREE, start=0, size=size)
    return root + book + 2 * _entry("", 0, child=_FREE, start=0, size=0)


def _entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\x00\x00" if name else b""
    head = text.ljust(64, b"\x00") + struct.pack("<HBB", len(text), kind, 1)
    return head + struct.pack("<III", _FREE, _FREE, child) + bytes(36) + struct.pack("<IQ", start, size)
