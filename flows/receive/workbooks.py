"""XLS and XLSX → sheets of text cells: values only, no formula is calculated and no link is followed."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from flows.receive.delimited import too_many_columns, too_many_rows
from flows.receive.faults import Fault, broken_workbook, password_protected
from flows.receive.limits import Limits
from flows.receive.opened import Opened
from flows.receive.sheet import Sheet
from flows.receive.tables import is_figure
from flows.receive.xls_worker import read_sheets
from flows.receive.xlsx_parts import ARCHIVE_ERRORS, Parts, SheetMarks, open_parts
from models.delivery import Severity
from models.message import say

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

ERROR_TEXT, UNCALCULATED_TEXT = "#错误值", "#公式未计算"  # no number: the cell is refused where it stands


def open_workbook(content: bytes, limits: Limits) -> Opened | Fault:
    """All visible sheets; hidden ones, links and macros are named and left alone."""
    if content.startswith(b"PK"):
        parts = open_parts(content, limits)
        if isinstance(parts, Fault):
            return parts
        try:
            return _open_xlsx(content, parts, limits)
        except ARCHIVE_ERRORS:
            return broken_workbook()
    return _open_xls(content, limits)


def _open_xls(content: bytes, limits: Limits) -> Opened | Fault:
    told = read_sheets(content, limits)
    if isinstance(told, Fault):
        return told
    sheets = [
        Sheet(t["name"], t["rows"], is_ragged=False) for t in told if t["is_visible"] and not t["fault"]
    ]
    faults = [(t["name"], Fault(*t["fault"])) for t in told if t["fault"]]
    hidden = [(t["name"], _hidden()) for t in told if not t["is_visible"]]
    return Opened(tuple(sheets), "xls", (*faults, *hidden))


def _open_xlsx(content: bytes, parts: Parts, limits: Limits) -> Opened | Fault:
    names = parts.sheet_parts()
    for name in names:
        fault = parts.extent_fault(name, limits)
        if fault is not None:
            return fault
    percent = parts.percent_styles()

    def marks(place: int) -> SheetMarks:
        return parts.marks(names[place], percent) if place < len(names) else SheetMarks()

    return _open(content, limits, marks, _warnings(parts))


def _warnings(parts: Parts) -> list[tuple[str, Fault]]:
    found = []
    if any(name.startswith("xl/externalLinks/") for name in parts.names):
        what = say("工作簿链接了别的文件；只读取保存下来的值，不去取数。")
        found.append(
            Fault("external_links", what, say("请断开链接（数据—编辑链接）后再报送。"), Severity.WARNING)
        )
    if "xl/vbaProject.bin" in parts.names:
        found.append(
            Fault("macros_ignored", say("工作簿含宏，没有理会。"), say("请另存为 xlsx。"), Severity.WARNING)
        )
    return [("", fault) for fault in found]


def _open(
    content: bytes,
    limits: Limits,
    marks: Callable[[int], SheetMarks],
    faults: list[tuple[str, Fault]],
) -> Opened | Fault:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = _sheets(workbook, limits, marks, faults)
    except PasswordError:
        return password_protected()
    except (CalamineError, ValueError, OSError, OverflowError):
        return broken_workbook()
    except BaseException as error:  # a panic of the reader's Rust code is no Exception
        if type(error).__name__ != "PanicException":
            raise
        return broken_workbook()
    return Opened(tuple(sheets), "xlsx", tuple(faults))


def _sheets(
    workbook: CalamineWorkbook,
    limits: Limits,
    marks: Callable[[int], SheetMarks],
    faults: list[tuple[str, Fault]],
) -> list[Sheet]:
    sheets = []
    for place, told in enumerate(workbook.sheets_metadata[: limits.sheets]):
        if not str(told.typ).endswith("WorkSheet"):
            continue
        if not str(told.visible).endswith(".Visible"):
            faults.append((told.name, _hidden()))
            continue
        sheet = _sheet(workbook, place, told.name, limits, marks(place))
        if isinstance(sheet, Sheet):
            sheets.append(sheet)
        else:
            faults.append((told.name, sheet))
    return sheets


def _sheet(
    workbook: CalamineWorkbook, place: int, name: str, limits: Limits, marks: SheetMarks
) -> Sheet | Fault:
    source = workbook.get_sheet_by_index(place)
    rows = sheet_rows(source, limits)
    if isinstance(rows, Fault):
        return rows
    _apply(marks, rows)
    _fill_merged(rows, source.merged_cell_ranges or [])
    return Sheet(name, rows, is_ragged=False)


def _fill_merged(rows: list[list[str]], ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """A label merged over several rows holds for each of them; a figure is nobody's but the first row's."""
    for (top, column), (bottom, right) in ranges:
        text = rows[top][column] if top < len(rows) and column < len(rows[top]) else ""
        if column == right and text.strip() and not is_figure(text):
            for cells in rows[top + 1 : bottom + 1]:
                cells[column] = text


def sheet_rows(source: CalamineSheet, limits: Limits) -> list[list[str]] | Fault:
    """The cells of a sheet as text, from A1 on."""
    if source.end is None:
        return []
    last_row, last_column = source.end
    if last_column >= limits.columns:
        return too_many_columns(limits.columns, 1)
    if last_row >= limits.rows or (last_row + 1) * (last_column + 1) > limits.cells:
        return too_many_rows(limits.rows)
    rows = source.to_python(skip_empty_area=False)
    return [[cell if type(cell) is str else cell_text(cell) for cell in row] for row in rows]


def _apply(marks: SheetMarks, rows: list[list[str]]) -> None:
    """Write out what a cell shows: 0.063 shown as 6.3% is 6.3%."""
    for row, column in marks.percent:
        if 0 <= row < len(rows) and column < len(rows[row]) and rows[row][column]:
            rows[row][column] = _percent(rows[row][column])
    for cells, text in ((marks.errors, ERROR_TEXT), (marks.uncalculated, UNCALCULATED_TEXT)):
        for row, column in cells:
            if 0 <= row < len(rows) and column < len(rows[row]):
                rows[row][column] = text


def _percent(text: str) -> str:
    try:
        return f"{(Decimal(text) * 100).normalize():f}%"
    except ArithmeticError:
        return text


def cell_text(cell: Any) -> str:  # noqa: ANN401
    """A cell as text: numbers at Excel's fifteen digits, dates as ISO."""
    if type(cell) is float:
        return number_text(cell)
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float | int):
        return number_text(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time().isoformat() == "00:00:00" else cell.isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def number_text(number: float) -> str:
    """`6.3`, `30145.79`, `2024`: never an exponent, never more digits than Excel keeps."""
    if isinstance(number, int) or number.is_integer():
        return str(int(number))
    text = repr(number)
    if len(text) > 16 or "e" in text:
        text = f"{Decimal(f'{number:.15g}'):f}"
    return text


def _hidden() -> Fault:
    return Fault(
        "hidden_sheet",
        say("这张工作表是隐藏的，没有读取。"),
        say("如需报送，请取消隐藏；否则请删除。"),
        Severity.WARNING,
    )
