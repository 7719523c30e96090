"""Excel 97 files are opened in a process of their own, with limited memory.

Their format has no list of parts to measure before reading, and a few broken bytes can make the reader ask
for more memory than the machine has, which no handler survives. `python -m flows.receive.xls_worker`
reads a workbook from standard input and prints its sheets as JSON.
"""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

from flows.receive.faults import Fault, broken_workbook, password_protected
from flows.receive.limits import Limits

MEMORY_BYTES = 1536 * 1024 * 1024
TIMEOUT_SECONDS = 120
_HAS_PASSWORD = 3
_ROOT = Path(__file__).parents[2]


def read_sheets(content: bytes, limits: Limits) -> list[dict[str, Any]] | Fault:
    """Each sheet's name, visibility and rows of text, or why the file cannot be opened."""
    numbers = [str(number) for number in (limits.rows, limits.columns, limits.cells, limits.sheets)]
    try:
        done = subprocess.run(
            [sys.executable, "-m", "flows.receive.xls_worker", *numbers],
            input=content,
            capture_output=True,
            timeout=TIMEOUT_SECONDS,
            cwd=_ROOT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return broken_workbook()
    if done.returncode == _HAS_PASSWORD:
        return password_protected()
    return list(json.loads(done.stdout)) if done.returncode == 0 else broken_workbook()


def main() -> None:
    """Read one workbook from standard input within the memory limit."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    rows, columns, cells, sheets = map(int, sys.argv[1:])
    limits = Limits(rows=rows, columns=columns, cells=cells, sheets=sheets)
    try:
        json.dump(_sheets(sys.stdin.buffer.read(), limits), sys.stdout)
    except Exception as error:
        sys.exit(_HAS_PASSWORD if type(error).__name__ == "PasswordError" else 1)


def _sheets(content: bytes, limits: Limits) -> list[dict[str, Any]]:
    from python_calamine import CalamineWorkbook

    from flows.receive.workbooks import sheet_rows

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    read = []
    for place, told in enumerate(workbook.sheets_metadata[: limits.sheets]):
        if not str(told.typ).endswith("WorkSheet"):
            continue
        is_visible = str(told.visible).endswith(".Visible")
        rows = sheet_rows(workbook.get_sheet_by_index(place), limits) if is_visible else []
        fault = [rows.rule, rows.message, rows.advice] if isinstance(rows, Fault) else None
        read.append(
            {"name": told.name, "is_visible": is_visible, "rows": None if fault else rows, "fault": fault}
        )
    return read


if __name__ == "__main__":
    main()
