"""Tables with labels on two sides: small files in the shape of real ones, and the figures they hold."""

from __future__ import annotations

from pathlib import Path

from tests.receive_desk import complaints, figures, messages, read_text, side

QUARTERS = """数据库：季度数据
时间：最近2季度
指标,2022年第一季度,2021年第四季度
国内生产总值当季值(亿元),270177.8,324237.4
国内生产总值累计值(亿元),270177.8,
国内生产总值累计增长(%),4.8,—
注：1.按当年价格计算。
　　　2.三次产业分类依据2018年修订的规定。
数据来源：国家统计局
"""


def test_periods_in_columns_descending(tmp_path: Path) -> None:
    reading = read_text(tmp_path, QUARTERS, encoding="gb18030", of=side("500000"))
    assert figures(reading) == [  # of the whole country, whoever sends it
        "100000 gdp total quarter 2022-03 270177.8亿元 @4B",
        "100000 gdp total quarter 2021-12 324237.4亿元 @4C",
        "100000 gdp total ytd 2022-03 270177.8亿元 @5B",
        "100000 gdp growth ytd 2022-03 4.8% @6B",
    ]
    assert (reading.layout, reading.cells_read) == ("nbs_columns", 4)
    assert reading.footnotes == (
        "注：1.按当年价格计算。",
        "2.三次产业分类依据2018年修订的规定。",
        "数据来源：国家统计局",
    )


def test_an_export_of_another_source_is_about_the_region_of_the_delivery(tmp_path: Path) -> None:
    text = QUARTERS.replace("国家统计局", "区统计局")
    assert {f.split()[0] for f in figures(read_text(tmp_path, text))} == {"500000"}


def test_regions_in_rows_with_the_indicator_above(tmp_path: Path) -> None:
    text = (
        "数据库：分省年度数据\n指标：地区生产总值(亿元)\n时间：最近2年\n"
        "地区,2024年,2023年\n北京市,49670.2,47353.7\n雾都,1,2\n重庆市,32046.7,\n数据来源：国家统计局\n"
    )
    reading = read_text(tmp_path, text, encoding="gb18030")
    assert figures(reading) == [
        "110000 gdp total ytd 2024-12 49670.2亿元 @5B",
        "110000 gdp total ytd 2023-12 47353.7亿元 @5C",
        "500000 gdp total ytd 2024-12 32046.7亿元 @7B",
    ]
    assert complaints(reading) == ["unknown_region 6A"]
    assert messages(reading)[0].startswith("地区“雾都”不在地区台账中。（涉及 2 个数）")
    assert reading.cells_read == 5


def test_months_without_a_year_take_that_of_the_title(tmp_path: Path) -> None:
    table = "指标,1-2月,1-3月\n社会消费品零售总额(亿元),10,15\n"
    assert figures(read_text(tmp_path, "2023年社会消费品零售总额\n" + table)) == [
        "500000 retail total ytd 2023-02 10亿元 @3B",
        "500000 retail total ytd 2023-03 15亿元 @3C",
    ]
    assert complaints(read_text(tmp_path, table)) == ["period_without_year 1B", "period_without_year 1C"]


def test_periods_in_rows_with_padding_and_quoted_footnotes(tmp_path: Path) -> None:
    text = (
        "数据库：月度数据,,\n时间：2016-,,\n"
        "时间,居民消费价格指数(上年同月=100),出口总值当期值(千美元)\n"
        "2020年2月,105.2,\n2020年1月,105.4,238267589\n"
        '"注：1.每五年换基期，\n不可比。",,\n数据来源：国家统计局,,\n'
    )
    reading = read_text(tmp_path, text, encoding="gb18030")
    assert figures(reading) == [
        "100000 cpi index month 2020-02 105.2 @4B",
        "100000 cpi index month 2020-01 105.4 @5B",
        "100000 exports total month 2020-01 2382.67589亿美元 @5C",
    ]
    assert len(reading.footnotes) == 2


def test_a_month_that_lost_its_zero_is_october_where_the_column_proves_it(tmp_path: Path) -> None:
    rows = ["2016.08,1", "2016.09,2", "2016.1,3", "2016.11,4", "2017.01,5"]
    text = "时间,出口总值（亿美元）\n" + "\n".join(rows) + "\n"
    assert [f.split()[4] for f in figures(read_text(tmp_path, text))] == [
        "2016-08",
        "2016-09",
        "2016-10",
        "2016-11",
        "2017-01",
    ]
    alone = read_text(tmp_path, "时间,出口总值（亿美元）\n2016.1,3\n")
    assert complaints(alone) == ["ambiguous_period 2"]
    assert alone.cells_read == 0


