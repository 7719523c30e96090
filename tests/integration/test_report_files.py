"""What the report stage writes: the contract's files, the same bytes for the same rows, outside text inert."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import report_year
from docx import Document
from python_calamine import CalamineWorkbook

from flows.errors import DiskError
from flows.report import Reported, files, report
from flows.report.variance_csv import COLUMNS
from flows.settings import Settings
from models.run import RunContext

HOSTILE = {
    1: "</script><script>window.hit=1</script>",
    2: '=HYPERLINK("http://x.invalid","点我")',
    3: "<img src=x onerror='window.hit=1'>",
    4: "行\u2028分隔@@DATA@@",
    5: "+1+cmd|' /C calc'!A0",
    6: "\"quoted\" & 'ampersand'",
}


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the made-up year, some of whose names try to be more than text."""
    folder = tmp_path_factory.mktemp("report")
    report_year.build(folder / "warehouse.duckdb", names=HOSTILE)
    return folder


@pytest.fixture(scope="module")
def context() -> RunContext:
    from datetime import datetime

    from models.run import TIME_ZONE

    return RunContext(as_of=date(2024, 11, 28), started_at=datetime(2024, 11, 28, 9, 0, tzinfo=TIME_ZONE))


@pytest.fixture(scope="module")
def reported(var: Path, context: RunContext) -> Reported:
    return report(Settings(var=var), context)


@pytest.fixture(scope="module")
def folder(var: Path, reported: Reported) -> Path:
    return var / "reports" / report_year.REGION / "2024-10"


def test_the_files_of_the_contract_are_written_under_region_and_newest_data_month(
    var: Path, reported: Reported, folder: Path
) -> None:
    assert sorted(path.name for path in folder.iterdir()) == [
        "brief.docx",
        "index.html",
        "variance.csv",
        "variance.xlsx",
    ]
    assert reported.files[-1] == str(var / "reports" / "index.html")
    assert str(reported) == "写出报告 5 个文件"


def test_a_second_run_at_another_hour_rewrites_nothing(
    var: Path, context: RunContext, reported: Reported
) -> None:
    from dataclasses import replace
    from datetime import timedelta

    before = {path: (Path(path).stat().st_mtime_ns, Path(path).read_bytes()) for path in reported.files}
    report(Settings(var=var), replace(context, started_at=context.started_at + timedelta(hours=5)))
    assert {
        path: (Path(path).stat().st_mtime_ns, Path(path).read_bytes()) for path in reported.files
    } == before


def test_nothing_half_written_is_left_behind(var: Path, reported: Reported) -> None:
    assert [path for path in (var / "reports").rglob("*") if path.name.startswith(".")] == []


def test_a_folder_that_cannot_be_written_is_told_with_its_path(tmp_path: Path) -> None:
    (tmp_path / "reports").write_text("in the way")
    with pytest.raises(
        DiskError, match=r"无法写入报告 .*reports/x\.html（.*）。请检查磁盘空间与权限后重新运行。"
    ):
        files.write(tmp_path / "reports" / "x.html", b"")


# -- the table --------------------------------------------------------------------------------------------
def table(folder: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / "variance.csv").read_text(encoding="utf-8-sig"))))


def test_the_table_has_the_columns_of_the_relation_and_opens_in_excel(folder: Path) -> None:
    content = (folder / "variance.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfregion,region_name,year,target_id,")
    assert tuple(table(folder)[0]) == COLUMNS
    assert len(table(folder)) == report_year.TARGETS


def test_figures_are_plain_decimals_and_missing_ones_are_empty(folder: Path) -> None:
    rows = {row["target_id"]: row for row in table(folder)}
    known, unknown = rows["500104-2024-t0007"], rows["500104-2024-t0009"]
    assert re.fullmatch(r"\d+", known["actual"])
    assert known["target_value"] == "10000"
    assert known["period_end"] == "2024-10-31"
    assert (unknown["actual"], unknown["gap"], unknown["status"]) == ("", "", "no_target")


def test_a_name_that_is_a_formula_stays_text_in_the_table(folder: Path) -> None:
    names = [row["indicator_name"] for row in table(folder)]
    assert "'" + HOSTILE[2] in names
    assert "'" + HOSTILE[5] in names
    assert not [name for name in names if name[0] in "=+-@"]


# -- the page ---------------------------------------------------------------------------------------------
def page(folder: Path) -> str:
    return (folder / "index.html").read_text(encoding="utf-8")


