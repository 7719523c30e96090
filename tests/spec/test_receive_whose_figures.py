"""Whose figures these are: what lines between rows, headings over columns and names of sheets say of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.receive_desk import complaints, figures, read_text

# What it is, the file, its figures with their places, and what is said of the rest.
CASES: list[tuple[str, str, list[str], list[str]]] = [
    (
        "regions one below the other, each under a line of its own",
        "数据库：分省年度数据\n"
        "时间：2022–2023\n"
        "地区：河北省\n"
        "指标,2023年,2022年\n"
        "地区生产总值(亿元),43944.1,42370.4\n"
        "地区：山西省\n"
        "第一产业增加值(亿元),1388.9,1340.4\n",
        [
            "130000 gdp total ytd 2023-12 43944.1亿元 @5B",
            "130000 gdp total ytd 2022-12 42370.4亿元 @5C",
            "140000 primary total ytd 2023-12 1388.9亿元 @7B",
            "140000 primary total ytd 2022-12 1340.4亿元 @7C",
        ],
        [],
    ),
    (
        "a line that is a region's name alone, one of them unknown to the books",
        "指标,2023年\n北京市,\n地区生产总值(亿元),43760.7\n大连市,\n地区生产总值(亿元),8752.9\n",
        ["110000 gdp total ytd 2023-12 43760.7亿元 @3B"],
        ["unknown_region 5A"],
    ),
    (
        "another indicator above the same header",
        "指标：地区生产总值(亿元)\n"
        "地区,2023年\n"
        "北京市,43760.7\n"
        "指标：第一产业增加值(亿元)\n"
        "地区,2023年\n"
        "天津市,268.5\n",
        ["110000 gdp total ytd 2023-12 43760.7亿元 @3B", "120000 primary total ytd 2023-12 268.5亿元 @6B"],
        [],
    ),
    (
        "a header printed again on the next page",
        "2023年主要指标\n指标,2023年\n地区生产总值(亿元),30145.79\n"
        "2023年主要指标（续）\n指标,2023年\n第三产业增加值(亿元),16000.3\n",
        [
            "500000 gdp total ytd 2023-12 30145.79亿元 @3B",
            "500000 tertiary total ytd 2023-12 16000.3亿元 @6B",
        ],
        [],
    ),
    (
        "the unit of the rows below it",
        "2024年1—5月\n指标,1—5月\n单位：亿元,\n社会消费品零售总额,500.1\n单位：万元,\n第一产业增加值,6123456\n",
        [
            "500000 retail total ytd 2024-05 500.1亿元 @4B",
            "500000 primary total ytd 2024-05 612.3456亿元 @6B",
        ],
        [],
    ),
    (
        "regions over amounts and rates",
        "2024年1—5月主要指标\n"
        "指标,单位,北京市,,某开发区,\n"
        ",,总量,增长(%),总量,增长(%)\n"
        "社会消费品零售总额,亿元,4010.3,4.4,120.5,5.5\n",
        ["110000 retail total ytd 2024-05 4010.3亿元 @4C", "110000 retail growth ytd 2024-05 4.4% @4D"],
        ["unknown_region 4A"],
    ),
    (
        "regions in rows below two rows of headings with an empty corner",
        "2024年1—9月主要指标\n,地区生产总值（亿元）,,社会消费品零售总额\n,总量,增速（%）,增速（%）\n北京市,34000.5,5.1,3.2\n",
        [
            "110000 gdp total ytd 2024-09 34000.5亿元 @4B",
            "110000 gdp growth ytd 2024-09 5.1% @4C",
            "110000 retail growth ytd 2024-09 3.2% @4D",
        ],
        [],
    ),
    (
        "names over years",
        "地区,地区生产总值(亿元),,某指标(亿元),\n,2022年,2023年,2022年,2023年\n北京市,41540.9,43760.7,1,2\n",
        ["110000 gdp total ytd 2022-12 41540.9亿元 @3B", "110000 gdp total ytd 2023-12 43760.7亿元 @3C"],
        ["unknown_indicator 3A"],
    ),
    (
        "parts marked once for all of them, as far as the books know them",
        "2024年1—5月\n指标,1—5月(亿元)\n社会消费品零售总额,500.1\n# 批发零售业,400.1\n住宿餐饮业,100\n别的,3\n住宿餐饮业,7\n",
        [
            "500000 retail total ytd 2024-05 500.1亿元 @3B",
            "500000 retail_trade total ytd 2024-05 400.1亿元 @4B",
            "500000 retail_catering total ytd 2024-05 100亿元 @5B",
        ],
        ["unknown_indicator 6A", "unknown_indicator 7A"],
    ),
    (
        "a change since the turn of the year is no growth on the year before",
        "货币供应（2024年5月末）\n单位：亿元\n项目,月末余额,比年初增长(%),同比增长(%)\n货币和准货币(M2)供应量,3018500,3.1,7\n",
        ["500000 m2 level point 2024-05 3018500亿元 @4B", "500000 m2 growth point 2024-05 7% @4D"],
        ["measure_not_kept 3C"],
    ),
    (
        "a vendor's rows, one of them unknown, the corner empty",
        ",北京:GDP:累计值\nSubcategory,National Accounts\nFrequency,Quarterly\nUnit,亿元\nSeries ID,519\n03/2024,10571\n",
        ["110000 gdp total ytd 2024-03 10571亿元 @6B"],
        [],
    ),
    (
        "a rate of the bureau's export is the month's own, its first line deleted",
        "指标：工业增加值_同比增长(%)\n地区,2020年11月,2020年10月\n河北省,8.7,10\n数据来源：国家统计局\n",
        ["130000 industry growth month 2020-11 8.7% @3B", "130000 industry growth month 2020-10 10% @3C"],
        [],
    ),
    (
        "the number of a table before its years",
        "表1 2022-2023年各省地区生产总值\n单位：亿元\n地区,2022,2023\n北京,41540.9,43760.7\n",
        ["110000 gdp total ytd 2022-12 41540.9亿元 @4B", "110000 gdp total ytd 2023-12 43760.7亿元 @4C"],
        [],
    ),
]


@pytest.mark.parametrize(
    ("text", "expected", "said"), [case[1:] for case in CASES], ids=[c[0] for c in CASES]
)
def test_a_figure_is_of_the_region_and_the_indicator_that_the_lines_around_it_name(
    tmp_path: Path, text: str, expected: list[str], said: list[str]
) -> None:
    reading = read_text(tmp_path, text)

    assert figures(reading) == expected
    assert complaints(reading) == said


def test_a_row_that_ends_before_its_name_is_refused_and_not_a_crash(tmp_path: Path) -> None:
    reading = read_text(
        tmp_path, "地区,指标,2021年,2022年\n北京市,地区生产总值(亿元),41045.6,41540.9\n天津2.2\n"
    )

    assert len(figures(reading)) == 2
