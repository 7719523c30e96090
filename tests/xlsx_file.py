"""Excel workbooks for tests: real dates, merged headers, percent formats, several sheets."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter import Workbook

Cell = str | float | date | None


def xlsx_bytes(rows: Sequence[Sequence[Cell]], *, sheet: str = "数据", percent: bool = False) -> bytes:
    """`rows` as the only sheet; `percent` shows every number ×100 with a percent sign."""
    return sheets_bytes({sheet: rows}, percent=percent)


def sheets_bytes(
    sheets: Mapping[str, Sequence[Sequence[Cell]]], *, percent: bool = False, hidden: Sequence[str] = ()
) -> bytes:
    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        day = book.add_format({"num_format": 'yyyy"年"m"月"'})
        style = book.add_format({"num_format": "0.0%"}) if percent else None
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    if isinstance(cell, date):
                        page.write_datetime(r, c, cell, day)
                    elif cell is not None and cell != "":
                        page.write(r, c, cell, style if isinstance(cell, float) else None)
            if name in hidden:
                page.hide()
    return buffer.getvalue()


def rezipped(content: bytes, changes: Mapping[str, bytes]) -> bytes:
    """A workbook with some of its parts replaced or added."""
    buffer = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *changes]):
            new.writestr(name, changes[name] if name in changes else old.read(name))
    return buffer.getvalue()
