"""`duban template`: what is filled in comes back without a question."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from zipfile import ZipFile

import pytest

from flows import books
from flows.cli import main
from flows.receive import Lexicon, find, read
from flows.receive.layouts.template import HEADER
from models.delivery import Reading
from tests.xlsx_file import xlsx_bytes

REFERENCE = Path(__file__).parents[2] / "data" / "reference"


@pytest.fixture
def forms(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The forms of October 2024, without any earlier figure."""
    assert main(["template", "2024-10", "--office", "statistics", "--var", str(tmp_path / "var")]) == 0
    named = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert [path.name for path in named] == ["statistics_2024-10.csv", "statistics_2024-10.xlsx"]
    assert all(path.exists() for path in named)
    return named[0].parent


def rows_of(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def fill(rows: list[list[str]]) -> list[list[str]]:
    value = HEADER.index("数值")
    body = [[*row[:value], f"{number}.5", *row[value + 1 :]] for number, row in enumerate(rows[3:], 1)]
    return [*rows[:3], *body]


def take(folder: Path, name: str, content: bytes) -> Reading:
    """Put a filled form back and read it as a run would."""
    from datetime import date

    (folder / name).write_bytes(content)
    raw = next(raw for raw in find(folder, today=date(2024, 11, 20)) if raw.path == name)
    assert raw.side_problems == ()
    lexicon = Lexicon.of(books.load(REFERENCE))
    return read(folder / name, relative=name, books=lexicon, side=raw.side)


def test_a_form_asks_only_for_what_the_office_reports_that_month(forms: Path) -> None:
    rows = rows_of(forms / "statistics_2024-10.csv")
    asked = {row[1] for row in rows[3:]}
    assert tuple(rows[2]) == HEADER
    assert "规模以上工业增加值" in asked
    assert "地区生产总值" not in asked  # quarterly
    assert "优良天数" not in asked  # another office's


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_filled_form_is_read_without_a_question(forms: Path, encoding: str) -> None:
    rows = fill(rows_of(forms / "statistics_2024-10.csv"))
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    reading = take(forms, "statistics_2024-10.csv", buffer.getvalue().encode(encoding))
    assert reading.layout == "template"
    assert reading.problems == ()
    assert len(reading.candidates) == reading.cells_read == len(rows) - 3
    assert {str(c.period_end) for c in reading.candidates} == {"2024-10-31"}


def test_a_filled_workbook_is_read_without_a_question(forms: Path) -> None:
    rows = fill(rows_of(forms / "statistics_2024-10.csv"))
    reading = take(forms, "statistics_2024-10.xlsx", xlsx_bytes(rows, sheet="报送表"))
    assert (reading.layout, reading.problems) == ("template", ())
    assert len(reading.candidates) == len(rows) - 3


def test_the_workbook_locks_the_header_and_guides_the_cells(forms: Path) -> None:
    with ZipFile(forms / "statistics_2024-10.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<sheetProtection" in sheet
    assert 'type="decimal"' in sheet
    assert 'type="list"' in sheet
    assert "亿元,元,万元" in sheet
    assert 'state="frozen"' in sheet


def test_a_form_sent_back_empty_says_so(forms: Path) -> None:
    reading = take(forms, "statistics_2024-10.xlsx", (forms / "statistics_2024-10.xlsx").read_bytes())
    assert [problem.message for problem in reading.problems] == ["表格能读，但一个数也没有填。"]


def test_an_office_that_is_not_in_the_book_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["template", "2024-10", "--office", "nobody"]) == 2
    assert capsys.readouterr().err.startswith("没有报数单位 nobody。可用的编号：")
