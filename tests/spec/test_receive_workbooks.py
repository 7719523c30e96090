"""XLS and XLSX: what a cell shows is what is read."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from flows.receive.workbooks import number_text
from tests.receive_desk import complaints, figures, messages, read_bytes, side
from tests.xls_file import xls_bytes
from tests.xlsx_file import rezipped, sheets_bytes, xlsx_bytes

GROWTH = [
    ["数据库：月度数据"],
    ["指标", "2020年4月", "2020年2月"],
    ["工业增加值同比增长(%)", 3.9, None],
    ["工业增加值累计增长(%)", -4.9, -13.5],
    ["注：1.不再单独公布2月份当月数据。"],
]
EXPECTED = [
    "500000 industry growth month 2020-04 3.9% @3B",
    "500000 industry growth ytd 2020-04 -4.9% @4B",
    "500000 industry growth ytd 2020-02 -13.5% @4C",
]


@pytest.mark.parametrize(("content", "kind"), [(xls_bytes(GROWTH), "xls"), (xlsx_bytes(GROWTH), "xlsx")])
def test_old_and_new_workbooks_read_alike(tmp_path: Path, content: bytes, kind: str) -> None:
    reading = read_bytes(tmp_path, content, name="anything.dat")
    assert figures(reading) == EXPECTED
    assert (reading.layout, reading.encoding, reading.cells_read) == ("nbs_columns", kind, 3)
    assert reading.footnotes == ("注：1.不再单独公布2月份当月数据。",)
    assert reading.candidates[0].sheet == "数据"


def test_real_dates_and_numbers_stored_as_text(tmp_path: Path) -> None:
    rows = [["时间", "出口总值(亿美元)"], [date(2024, 3, 1), "1,234.5"], [date(2024, 4, 30), 6.0]]
    assert figures(read_bytes(tmp_path, xlsx_bytes(rows))) == [
        "500000 exports total month 2024-03 1234.5亿美元 @2B",
        "500000 exports total month 2024-04 6亿美元 @3B",
    ]


def test_a_number_shown_as_percent_is_what_it_shows(tmp_path: Path) -> None:
    """The cell holds 0.063 and shows 6.3%."""
    rows = [["指标", "2024年1-3月"], ["社会消费品零售总额累计增长(%)", 0.063]]
    assert figures(read_bytes(tmp_path, xlsx_bytes(rows, percent=True))) == [
        "500000 retail growth ytd 2024-03 6.3% @2B"
    ]
    plain = read_bytes(tmp_path, xlsx_bytes(rows))
    assert (plain.candidates, complaints(plain)) == ((), ["maybe_fraction 2B"])


def test_a_percent_format_does_not_make_a_rate_of_an_amount(tmp_path: Path) -> None:
    rows = [["指标", "2024年1-3月"], ["社会消费品零售总额累计值(亿元)", 0.063]]
    assert complaints(read_bytes(tmp_path, xlsx_bytes(rows, percent=True))) == ["wrong_dimension 2B"]


def test_several_sheets_are_read_each_by_its_own_layout(tmp_path: Path) -> None:
    long = [["指标", "时期", "数值", "单位"], ["出口总值", "2024-03", 5.0, "亿美元"]]
    content = sheets_bytes({"一": GROWTH, "二": long, "空": [], "三": [["说明", "随便写写"]]})
    reading = read_bytes(tmp_path, content)
    assert figures(reading) == [*EXPECTED, "500000 exports total month 2024-03 5亿美元 @2数值"]
    assert reading.layout == "nbs_columns+long"
    assert [(p.rule, p.sheet) for p in reading.problems] == [("no_figures", "三")]  # a sheet of words only


def test_a_hidden_sheet_is_named_and_not_read(tmp_path: Path) -> None:
    content = sheets_bytes(
        {"数据": GROWTH, "旧": [["指标", "时期", "数值"], ["x", "2024-03", 1.0]]}, hidden=["旧"]
    )
    reading = read_bytes(tmp_path, content)
    assert figures(reading) == EXPECTED
    assert messages(reading) == ["这张工作表是隐藏的，没有读取。如需报送，请取消隐藏；否则请删除。"]


def test_the_lost_zero_of_october_in_a_column_of_numbers(tmp_path: Path) -> None:
    rows = [["时间", "出口总值(亿美元)"], *([month, 1.0] for month in (2016.08, 2016.09, 2016.1, 2016.11))]
    months = [f.split()[4] for f in figures(read_bytes(tmp_path, xlsx_bytes(rows)))]
    assert months == ["2016-08", "2016-09", "2016-10", "2016-11"]


def test_years_and_compact_months_stored_as_numbers(tmp_path: Path) -> None:
    rows = [["指标", 2024.0, 2023.0], ["国内生产总值(亿元)", 1.0, 2.0]]
    assert [f.split()[4] for f in figures(read_bytes(tmp_path, xlsx_bytes(rows)))] == ["2024-12", "2023-12"]
    rows = [["时间", "出口总值(亿美元)"], [202403.0, 1.0]]
    assert [f.split()[4] for f in figures(read_bytes(tmp_path, xlsx_bytes(rows)))] == ["2024-03"]


def formula_cell(inside: str, kind: str = "") -> bytes:
    """A workbook whose only figure is a formula."""
    content = xlsx_bytes([["指标", "2024年1-3月"], ["社会消费品零售总额累计值(亿元)", 15.0]])
    from io import BytesIO
    from zipfile import ZipFile

    part = "xl/worksheets/sheet1.xml"
    xml = ZipFile(BytesIO(content)).read(part).decode()
    old = '<c r="B2"><v>15</v></c>'
    assert old in xml
    return rezipped(content, {part: xml.replace(old, f'<c r="B2"{kind}>{inside}</c>').encode()})


def test_a_formula_counts_with_the_value_that_was_saved(tmp_path: Path) -> None:
    content = formula_cell("<f>A1*3</f><v>15.5</v>")
    assert figures(read_bytes(tmp_path, content)) == ["500000 retail total ytd 2024-03 15.5亿元 @2B"]


@pytest.mark.parametrize(
    ("inside", "kind"),
    [
        ("<f>1/0</f><v>#DIV/0!</v>", ' t="e"'),
        ("<f>A1*3</f><v></v>", ""),
        ("<f>A1*3</f>", ""),
        ("<f>[1]Sheet1!A1</f><v/>", ""),
    ],
)
def test_a_formula_without_a_value_is_refused_where_it_stands(tmp_path: Path, inside: str, kind: str) -> None:
    reading = read_bytes(tmp_path, formula_cell(inside, kind))
    assert (complaints(reading), reading.candidates) == (["not_a_number 2B"], ())


def test_links_to_other_files_and_macros_are_named_and_left_alone(tmp_path: Path) -> None:
    extra = {"xl/externalLinks/externalLink1.xml": b"<x/>", "xl/vbaProject.bin": b"macro"}
    reading = read_bytes(tmp_path, rezipped(xlsx_bytes(GROWTH), extra))
    assert figures(reading) == EXPECTED
    assert [problem.rule for problem in reading.problems] == ["external_links", "macros_ignored"]


@pytest.mark.parametrize(
    ("number", "text"),
    [(0.1 + 0.2, "0.3"), (6.3, "6.3"), (2024.0, "2024"), (1e20, "100000000000000000000"), (1e-5, "0.00001")],
)
def test_numbers_keep_excels_fifteen_digits(number: float, text: str) -> None:
    assert number_text(number) == text
    assert Decimal(text) == Decimal(format(number, ".15g"))


def test_a_region_named_by_the_sheet_wins_over_the_side_file(tmp_path: Path) -> None:
    rows = [["地区", "年份", "地区生产总值(亿元)"], ["北京市", 2023.0, 1.0]]
    reading = read_bytes(tmp_path, xlsx_bytes(rows), of=side("500000"))
    assert figures(reading) == ["110000 gdp total ytd 2023-12 1亿元 @2C"]


def merged(ranges: dict[str, str], cells: dict[str, str | float]) -> bytes:
    """A workbook with merged cells, each written once as Excel does."""
    from xlsxwriter import Workbook

    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("数据")
        for place, text in ranges.items():
            sheet.merge_range(place, text)
        for place, cell in cells.items():
            sheet.write(place, cell)
    return buffer.getvalue()


def test_a_region_merged_over_its_rows_holds_for_each(tmp_path: Path) -> None:
    cells: dict[str, str | float] = {"A1": "地区", "B1": "年份", "C1": "地区生产总值(亿元)"}
    cells |= {"B2": 2023, "B3": 2022, "B4": 2023, "B5": 2022, "C2": 1, "C3": 2, "C4": 3, "C5": 4}
    reading = read_bytes(tmp_path, merged({"A2:A3": "北京市", "A4:A5": "重庆市"}, cells))
    assert [f.split()[0] + f.split()[4] for f in figures(reading)] == [
        "1100002023-12",
        "1100002022-12",
        "5000002023-12",
        "5000002022-12",
    ]


def test_a_figure_merged_over_two_rows_is_the_first_rows_alone(tmp_path: Path) -> None:
    cells: dict[str, str | float] = {
        "A1": "指标",
        "B1": "2024年1-3月",
        "A2": "社会消费品零售总额(亿元)",
        "A3": "国内生产总值(亿元)",
    }
    reading = read_bytes(tmp_path, merged({"B2:B3": "15.5"}, cells))
    assert figures(reading) == ["500000 retail total ytd 2024-03 15.5亿元 @2B"]