def test_panels_have_region_and_period_in_rows(tmp_path: Path) -> None:
    text = "地区,年份,地区生产总值(亿元),社会消费品零售总额增速(%)\n北京市,2023,1,2\n重庆市,2023年,3,4\n"
    assert figures(read_text(tmp_path, text)) == [
        "110000 gdp total ytd 2023-12 1亿元 @2C",
        "110000 retail growth ytd 2023-12 2% @2D",
        "500000 gdp total ytd 2023-12 3亿元 @3C",
        "500000 retail growth ytd 2023-12 4% @3D",
    ]


def test_growth_of_a_month_is_not_taken_for_the_year_so_far(tmp_path: Path) -> None:
    """An export that writes 累计 where it means it means the month where it does not."""
    text = "指标,2024年3月\n社会消费品零售总额同比增长(%),3.1\n社会消费品零售总额累计增长(%),4.7\n"
    assert [f.split()[3] for f in figures(read_text(tmp_path, text))] == ["month", "ytd"]


def test_a_month_that_does_not_say_whether_it_is_cumulative_is_asked_about(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "指标,2024年3月,2024年2月\n社会消费品零售总额(亿元),15,10\n")
    assert complaints(reading) == ["ambiguous_basis 2A"]
    assert messages(reading) == [
        "没有写明是当月数还是年初以来累计数。（涉及 2 个数）请在表头写明“当月”或“累计”，或把时期写成 1—3月。"
    ]
    assert reading.cells_read == 2


BUREAU = """重庆市2024年1—3月主要经济指标
单位：亿元、%
指标,3月,,1—3月,,
,本月,同比增长,累计,同比增长,上年同期
一、社会消费品零售总额,1500.5,3.1,4200.25,4.7,4011
　# 批发零售业,1200,3,3500,4.6,—
　　住宿餐饮业,300,—,700,5,
工业增加值(%),—,8.1,—,9.3,
注：# 为其中项。
"""


def test_the_bureaus_table_has_month_and_year_so_far_side_by_side(tmp_path: Path) -> None:
    reading = read_text(tmp_path, BUREAU, encoding="gb18030")
    assert figures(reading) == [
        "500000 retail total month 2024-03 1500.5亿元 @5B",
        "500000 retail growth month 2024-03 3.1% @5C",
        "500000 retail total ytd 2024-03 4200.25亿元 @5D",
        "500000 retail growth ytd 2024-03 4.7% @5E",
        "500000 retail_trade total month 2024-03 1200亿元 @6B",
        "500000 retail_trade growth month 2024-03 3% @6C",
        "500000 retail_trade total ytd 2024-03 3500亿元 @6D",
        "500000 retail_trade growth ytd 2024-03 4.6% @6E",
        "500000 retail_catering total month 2024-03 300亿元 @7B",
        "500000 retail_catering total ytd 2024-03 700亿元 @7D",
        "500000 retail_catering growth ytd 2024-03 5% @7E",
        "500000 industry growth month 2024-03 8.1% @8C",
        "500000 industry growth ytd 2024-03 9.3% @8E",
    ]
    assert reading.layout == "bureau_monthly"
    assert complaints(reading) == ["prior_year_figure 4F"]
    assert reading.cells_read == 14


def test_an_of_which_row_is_known_in_full_or_with_its_parent_never_by_a_short_alias(tmp_path: Path) -> None:
    """GDP under retail sales would be retail sales' part of that name, not GDP."""
    table = "2024年\n指标,1-3月\n社会消费品零售总额(亿元),15\n#GDP,3\n#第三产业增加值,4\n"
    reading = read_text(tmp_path, table)
    assert [f.split()[1] for f in figures(reading)] == ["retail", "tertiary"]
    assert complaints(reading) == ["unknown_indicator 4A"]
    assert messages(reading)[0].startswith("指标“社会消费品零售总额#GDP”不在指标台账中。")


def test_units_in_their_own_column_and_titles_period(tmp_path: Path) -> None:
    text = "2024年1—10月主要指标\n指标名称,计量单位,绝对量,增速（%）\n社会消费品零售总额,万元,12000,3.8\n"
    assert figures(read_text(tmp_path, text)) == [
        "500000 retail total ytd 2024-10 1.2亿元 @3C",
        "500000 retail growth ytd 2024-10 3.8% @3D",
    ]


def test_regions_under_indicators_with_the_period_in_the_title(tmp_path: Path) -> None:
    text = (
        "2024年前三季度各地主要指标\n地区,地区生产总值,,出口总值增速(%)\n,总量(亿元),增速(%),\n北京市,1,2,3\n"
    )
    reading = read_text(tmp_path, text)
    assert figures(reading) == [
        "110000 gdp total ytd 2024-09 1亿元 @4B",
        "110000 gdp growth ytd 2024-09 2% @4C",
        "110000 exports growth ytd 2024-09 3% @4D",
    ]
    assert reading.layout == "region_table"