def test_names_from_outside_cannot_leave_the_data(folder: Path) -> None:
    html = page(folder)
    assert "<script>window.hit" not in html
    assert "<img src=x" not in html
    assert "\u2028" not in html
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert data
    names = {target["name"][0] for target in json.loads(data[1])["targets"]}
    assert set(HOSTILE.values()) <= names


def test_a_zero_stays_on_the_page_and_a_milestone_has_no_gap_in_points(folder: Path) -> None:
    """A zero equals False in Python: it was once left out with what is empty, and shown as missing."""
    data = re.search(r'id="data">(.*?)</script>', page(folder), re.S)
    assert data
    rows = table(folder)
    shown = {each["target_id"]: each for each in json.loads(data[1])["targets"]}
    figures = ("actual", "expected", "gap", "gap_points", "target_value", "probability")
    zeros = [(r, n) for r in rows for n in figures if r[n] and Decimal(r[n]) == 0 and r["kind"] != "stage"]
    assert zeros
    assert [shown[row["target_id"]].get(name) for row, name in zeros] == [0] * len(zeros)
    stages = [row["target_id"] for row in rows if row["kind"] == "stage"]
    assert stages
    assert [key for key in stages if "gap_points" in shown[key]] == []


def test_the_page_asks_for_nothing_from_outside(folder: Path) -> None:
    html = re.sub(
        r'<script type="text/plain" id="chart-library">.*?</script>', "", page(folder), flags=re.DOTALL
    )
    html = re.sub(r'<script type="application/json".*?</script>', "", html, flags=re.DOTALL)
    assert not re.search(r"""(src|href)=["'](https?:)?//""", html)
    assert "default-src 'none'" in html
    assert not re.search(r"@import|url\((?!data:)", html)
    assert ".innerHTML" not in html


def test_the_page_of_a_year_stays_under_two_megabytes(folder: Path) -> None:
    assert len((folder / "index.html").read_bytes()) < 2_000_000


# -- the workbook -----------------------------------------------------------------------------------------
def sheets(folder: Path) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_path(str(folder / "variance.xlsx"))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_the_workbook_has_its_sheets(folder: Path) -> None:
    assert list(sheets(folder)) == ["概要", "差距表", "历月状态", "拒收与隔离", "回执", "说明"]


def test_no_cell_of_the_workbook_is_a_formula_or_a_link(folder: Path) -> None:
    with zipfile.ZipFile(folder / "variance.xlsx") as book:
        parts = {
            name: book.read(name).decode("utf-8", "replace")
            for name in book.namelist()
            if name.startswith("xl/worksheets/")
        }
    assert not [name for name, xml in parts.items() if "<f>" in xml or "<hyperlink" in xml]
    indicators = [row[1] for row in sheets(folder)["差距表"]]
    assert HOSTILE[2] in indicators


def test_the_workbook_holds_numbers_as_numbers(folder: Path) -> None:
    rows = sheets(folder)["差距表"]
    header = next(row for row in rows if row[0] == "状态")
    lines = {row[header.index("目标编号")]: row for row in rows[rows.index(header) + 1 :]}
    line = lines["500104-2024-t0007"]
    assert line[header.index("全年目标")] == 10000
    assert line[header.index("来源文件")] == "2024/2024-10_human_resources.csv"
    assert line[header.index("实际 AC")] > 9000


def test_refusals_and_receipts_name_file_and_row(folder: Path) -> None:
    refusals = [row for row in sheets(folder)["拒收与隔离"] if "jump_against_own_past" in row]
    assert refusals[0][2] == "2024/2024-10_statistics.csv"
    assert refusals[0][4] == 9
    assert "回执" in sheets(folder)["回执"][0][0]


# -- the brief --------------------------------------------------------------------------------------------
def paragraphs(folder: Path) -> list[str]:
    return [paragraph.text for paragraph in Document(str(folder / "brief.docx")).paragraphs]


def test_the_note_has_the_parts_of_such_notes_in_their_order(folder: Path) -> None:
    text = paragraphs(folder)
    headings = [line for line in text if re.match(r"[一二三四五六七]、", line)]
    assert headings == [
        "一、总体情况",
        "二、滞后情况",
        "三、略有滞后情况",
        "四、好转和完成情况",
        "五、年末预期",
        "六、数据报送情况",
    ]
    assert text[:3] == ["重庆市大渡口区2024年政府工作报告", "目标任务推进情况通报", "（1—10月）"]
    assert "区政府督查室" in text
    assert "2024年11月28日" in text


def test_the_note_counts_what_the_table_counts(folder: Path) -> None:
    statuses = [row["status"] for row in table(folder)]
    judgement = next(line for line in paragraphs(folder) if line.startswith("全年共督办目标"))
    assert f"符合进度{statuses.count('on_schedule')}项" in judgement
    assert f"，滞后{statuses.count('behind')}项" in judgement


