"""A table of cells as bytes: CSV in an encoding, or XLSX. Both the same for the same cells, on any day."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

Cell = str | Decimal | date
Rows = Sequence[Sequence[Cell]]
Merge = tuple[int, int, int, int]  # first row, first column, last row, last column; from 0
MADE_ON = datetime(2024, 1, 1)  # noqa: DTZ001 - a fixed stamp, so that the same cells give the same bytes


def csv_bytes(rows: Rows, encoding: str) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows([[str(cell) for cell in row] for row in rows])
    return buffer.getvalue().encode(encoding)


def xlsx_bytes(rows: Rows, *, sheet: str, merges: Sequence[Merge] = ()) -> bytes:
    """One sheet: Decimals as numbers, dates as dates, everything else as text."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": MADE_ON, "comments": "模拟数据，不是真实统计"})
    page = book.add_worksheet(sheet)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            if isinstance(cell, Decimal):
                page.write_number(r, c, float(cell))
            elif isinstance(cell, date):
                page.write_datetime(r, c, datetime(cell.year, cell.month, cell.day), day)  # noqa: DTZ001
            elif cell:
                page.write_string(r, c, cell)
    for first_row, first_column, last_row, last_column in merges:
        text = str(rows[first_row][first_column])
        page.merge_range(first_row, first_column, last_row, last_column, text)
    book.close()
    return buffer.getvalue()