def test_two_columns_without_period_and_unit_are_refused_with_the_question(tmp_path: Path) -> None:
    text = "地区,地区生产总值\r\n北京市,30319.98\r\n天津市,18809.64\r\n"
    reading = read_text(tmp_path, text, encoding="gb18030")
    assert (reading.candidates, reading.cells_read) == ((), 0)
    assert messages(reading) == [
        "表中没有时期：表头、行首和标题都没有写明是哪一年、哪个月的数。（涉及 2 个数）"
        "这些数是哪个时期的？请在标题写明（例如 2018年 或 2024年1—3月），加“时期”一栏，或在 .delivery.toml 写 period。",
        "“国内生产总值”没有写明单位。（涉及 2 个数）请在名称后、单位栏或标题中写明，例如（亿元）。",
    ]


PAGE = """2018年5月社会消费品零售总额 2018-06-14 来源:|0

指标

5月

比去年同月增长(%)

1-5月

比去年同期增长(%)

社会消费品零售总额(亿元)

988.70

5.3

5076.01

7.3

   # 批发零售业

898.93

5.8

4626.61

-
"""


def test_a_page_copied_cell_by_cell(tmp_path: Path) -> None:
    reading = read_text(tmp_path, PAGE)
    assert figures(reading) == [
        "500000 retail total month 2018-05 988.7亿元 @15A",
        "500000 retail growth month 2018-05 5.3% @17A",
        "500000 retail total ytd 2018-05 5076.01亿元 @19A",
        "500000 retail growth ytd 2018-05 7.3% @21A",
        "500000 retail_trade total month 2018-05 898.93亿元 @25A",
        "500000 retail_trade growth month 2018-05 5.8% @27A",
        "500000 retail_trade total ytd 2018-05 4626.61亿元 @29A",
    ]
    assert (reading.layout, reading.cells_read) == ("bureau_page", 7)


def test_a_page_that_lost_a_line_gives_nothing_from_that_row(tmp_path: Path) -> None:
    reading = read_text(tmp_path, PAGE.replace("5.8\n\n", ""))
    assert len(reading.candidates) == 4
    assert complaints(reading) == ["row_width 23A"]


VENDOR = """指标名称,中国:社会消费品零售总额:累计值,中国:社会消费品零售总额:当月同比,国内生产总值:累计值
频率,月,月,季
单位,亿元,%,亿元
来源,国家统计局,国家统计局,国家统计局
2024-03-31,120327,3.1,296299.5
2024-02-29,81307,,
数据来源：Wind,,,
"""


def test_a_vendors_sheet_with_rows_of_description(tmp_path: Path) -> None:
    reading = read_text(tmp_path, VENDOR.replace("国内生产总值", "中国:国内生产总值"))
    assert figures(reading) == [
        "100000 retail total ytd 2024-03 120327亿元 @5B",
        "100000 retail growth month 2024-03 3.1% @5C",
        "100000 gdp total ytd 2024-03 296299.5亿元 @5D",
        "100000 retail total ytd 2024-02 81307亿元 @6B",
    ]
    assert (reading.layout, reading.cells_read) == ("vendor", 4)


def test_the_region_before_a_vendors_colon_is_not_the_sides(tmp_path: Path) -> None:
    text = "指标,地区,时期,数值,单位\n中国:出口总值,{},2024-03,5,亿美元\n"
    assert figures(read_text(tmp_path, text.format("")))[0].startswith("100000 exports")
    assert complaints(read_text(tmp_path, text.format("重庆市"))) == ["contradiction 2地区"]


def test_a_row_that_lost_or_gained_a_cell_gives_nothing(tmp_path: Path) -> None:
    text = "指标,2024年,2023年,2022年\n国内生产总值(亿元),1,2\n国民总收入(亿元),1,234.5,6,7\n"
    assert complaints(read_text(tmp_path, text)) == ["row_width 2A", "row_width 3A"]


def test_columns_that_say_nothing_are_named(tmp_path: Path) -> None:
    text = "2024年3月\n指标,1-3月,增速(%),说道\n社会消费品零售总额(亿元),15,3,9\n"
    reading = read_text(tmp_path, text)
    assert complaints(reading) == ["column_not_read 2D"]
    assert len(reading.candidates) == 2


def test_a_rate_under_a_heading_for_amounts_is_refused(tmp_path: Path) -> None:
    """The row says growth, the column says amount: nobody can tell which it is."""
    text = "2024年1-3月（亿元）\n指标,绝对额,同比增长(%)\n社会消费品零售总额同比增速,4.7,3\n"
    reading = read_text(tmp_path, text)
    assert complaints(reading) == ["contradiction 3A"]
    assert figures(reading) == ["500000 retail growth ytd 2024-03 3% @3C"]