def test_mails_that_did_not_get_out_are_in_the_page_and_the_note(folder: Path) -> None:
    page = (folder / "index.html").read_text(encoding="utf-8")
    data = json.loads(page.partition('id="data">')[2].partition("</script>")[0])
    assert data["undelivered"] == [
        {
            "notification_id": "mail1",
            "as_of": "2024-11-28",
            "subject": "[督办] 大渡口：1 项<b>转入滞后</b>",
            "state": "dead",
            "attempts": 1,
            "last_error": "550 <收件人> unknown",
            "offices": [["区商务委", "Commerce Commission"], ["区税务局", "Taxation Bureau"]],
        },
        {
            "notification_id": "mail2",
            "as_of": "2024-11-28",
            "subject": "[督办] 大渡口：1 项恢复",
            "state": "waiting",
            "attempts": 3,
            "last_error": "超时",
            "offices": [["区财政局", "Finance Bureau"]],
        },
    ]
    told = [line for line in paragraphs(folder) if "督办邮件" in line]
    assert told == ["有1封督办邮件未能送达：区商务委、区税务局。请核对收件邮箱后重发。"]
    assert "已经寄出的信" not in page and "还没试过的信" not in page


def test_the_note_follows_the_official_layout(folder: Path) -> None:
    document = Document(str(folder / "brief.docx"))
    first = document.sections[0]
    assert [
        round(x.mm) for x in (first.top_margin, first.left_margin, first.right_margin, first.bottom_margin)
    ] == [37, 28, 26, 35]
    with zipfile.ZipFile(folder / "brief.docx") as parts:
        body = parts.read("word/document.xml").decode()
        fonts = parts.read("word/fontTable.xml").decode()
    for name in ("方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312"):
        assert f'w:eastAsia="{name}"' in body
        assert f'<w:font w:name="{name}"><w:altName' in fonts
    with zipfile.ZipFile(folder / "brief.docx") as parts:
        assert 'w:eastAsia="zh-CN"' in parts.read("word/styles.xml").decode()  # else Japanese letter forms
    texts = paragraphs(folder)
    annex = next(place for place, text in enumerate(texts) if text.startswith("附件："))
    assert re.fullmatch(
        r"\d+年\d+月\d+日", texts[annex + 2] if "督查" in texts[annex + 1] else texts[annex + 1]
    )
    assert all(
        paragraph.paragraph_format.keep_with_next
        for paragraph in document.paragraphs
        if paragraph.text.startswith("附件：")
    )


def test_the_annex_lists_every_target_in_the_order_of_the_report(folder: Path) -> None:
    annex = Document(str(folder / "brief.docx")).tables[0]
    assert len(annex.rows) == report_year.TARGETS + 1
    assert [cell.text for cell in annex.rows[1].cells][0] == "1"


# -- simulated --------------------------------------------------------------------------------------------
def test_simulated_figures_are_marked_in_every_file(folder: Path, var: Path) -> None:
    mark = "模拟数据：全部数字由程序生成"
    assert '"simulated":true' in page(folder)
    assert mark in (var / "reports" / "index.html").read_text(encoding="utf-8")
    assert all("（模拟数据）" in str(rows[0][0]) for rows in sheets(folder).values())
    headers = [section.header.paragraphs[0].text for section in Document(str(folder / "brief.docx")).sections]
    assert all(mark in header for header in headers)
    assert {row["provenance"] for row in table(folder)} <= {"simulated", ""}


def test_official_figures_carry_no_such_mark(tmp_path: Path, context: RunContext) -> None:
    report_year.build(tmp_path / "warehouse.duckdb", provenance="official")
    written = report(Settings(var=tmp_path), context)
    place = Path(written.files[0]).parent
    assert '"simulated":false' in page(place)
    assert not any("模拟" in str(rows[0][0]) for rows in sheets(place).values())
    assert not any("模拟" in line for line in paragraphs(place))


def test_an_english_installation_gets_english_pages_and_a_chinese_note(
    tmp_path: Path, context: RunContext
) -> None:
    report_year.build(tmp_path / "warehouse.duckdb", provenance="official")
    written = report(Settings(var=tmp_path, lang="en"), context)
    place = Path(written.files[0]).parent
    assert '<html lang="en">' in page(place)
    assert list(sheets(place)) == ["Summary", "Variance", "History", "Refusals", "Receipts", "Dictionary"]
    assert paragraphs(place)[1] == "目标任务推进情况通报"
