"""Workbook and note in a real office suite: LibreOffice opens them, and what it lays out is what was written."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path

import pytest
import report_year

from flows.report import report
from flows.settings import Settings
from models.run import TIME_ZONE, RunContext

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
TO_TEXT = shutil.which("pdftotext")
pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(
        not (OFFICE and TO_TEXT), reason="没有 LibreOffice 或 pdftotext：请运行 .ci/install-browser"
    ),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up year's reports, its workbook and note converted to PDF."""
    var = tmp_path_factory.mktemp("office")
    report_year.build(var / "warehouse.duckdb", names={2: "=1+1", 5: "@SUM(A1)"})
    context = RunContext(as_of=date(2024, 11, 28), started_at=datetime(2024, 11, 28, 9, 0, tzinfo=TIME_ZONE))
    place = Path(report(Settings(var=var), context).files[0]).parent
    profile = f"-env:UserInstallation={(var / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--convert-to", "pdf", "--outdir", str(place)]
    subprocess.run(
        [*command, str(place / "variance.xlsx"), str(place / "brief.docx")],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return place


def pages(path: Path) -> list[str]:
    """The text of each page, without blanks: justified lines have more of them than were written."""
    done = subprocess.run(
        [str(TO_TEXT), "-layout", str(path), "-"], check=True, capture_output=True, text=True
    )
    return ["".join(page.split()) for page in done.stdout.split("\f")[:-1]]


def test_the_workbook_opens_and_shows_names_that_look_like_formulas_as_text(folder: Path) -> None:
    text = "".join(pages(folder / "variance.pdf"))
    assert "=1+1" in text
    assert "@SUM(A1)" in text
    assert "Err:" not in text
    assert "#NAME?" not in text


def test_every_printed_sheet_of_the_workbook_says_that_figures_are_simulated(folder: Path) -> None:
    assert all("模拟数据" in page for page in pages(folder / "variance.pdf"))


def test_sheets_of_the_workbook_fit_the_width_of_a_page(folder: Path) -> None:
    summary = pages(folder / "variance.pdf")[0]
    assert "各次研判的状态构成" in summary
    assert "各章节的状态构成" in summary
    table = next(page for page in pages(folder / "variance.pdf") if "差距表" in page)
    assert "责任单位" in table
    assert "数据状态" in table


def test_the_note_is_a_few_pages_with_numbers_between_dashes(folder: Path) -> None:
    text = pages(folder / "brief.pdf")
    assert 3 <= len(text) <= 15
    for place, page in enumerate(text, start=1):
        assert page.endswith(f"—{place}—")


def test_the_note_begins_with_its_title_and_marks_simulated_figures_on_every_page(folder: Path) -> None:
    text = pages(folder / "brief.pdf")
    first = text[0]
    assert (
        first.index("重庆市大渡口区2024年政府工作报告")
        < first.index("目标任务推进情况通报")
        < first.index("一、总体情况")
    )
    assert all("模拟数据：全部数字由程序生成" in page for page in text)


def test_the_annex_repeats_its_header_on_every_page(folder: Path) -> None:
    text = pages(folder / "brief.pdf")
    start = next(place for place, page in enumerate(text) if "一览表" in page)
    listed = [page for page in text[start:] if "符合进度" in page]
    assert len(listed) > 1
    assert [page for page in listed if "责任单位" not in page] == []