def test_a_cumulative_row_under_the_month_is_refused(tmp_path: Path) -> None:
    text = "2024年3月（亿元）\n指标,本月,1—本月\n社会消费品零售总额累计值,4.7,15\n"
    reading = read_text(tmp_path, text)
    assert complaints(reading) == ["contradiction 3A"]
    assert figures(reading) == ["500000 retail total ytd 2024-03 15亿元 @3C"]


def test_a_second_table_below_the_first_is_read_under_its_own_header(tmp_path: Path) -> None:
    text = (
        "指标,2024年1-3月,2024年1-2月\n社会消费品零售总额(亿元),15,10\n注：一。,,\n,,\n"
        "2023年出口,,\n指标,1-3月当期,\n指标,2023年3月,2023年2月\n出口总值当期值(亿美元),3,2\n数据来源：海关,,\n"
    ).replace("指标,1-3月当期,\n", "")
    reading = read_text(tmp_path, text)
    assert figures(reading) == [
        "500000 retail total ytd 2024-03 15亿元 @2B",
        "500000 retail total ytd 2024-02 10亿元 @2C",
        "500000 exports total month 2023-03 3亿美元 @7B",
        "500000 exports total month 2023-02 2亿美元 @7C",
    ]
    assert reading.footnotes == ("注：一。", "数据来源：海关")


def test_a_header_repeated_on_every_page_is_one_table(tmp_path: Path) -> None:
    text = "指标,2024年,2023年\n国内生产总值(亿元),2,1\n指标,2024年,2023年\n国民总收入(亿元),4,3\n"
    reading = read_text(tmp_path, text)
    assert [f.split()[1] for f in figures(reading)] == ["gdp", "gdp", "gni", "gni"]
    assert reading.problems == ()


def test_a_growth_beside_two_years_belongs_to_the_later(tmp_path: Path) -> None:
    text = "指标,2022年,2023年,增长(%)\n社会消费品零售总额(亿元),10,11,10\n"
    assert figures(read_text(tmp_path, text))[2] == "500000 retail growth ytd 2023-12 10% @2D"


def test_a_growth_beside_month_and_year_so_far_belongs_to_nobody_knows(tmp_path: Path) -> None:
    text = "2024年3月\n指标,本月(亿元),累计(亿元),增长(%)\n社会消费品零售总额,5,15,4\n"
    reading = read_text(tmp_path, text)
    assert complaints(reading) == ["ambiguous_basis 3A"]
    assert [f.split()[2] for f in figures(reading)] == ["total", "total"]


def test_a_merged_region_is_not_taken_for_the_deliverys(tmp_path: Path) -> None:
    text = "地区,年份,地区生产总值(亿元)\n北京市,2023,1\n,2022,2\n"
    reading = read_text(tmp_path, text)
    assert len(reading.candidates) == 1
    assert complaints(reading) == ["no_region 3A"]


def test_text_aligned_with_spaces(tmp_path: Path) -> None:
    text = (
        "2018年5月社会消费品零售总额\n指标            5月    比去年同月增长(%)   1-5月   比去年同期增长(%)\n"
        "社会消费品零售总额(亿元)   988.70   5.3   5076.01   7.3\n  # 批发零售业   898.93   5.8   4626.61   7.6\n"
    )
    reading = read_text(tmp_path, text)
    assert (reading.layout, len(reading.candidates), reading.problems) == ("bureau_monthly", 8, ())


def test_the_side_file_may_answer_the_question_of_the_period(tmp_path: Path) -> None:
    text = "地区,地区生产总值（亿元）\n北京市,30319.98\n"
    assert figures(read_text(tmp_path, text, of=side(period="2018"))) == [
        "110000 gdp total ytd 2018-12 30319.98亿元 @2B"
    ]


def test_units_in_a_row_of_their_own(tmp_path: Path) -> None:
    text = "时间,出口总值当期值,进口总值当期值\n单位,千美元,亿美元\n2024年1月,250000000,2\n"
    assert figures(read_text(tmp_path, text)) == [
        "500000 exports total month 2024-01 2500亿美元 @3B",
        "500000 imports total month 2024-01 2亿美元 @3C",
    ]


def test_the_year_may_stand_in_a_line_of_its_own(tmp_path: Path) -> None:
    text = "年份：2023\n月份,出口总值当期值(亿美元)\n1月,1\n"
    assert figures(read_text(tmp_path, text)) == ["500000 exports total month 2023-01 1亿美元 @3B"]


def test_text_set_with_single_spaces(tmp_path: Path) -> None:
    text = "2018年5月\n指标 5月 比去年同月增长(%) 1-5月 比去年同期增长(%)\n社会消费品零售总额(亿元) 988.70 5.3 5076.01 7.3\n"
    assert len(figures(read_text(tmp_path, text))) == 4
