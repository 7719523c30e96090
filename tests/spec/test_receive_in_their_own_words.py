"""What a sender hears of a figure that is not taken: the cell as it stood, what is wrong, and what to send."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from flows.receive import find, read
from models.delivery import Severity
from tests.receive_desk import complaints, figures, lexicon, messages, read_bytes, read_text
from tests.xlsx_file import rezipped, xlsx_bytes

HEADER = "指标,口径,时期,数值,单位\n"


def one(folder: Path, row: str) -> tuple[str, Severity]:
    """Rule and message of the only problem of a row that gives no figure."""
    reading = read_text(folder, HEADER + row + "\n")
    assert reading.candidates == ()
    (problem,) = reading.problems
    return f"{problem.message}{problem.advice}", problem.severity


def test_a_row_of_a_measure_that_is_not_kept_says_what_to_send(tmp_path: Path) -> None:
    assert one(tmp_path, "社会消费品零售总额,增量,2024-03,3,亿元") == (
        "增减额不在保存的口径之内，没有读取。“社会消费品零售总额”只收：绝对量、同比增速，请改报其中一种；"
        "如应保存，请负责人在指标台账中另立指标。",
        Severity.REFUSED,
    )


def test_a_row_of_last_years_figure_says_under_which_period_to_send_it(tmp_path: Path) -> None:
    assert one(tmp_path, "社会消费品零售总额,上年同期,2024-03,3,亿元") == (
        "上年同期数按可比口径调整过，不作为上年数据入库。"
        "如需更正上年数据，请把时期写成上年的时期，口径写作 绝对量、同比增速。",
        Severity.REFUSED,
    )


def test_a_column_of_a_table_that_is_not_kept_is_a_remark_beside_those_that_are(tmp_path: Path) -> None:
    text = "2024年1-5月\n项目,本年累计,增减额\n社会消费品零售总额(亿元),60,3\n"
    reading = read_text(tmp_path, text)
    assert [f.split()[5] for f in figures(reading)] == ["60亿元"]
    assert messages(reading) == [
        "增减额不在保存的口径之内，没有读取。其余的数照常读取；如应保存，请负责人在指标台账中另立指标。"
    ]
    assert [problem.severity for problem in reading.problems] == [Severity.WARNING]


@pytest.mark.parametrize("cell", ["NaN", "nan", "inf", "-Infinity"])
def test_what_a_program_could_not_calculate_is_no_missing_figure(tmp_path: Path, cell: str) -> None:
    assert one(tmp_path, f"社会消费品零售总额,total,2024-03,{cell},亿元") == (
        "这一格不能读作数字：这是算不出来的结果，不是数。请填数字；没有数据请留空或填“-”。",
        Severity.REFUSED,
    )


@pytest.mark.parametrize("cell", [b"NaN", b"INF"])
def test_nor_is_it_in_a_workbook(tmp_path: Path, cell: bytes) -> None:
    content = xlsx_bytes([["指标", "2024年1-3月"], ["社会消费品零售总额累计值(亿元)", 15.5]])
    part = "xl/worksheets/sheet1.xml"
    broken = ZipFile(io.BytesIO(content)).read(part).replace(b"<v>15.5</v>", b"<v>" + cell + b"</v>")
    reading = read_bytes(tmp_path, rezipped(content, {part: broken}))
    assert reading.candidates == ()
    assert reading.problems


def test_a_figure_too_small_to_keep_is_not_kept_as_zero(tmp_path: Path) -> None:
    assert one(tmp_path, "社会消费品零售总额,total,2024-03,0.0000000001,亿元") == (
        "这一格不能读作数字：数字太小，保存到六位小数就成了 0。请填数字；没有数据请留空或填“-”。",
        Severity.REFUSED,
    )
    assert one(tmp_path, "社会消费品零售总额,total,2024-03,1,元")[0].startswith(
        "这一格不能读作数字：数字太小"
    )
    (figure,) = figures(read_text(tmp_path, HEADER + "社会消费品零售总额,total,2024-03,0.0000005,亿元\n"))
    assert figure.split()[5] == "0.000001亿元"


@pytest.mark.parametrize(
    "cell", ["＝cmd|' /C calc'!A0", "幸福指数ABC", "Ｇ Ｄ Ｐ（现价）", "<b>GDP</b>", "~/GDP", "X" * 80]
)
def test_an_unknown_name_is_repeated_as_it_stood(tmp_path: Path, cell: str) -> None:
    message, _ = one(tmp_path, f'"{cell}",total,2024-03,5,亿元')
    assert message.startswith(f"指标“{cell}”不在指标台账中。")


def test_an_unknown_name_is_repeated_without_its_words_of_measure_and_unit(tmp_path: Path) -> None:
    message, _ = one(tmp_path, "Ａbc 产值 同比增长（％）,,2024-03,5,")
    assert message.startswith("指标“Ａbc 产值”不在指标台账中。")


def test_characters_that_a_terminal_obeys_are_shown_as_a_sign(tmp_path: Path) -> None:
    message, _ = one(tmp_path, "GDP\x1b[31m,total,2024-03,5,亿元")
    assert "\x1b" not in message and "�" in message


def test_a_link_is_refused_in_chinese(tmp_path: Path) -> None:
    (tmp_path / "a.csv").symlink_to("a.csv")
    (problem,) = read(tmp_path / "a.csv", relative="a.csv", books=lexicon()).problems
    assert (problem.rule, problem.message) == ("symlink", "这是一个链接，不是文件；不跟随链接读取。")


def test_a_side_file_that_is_a_link_is_refused_in_chinese(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HEADER)
    (tmp_path / "a.csv.delivery.toml").symlink_to("a.csv.delivery.toml")
    (raw,) = find(tmp_path, today=date(2024, 4, 1))
    (problem,) = raw.side_problems
    assert problem.message == "a.csv.delivery.toml 读不出来（这是一个链接）。"


def test_a_side_file_with_a_slip_names_its_line_in_chinese(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(HEADER)
    (tmp_path / "a.csv.delivery.toml").write_text('region = "500104"\nreceived 2024\n')
    (raw,) = find(tmp_path, today=date(2024, 4, 1))
    assert [p.message for p in raw.side_problems] == ["a.csv.delivery.toml 第 2 行的写法不对。"]


def test_a_name_with_a_line_break_is_shown_as_a_code(tmp_path: Path) -> None:
    (tmp_path / "a\nb.csv").write_text(HEADER)
    (raw,) = find(tmp_path, today=date(2024, 4, 1))
    assert raw.path == "a\\nb.csv"
    assert [p.rule for p in raw.side_problems] == ["bad_file_name"]


def test_a_name_with_a_chinese_space_is_a_name(tmp_path: Path) -> None:
    (tmp_path / "月报　3月.csv").write_text(HEADER)
    (raw,) = find(tmp_path, today=date(2024, 4, 1))
    assert [p.rule for p in raw.side_problems] == ["no_side_file"]
    assert [path.name for path in tmp_path.iterdir()] == [raw.path]


def test_figures_under_no_heading_are_not_passed_over(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "时间,出口总值（亿美元）,,进口总值（亿美元）\n2024年3月,1,99,2\n")
    assert len(reading.candidates) == 2
    assert complaints(reading) == ["column_not_read 1C"]
    assert messages(reading) == ["这一栏没有表头，其中 1 格没有读取。请写明表头；不需要报送的请删去。"]


def test_a_column_that_only_numbers_the_rows_is_passed_over(tmp_path: Path) -> None:
    reading = read_text(tmp_path, ",时间,出口总值（亿美元）\n0,2024年3月,1\n1,2024年2月,2\n")
    assert (len(reading.candidates), complaints(reading)) == (2, [])


def test_a_note_between_two_rows_does_not_end_the_table(tmp_path: Path) -> None:
    text = "指标,2024年1-3月\n社会消费品零售总额(亿元),5\n注：初步数,\n国内生产总值(亿元),7\n注：完\n"
    reading = read_text(tmp_path, text)
    assert [f.split()[5] for f in figures(reading)] == ["5亿元", "7亿元"]
    assert reading.footnotes == ("注：初步数", "注：完")


def test_figures_below_the_notes_are_not_read_and_said_so(tmp_path: Path) -> None:
    """A second table without a header of its own must not be read under the first one's."""
    text = "指标,2024年1-3月\n国内生产总值(亿元),5\n注：完\n\n附：2023年\n国内生产总值(亿元),7\n"
    reading = read_text(tmp_path, text)
    assert [f.split()[5] for f in figures(reading)] == ["5亿元"]
    assert complaints(reading) == ["below_notes 6"]


def test_figures_above_the_header_are_not_read_and_said_so(tmp_path: Path) -> None:
    text = "国内生产总值,1,2\n国民总收入,3,4\n指标,2024年,2023年\n国内生产总值(亿元),5,6\n"
    reading = read_text(tmp_path, text)
    assert [f.split()[5] for f in figures(reading)] == ["5亿元", "6亿元"]
    assert complaints(reading) == ["above_header 1"]
