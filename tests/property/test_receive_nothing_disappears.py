"""Every filled cell in a value place of a table ends as a figure, as missing, or as a problem that names its place."""

from __future__ import annotations

from itertools import product
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.receive.sheet import column_letter
from models.delivery import Reading
from models.number import parse_number
from tests.receive_desk import read_bytes
from tests.receive_writers import encode

Rows = list[list[str]]

CELLS = st.sampled_from(
    ["5.1", "-3", "1,234.5", "0", "6%", ">=5", "12.3①", "0.0000000001", "9" * 16]
    + ["NaN", "inf", "-inf", "#DIV/0!", "=1+1", "(12.3)", "约5", "1e5", "abc", "2024年", "3万户", "１２"]
    + ["", "-", "…", "无", "N/A"]
)
NAMES = st.sampled_from(
    ["社会消费品零售总额累计值(亿元)", "社会消费品零售总额累计增长(%)", "出口总值当期值(千美元)"]
    + [
        "社会消费品零售总额增量(亿元)",
        "幸福指数(分)",
        "其中：批发零售业",
        "同比增长(%)",
        "",
        "社会消费品零售总额上年同期",
    ]
)
HEADINGS = ["2024年3月", "2024年2月", "2023年12月"]
MEASURES = st.sampled_from(["total", "growth", "增量", "上年同期", "位次", "瞎写", "", "目标值"])
ENCODINGS = st.sampled_from(["utf-8", "xlsx"])
CHECKED = settings(
    max_examples=150,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def is_filled(text: str) -> bool:
    """Slow and simple: whether the cell says something that is not one of the signs for missing."""
    return not parse_number(text).is_missing


def is_accounted_for(reading: Reading, row: int, column: str) -> bool:
    """A figure of that cell, or a problem of the cell, its row, its column, its sheet or the file."""
    taken = any((c.row, c.column) == (row, column) for c in reading.candidates)
    return taken or any(p.row in (0, row) or (p.column == column and p.row < row) for p in reading.problems)


@CHECKED
@given(
    names=st.lists(NAMES, min_size=1, max_size=4),
    cells=st.lists(CELLS, min_size=12, max_size=12),
    encoding=ENCODINGS,
    turned=st.booleans(),
    note=st.sampled_from([-1, 0, 1, 2]),
)
def test_every_cell_of_a_table_is_accounted_for(
    tmp_path: Path, names: list[str], cells: list[str], encoding: str, turned: bool, note: int
) -> None:
    size = len(HEADINGS)
    values = [cells[place * size : (place + 1) * size] for place in range(len(names))]
    rows: Rows = [[name, *own] for name, own in zip(names, values, strict=True)]
    table: Rows = [["指标", *HEADINGS], *rows]
    if turned:
        table = [list(column) for column in zip(*table, strict=True)]
        table[0][0] = "时间"
    if note >= 0:
        table.insert(min(note + 1, len(table)), ["注：二月为1—2月"] + [""] * (len(table[0]) - 1))
    reading = read_bytes(tmp_path, encode(table, encoding))
    for row, column in product(range(1, len(table)), range(1, len(table[0]))):
        if is_filled(table[row][column]):
            place = (row + 1, column_letter(column))
            assert is_accounted_for(reading, *place), (place, table[row][column], table)


@CHECKED
@given(rows=st.lists(st.tuples(NAMES, MEASURES, CELLS), min_size=1, max_size=5), encoding=ENCODINGS)
def test_every_row_of_the_long_form_is_accounted_for(
    tmp_path: Path, rows: list[tuple[str, str, str]], encoding: str
) -> None:
    table: Rows = [["指标", "口径", "时期", "数值", "单位"]]
    table += [[name, measure, "2024-03", value, ""] for name, measure, value in rows]
    reading = read_bytes(tmp_path, encode(table, encoding))
    for row in range(1, len(table)):
        if is_filled(table[row][3]):
            assert is_accounted_for(reading, row + 1, "数值"), table[row]


@CHECKED
@given(rows=st.lists(st.tuples(NAMES, MEASURES, CELLS), min_size=1, max_size=5))
def test_a_figure_that_was_counted_is_taken_or_refused_row_by_row(
    tmp_path: Path, rows: list[tuple[str, str, str]]
) -> None:
    """In the long form a row is one figure: what was read is what was taken and what was refused."""
    table: Rows = [["指标", "口径", "时期", "数值", "单位"]]
    table += [[name, measure, "2024-03", value, ""] for name, measure, value in rows]
    reading = read_bytes(tmp_path, encode(table, "utf-8"))
    refused = {problem.row for problem in reading.problems if problem.row}
    assert reading.cells_read == len(reading.candidates) + len(refused)
