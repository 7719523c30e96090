"""Files that would hurt: every one ends in a message, none in a traceback or a full memory."""

from __future__ import annotations

import io
import os
import struct
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from flows.receive import Limits, read
from models.delivery import Reading
from tests import xls_file
from tests.receive_desk import lexicon, read_bytes, read_text, side
from tests.xlsx_file import rezipped, xlsx_bytes

ROWS = [["指标", "2024年1-3月"], ["社会消费品零售总额累计值(亿元)", 15.0]]
SHEET = "xl/worksheets/sheet1.xml"


def rules(reading: Reading) -> list[str]:
    assert reading.candidates == ()
    assert all(problem.message and problem.advice for problem in reading.problems)
    return [problem.rule for problem in reading.problems]


def test_size_rows_and_columns_have_limits(tmp_path: Path) -> None:
    limits = Limits(bytes=1000, rows=20, columns=10)
    assert rules(read_bytes(tmp_path, b"a,b\n" * 1000, limits=limits)) == ["file_too_large"]
    assert rules(read_bytes(tmp_path, b"a,b\n" * 30, limits=limits)) == ["too_many_rows"]
    assert rules(read_bytes(tmp_path, b"1,2\n" + b"," * 30 + b"\n" + b"1,2\n" * 5, limits=limits)) == [
        "too_many_columns"
    ]


def test_a_million_columns(tmp_path: Path) -> None:
    assert rules(read_text(tmp_path, "指标" + ",2024年" * 1_000_000 + "\n" + "a" + ",1" * 1_000_000)) == [
        "too_many_columns"
    ]


def test_a_single_cell_at_the_far_corner(tmp_path: Path) -> None:
    content = xlsx_bytes(ROWS)
    xml = ZipFile(io.BytesIO(content)).read(SHEET).decode()
    far = xml.replace(
        "</sheetData>",
        '<row r="1048576"><c r="A1048576"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row></sheetData>',
    )
    assert rules(read_bytes(tmp_path, rezipped(content, {SHEET: far.encode()}))) == ["too_many_columns"]
    wide = xml.replace("</sheetData>", '<row r="1048576"><c r="ZZ1048576"><v>1</v></c></row></sheetData>')
    assert rules(read_bytes(tmp_path, rezipped(content, {SHEET: wide.encode()}))) == ["too_many_rows"]


def test_a_far_cell_in_an_old_workbook(tmp_path: Path) -> None:
    rows: list[list[xls_file.Cell]] = [["a"]] * 2000 + [["a"] * 200]
    limits = Limits(cells=100_000)
    assert rules(read_bytes(tmp_path, xls_file.xls_bytes(rows), limits=limits))[0] == "too_many_rows"


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = rezipped(xlsx_bytes(ROWS), {"xl/media/image1.png": bytes(30_000_000)})
    assert rules(read_bytes(tmp_path, bomb)) == ["zip_bomb"]


def test_a_zip_that_lies_about_its_size_is_found_out(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(3_000_000))
    lying = buffer.getvalue().replace(struct.pack("<I", 3_000_000), struct.pack("<I", 300))
    assert rules(read_bytes(tmp_path, lying)) == ["zip_bomb"]


def test_a_zip_of_thousands_of_parts(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        for number in range(3000):
            archive.writestr(f"xl/{number}.xml", b"")
    assert rules(read_bytes(tmp_path, buffer.getvalue())) == ["zip_bomb"]


FOREIGN = [
    (b"%PDF-1.7 ...", "不能读取 PDF 文件。"),
    (b"<html><table><tr><td>1</td></tr></table></html>", "不能读取 网页（HTML） 文件。"),
    (b"\x1f\x8b\x08\x00rest", "不能读取 压缩 文件。"),
    (b"\x89PNG\r\n\x1a\n", "不能读取 图片 文件。"),
]


@pytest.mark.parametrize(("content", "message"), FOREIGN)
def test_other_formats_are_named(tmp_path: Path, content: bytes, message: str) -> None:
    reading = read_bytes(tmp_path, content)
    assert [problem.message for problem in reading.problems] == [message]


def test_a_word_document_in_a_zip_is_named(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", b"<x/>")
    reading = read_bytes(tmp_path, buffer.getvalue())
    assert [problem.message for problem in reading.problems] == ["不能读取 Word 文件。"]


@pytest.mark.parametrize(
    "content",
    [
        xlsx_bytes(ROWS)[:2000],
        b"PK\x03\x04" + bytes(200),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        xls_file.xls_bytes(ROWS)[:3000],
        rezipped(xlsx_bytes(ROWS), {SHEET: b"<worksheet><sheetData><row"}),
        rezipped(xlsx_bytes(ROWS), {"xl/workbook.xml": b"nonsense"}),
    ],
    ids=["cut", "zip head only", "ole head only", "xls cut", "sheet cut", "workbook part broken"],
)
def test_a_broken_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    assert rules(read_bytes(tmp_path, content)) in (["broken_workbook"], ["empty_file"])


@pytest.mark.parametrize("content", [b"", b"  \r\n\n", b",,,\n,,,\n"])
def test_an_empty_file(tmp_path: Path, content: bytes) -> None:
    assert rules(read_bytes(tmp_path, content)) == ["empty_file"]


def test_a_quote_that_never_ends(tmp_path: Path) -> None:
    text = '指标,时期,数值\n"地区生产总值,2024-03,1\n' + "x" * 200_000
    assert rules(read_text(tmp_path, text)) == ["bad_quotes"]


def test_a_file_that_vanishes(tmp_path: Path) -> None:
    reading = read(tmp_path / "gone.csv", relative="gone.csv", books=lexicon())
    assert rules(reading) == ["vanished"]


def test_a_link_put_in_place_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").symlink_to("/etc/passwd")
    assert rules(read(tmp_path / "a.csv", relative="a.csv", books=lexicon())) == ["symlink"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"x")
    path.chmod(0)
    assert rules(read(path, relative="a.csv", books=lexicon())) == ["no_permission"]


def test_a_file_that_changed_since_it_was_found_is_left_for_the_next_run(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("指标,时期,数值,单位\n出口总值,2024-03,1,亿美元\n", encoding="utf-8")
    reading = read(path, relative="a.csv", books=lexicon(), side=side(), sha256="0" * 64)
    assert rules(reading) == ["still_being_written"]


def test_formulas_markup_and_paths_in_cells_stay_text(tmp_path: Path) -> None:
    nasty = '=HYPERLINK("http://x")'
    text = f'指标,时期,数值,单位\n"{nasty.replace(chr(34), chr(34) * 2)}",2024-03,1,亿美元\n../../etc,2024-03,=1+1,<b>\n'
    reading = read_text(tmp_path, text)
    assert rules(reading) == ["unknown_indicator", "unknown_indicator"]
    assert [problem.value for problem in reading.problems] == [nasty, "../../etc"]
