"""Which year a label is of that prints none, and which region a table is of that has no column for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.period_years import hold_years
from tests.receive_desk import complaints, figures, messages, read_text, side


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("2024年1-2月 1-3月 1-4月", "2024年1-2月 2024年1-3月 2024年1-4月"),
        ("2024年4月 3月 2月", "2024年4月 2024年3月 2024年2月"),
        ("2024年一季度 上半年 前三季度 全年", "2024年一季度 2024年上半年 2024年前三季度 2024年全年"),
        ("2024年9月 1-9月", "2024年9月 2024年1-9月"),
        ("2023年11月 12月 2024年1-2月 3月", "2023年11月 2023年12月 2024年1-2月 2024年3月"),
        ("2024年9月 9月", "2024年9月 9月"),  # the same month again is another year's
        ("2023年12月 1月 2月", "2023年12月 1月 2月"),  # of 2023 backwards, or of 2024?
        ("2023年11月 12月 1月", "2023年11月 2023年12月 1月"),
        ("2024年3月 4月 3月 5月", "2024年3月 2024年4月 3月 5月"),
        ("2024年上半年 全年", "2024年上半年 全年"),  # or the whole of the year before
        ("1-2月 2024年1-3月", "1-2月 2024年1-3月"),
        ("2024年3月 合计 4月", "2024年3月 合计 4月"),
        ("", ""),
    ],
)
def test_a_year_printed_once_holds_while_periods_go_on_in_order(printed: str, read: str) -> None:
    assert hold_years(printed.split()) == read.split()


def test_a_year_printed_once_in_columns_and_in_rows(tmp_path: Path) -> None:
    columns = "指标,2024年1-2月,1-3月\n社会消费品零售总额(亿元),10,15\n"
    rows = "时间,社会消费品零售总额累计值(亿元)\n2024年1-2月,10\n1-3月,15\n"
    both = ["500000 retail total ytd 2024-02 10亿元", "500000 retail total ytd 2024-03 15亿元"]
    for text in (columns, rows):
        assert [figure.split(" @")[0] for figure in figures(read_text(tmp_path, text))] == both


def test_months_beside_the_year_so_far_under_one_year(tmp_path: Path) -> None:
    text = "指标,2024年9月,同比(%),1-9月,同比(%)\n社会消费品零售总额(亿元),12,7.1,108,8.1\n"
    assert figures(read_text(tmp_path, text)) == [
        "500000 retail total month 2024-09 12亿元 @2B",
        "500000 retail growth month 2024-09 7.1% @2C",
        "500000 retail total ytd 2024-09 108亿元 @2D",
        "500000 retail growth ytd 2024-09 8.1% @2E",
    ]


def test_a_month_after_december_is_of_no_year_that_can_be_known(tmp_path: Path) -> None:
    text = "时间,社会消费品零售总额累计增长(%)\n2023年12月,7\n1月,8\n"
    reading = read_text(tmp_path, text)
    assert figures(reading) == ["500000 retail growth ytd 2023-12 7% @2B"]
    assert complaints(reading) == ["period_without_year 3"]


def test_years_in_rows_and_months_in_columns(tmp_path: Path) -> None:
    text = "社会消费品零售总额（亿元）\n年份,1-2月,1-3月\n2023,9,14\n2024年,10,\n"
    assert figures(read_text(tmp_path, text)) == [
        "500000 retail total ytd 2023-02 9亿元 @3B",
        "500000 retail total ytd 2023-03 14亿元 @3C",
        "500000 retail total ytd 2024-02 10亿元 @4B",
    ]


def test_years_over_several_columns_and_months_in_rows(tmp_path: Path) -> None:
    text = (
        ",2024年,,2023年,\n月份,社会消费品零售总额(亿元),增长(%),社会消费品零售总额(亿元),增长(%)\n"
        "1-2月,10,8.1,9,7.9\n"
    )
    assert figures(read_text(tmp_path, text)) == [
        "500000 retail total ytd 2024-02 10亿元 @3B",
        "500000 retail growth ytd 2024-02 8.1% @3C",
        "500000 retail total ytd 2023-02 9亿元 @3D",
        "500000 retail growth ytd 2023-02 7.9% @3E",
    ]


@pytest.mark.parametrize("title", ["统计月报2024年第9期", "2024年主要经济指标"])
def test_a_bare_year_does_not_say_which_month_is_this_one(tmp_path: Path, title: str) -> None:
    reading = read_text(tmp_path, f"{title}\n指标,单位,本月,累计\n社会消费品零售总额,亿元,12,108\n")
    assert figures(reading) == []
    assert complaints(reading) == ["no_period 0"]


def test_an_issue_number_is_no_period(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "统计月报2024年第9期\n指标,单位,数值\n社会消费品零售总额,亿元,108\n")
    assert figures(reading) == []


TABLE = "指标,1-9月\n社会消费品零售总额(亿元),108\n"


@pytest.mark.parametrize(
    ("title", "region"),
    [
        ("北京市2024年1—9月主要经济指标", "110000"),
        ("2024年1—9月北京市国民经济主要指标", "110000"),
        ("2024年1—9月北京市社会消费品零售总额", "110000"),
        ("北京市2024年1—9月", "110000"),
        ("北京市统计局2024年1—9月主要经济指标", ""),  # an office's name
        ("北京市场2024年1—9月主要经济指标", ""),
        ("2024年1—9月主要经济指标", ""),
    ],
)
def test_the_title_says_whose_table_it_is(tmp_path: Path, title: str, region: str) -> None:
    reading = read_text(tmp_path, f"{title}\n{TABLE}", of=side(region=""))
    assert [figure.split()[0] for figure in figures(reading)] == [region] * bool(region)
    assert complaints(reading) == ([] if region else ["no_region 0"])


def test_a_title_of_another_region_than_the_side_file_is_asked_about(tmp_path: Path) -> None:
    reading = read_text(tmp_path, f"北京市2024年1—9月主要经济指标\n{TABLE}", of=side("500000"))
    assert (figures(reading), reading.cells_read) == ([], 1)
    assert complaints(reading) == ["contradiction 3A"]
    assert messages(reading) == [
        "标题写的是北京市，报送说明写的是重庆市。请更正 .delivery.toml 的 region；一张表有几个地区时，请加“地区”一栏。"
    ]


def test_names_that_begin_like_a_note_are_rows(tmp_path: Path) -> None:
    text = "2024年1-9月\n指标,单位,1-9月,同比(%)\n注册企业数,户,3,\n社会消费品零售总额,亿元,108,8.1\n"
    reading = read_text(tmp_path, text)
    assert len(figures(reading)) == 2
    assert (complaints(reading), reading.footnotes) == (["unknown_indicator 3A"], ())


def test_signatures_below_a_table_are_notes(tmp_path: Path) -> None:
    text = "2024年1-9月\n指标,单位,1-9月\n社会消费品零售总额,亿元,108\n审核人：张三,,填表人：李四\n"
    reading = read_text(tmp_path, text)
    assert (complaints(reading), reading.footnotes) == ([], ("审核人：张三", "填表人：李四"))
