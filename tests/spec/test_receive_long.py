"""The long form: what each row gives, and what is said of a row that cannot be taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.receive_desk import complaints, figures, messages, read_text, side

CHINESE = """2024年3月主要指标
地区,指标,口径,累计或当月,时期,界限,数值,单位,备注
重庆市,地区生产总值,绝对量,累计,2024年一季度,,7232.03,亿元,初步数
重庆市,地区生产总值,同比增速,累计,2024年一季度,,6.2,%,
北京市,社会消费品零售总额,,,2024年1—3月,,"34,620,000",万元,
500000,社会消费品零售总额同比增长(%),,,2024-03,,6%及以上,,
全国,货币和准货币(M2)供应量,时点数,时点,2024年3月末,>=,3047952,亿元,
重庆市,出口总值,,,2024年3月,,—,亿美元,
注：1.按现价计算。
"""

ENGLISH = """region\tindicator\tmeasure\tbasis\tperiod\tcomparator\tvalue\tunit\tnote
Chongqing\tGross domestic product\ttotal\tytd\t2024-03\t\t7232.03\t100 million yuan\t
\tgdp\tgrowth\tytd\t2024-03\t\t6.2\t%\tfirst figure
"""


def test_chinese_headers_with_title_and_footnote(tmp_path: Path) -> None:
    reading = read_text(tmp_path, CHINESE, encoding="gb18030")
    assert figures(reading) == [
        "500000 gdp total ytd 2024-03 7232.03亿元 @3数值",
        "500000 gdp growth ytd 2024-03 6.2% @4数值",
        "110000 retail total ytd 2024-03 3462亿元 @5数值",
        "500000 retail growth ytd 2024-03 >=6% @6数值",
        "100000 m2 level point 2024-03 >=3047952亿元 @7数值",
    ]
    assert (reading.layout, reading.encoding, reading.cells_read) == ("long", "gb18030", 5)
    assert reading.footnotes == ("注：1.按现价计算。",)
    assert reading.title == "2024年3月主要指标"
    assert reading.candidates[0].note == "初步数"


def test_english_headers_and_tabs(tmp_path: Path) -> None:
    assert figures(read_text(tmp_path, ENGLISH)) == [
        "500000 gdp total ytd 2024-03 7232.03亿元 @2value",
        "500000 gdp growth ytd 2024-03 6.2% @3value",
    ]


def test_published_figures_with_source_and_date_are_the_long_form(tmp_path: Path) -> None:
    text = (
        "region,indicator,measure,basis,period,comparator,value,unit,published_on,source\n"
        "重庆市,地区生产总值,growth,ytd,2024-12,,5.7,%,2025-01-21,人民网\n"
    )
    reading = read_text(tmp_path, text)
    assert figures(reading) == ["500000 gdp growth ytd 2024-12 5.7% @2value"]
    assert not reading.problems


HEADER = "地区,指标,口径,累计或当月,时期,界限,数值,单位,备注\n"
ROWS = [
    ("重庆市,幸福指数,total,ytd,2024-03,,1,亿元,", "unknown_indicator 2指标"),
    ("重庆市,零售总额,total,ytd,2024-03,,1,亿元,", "unknown_indicator 2指标"),  # part of a name is no name
    ("雾都,地区生产总值,total,ytd,2024-03,,1,亿元,", "unknown_region 2地区"),
    ("重庆市,地区生产总值,total,ytd,3月,,1,亿元,", "period_without_year 2时期"),
    ("重庆市,地区生产总值,total,ytd,,,1,亿元,", "no_period 2时期"),
    ("重庆市,地区生产总值,total,ytd,2024.1,,1,亿元,", "ambiguous_period 2时期"),
    ("重庆市,地区生产总值,total,ytd,去年,,1,亿元,", "bad_period 2时期"),
    ("重庆市,地区生产总值,total,ytd,2024-03,,1,,", "missing_unit 2数值"),
    ("重庆市,地区生产总值,total,ytd,2024-03,,1,户,", "wrong_dimension 2单位"),
    ("重庆市,地区生产总值,growth,ytd,2024-03,,1,亿元,", "wrong_dimension 2单位"),
    ("重庆市,地区生产总值,growth,ytd,2024-03,,1,百分点,", "wrong_dimension 2单位"),
    ("重庆市,地区生产总值,total,ytd,2024-03,,6%,亿元,", "wrong_dimension 2单位"),
    ("重庆市,地区生产总值,total,ytd,2024-03,,1,铢,", "unknown_unit 2单位"),
    ("重庆市,地区生产总值,位次,ytd,2024-03,,1,,", "measure_not_kept 2口径"),
    ("重庆市,地区生产总值,随便,ytd,2024-03,,1,亿元,", "unknown_measure 2口径"),
    ("重庆市,地区生产总值,,ytd,2024-03,,1,%,", "ambiguous_measure 2指标"),
    ("重庆市,地区生产总值同比增长,total,ytd,2024-03,,1,%,", "contradiction 2指标"),
    ("重庆市,地区生产总值名义增长,growth,ytd,2024-03,,1,%,", "wrong_valuation 2指标"),
    ("重庆市,地区生产总值,total,当月,2024年1—3月,,1,亿元,", "basis_conflict 2数值"),
    ("重庆市,地区生产总值,total,,2024年二季度,,1,亿元,", "ambiguous_basis 2数值"),
    ("重庆市,地区生产总值,total,ytd,2024-03,约,1,亿元,", "bad_comparator 2界限"),
    ("重庆市,地区生产总值,total,ytd,2024-03,,约500,亿元,", "not_a_number 2数值"),
    ("重庆市,地区生产总值,total,ytd,2024-03,,1.2E+05,亿元,", "not_a_number 2数值"),
    ("重庆市,地区生产总值,total,ytd,2024-03,,999999999999999,亿元,", "not_a_number 2数值"),
    ("重庆市,地区生产总值,total,ytd,2024-03,,1,234.5,亿元,", "row_width 2"),
    ("重庆市,地区生产总值,total,ytd,2024-03,1,亿元", "row_width 2"),
]


@pytest.mark.parametrize(("row", "complaint"), ROWS, ids=[complaint for _, complaint in ROWS])
def test_a_row_that_is_not_clear_is_refused_where_it_stands(tmp_path: Path, row: str, complaint: str) -> None:
    reading = read_text(tmp_path, HEADER + row + "\n")
    assert complaints(reading) == [complaint]
    assert reading.candidates == ()


def test_all_problems_of_a_row_are_told_at_once(tmp_path: Path) -> None:
    reading = read_text(tmp_path, HEADER + "雾都,幸福指数,total,ytd,昨天,约,1,亿元,\n")
    assert complaints(reading) == [
        "unknown_indicator 2指标",
        "bad_period 2时期",
        "unknown_region 2地区",
        "bad_comparator 2界限",
    ]


def test_the_whole_message_names_what_to_do(tmp_path: Path) -> None:
    row = "重庆市,社会消费品零售额,total,ytd,2024-03,,1,亿元,\n"
    (message,) = messages(read_text(tmp_path, HEADER + row))
    assert message.startswith("指标“社会消费品零售额”不在指标台账中。最接近的名称：社会消费品零售总额")
    assert message.endswith(
        "若确是同一指标，请由负责人用 duban alias add 登记这个全称；否则请改用台账中的名称。"
    )


def test_a_period_without_year_takes_the_titles_then_the_side_files(tmp_path: Path) -> None:
    text = "指标,时期,数值,单位\n地区生产总值,1—3月,1,亿元\n"
    assert figures(read_text(tmp_path, f"2023年经济指标\n{text}", of=side(period="2020")))[0].endswith(
        "ytd 2023-03 1亿元 @3数值"
    )
    assert figures(read_text(tmp_path, text, of=side(period="2020")))[0].endswith("ytd 2020-03 1亿元 @2数值")
    assert complaints(read_text(tmp_path, f"2022年与2023年\n{text}")) == ["period_without_year 3时期"]


def test_the_day_of_receipt_is_no_period(tmp_path: Path) -> None:
    """The side file says received = 2024-11-20; that dates the delivery, not its figures."""
    text = "指标,时期,数值,单位\n地区生产总值,1—3月,1,亿元\n"
    assert complaints(read_text(tmp_path, text)) == ["period_without_year 2时期"]


def test_an_unknown_column_is_named_not_dropped_in_silence(tmp_path: Path) -> None:
    text = "指标,时期,数值,单位,同比\n地区生产总值,2024-03,1,亿元,6.2\n"
    reading = read_text(tmp_path, text)
    assert complaints(reading) == ["column_not_read 1同比"]
    assert len(reading.candidates) == 1


def test_year_and_month_may_stand_in_two_columns(tmp_path: Path) -> None:
    text = "年份,月份,指标,数值,单位\n2024,3,出口总值,1,亿美元\n2024,10月,出口总值,2,亿美元\n"
    assert [f.split()[4] for f in figures(read_text(tmp_path, text))] == ["2024-03", "2024-10"]


def test_a_form_without_any_period_asks_for_period_and_unit(tmp_path: Path) -> None:
    reading = read_text(tmp_path, "地区,指标,口径,数值\n重庆市,地区生产总值,total,1\n")
    assert complaints(reading) == ["no_period 2", "missing_unit 2"]
    assert reading.cells_read == 0


def test_a_lost_zero_is_settled_along_the_rows(tmp_path: Path) -> None:
    rows = "".join(
        f"出口总值,{p},1,亿美元\n进口总值,{p},1,亿美元\n" for p in ("2016.09", "2016.1", "2016.11")
    )
    months = [f.split()[4] for f in figures(read_text(tmp_path, "指标,时期,数值,单位\n" + rows))]
    assert months == ["2016-09", "2016-09", "2016-10", "2016-10", "2016-11", "2016-11"]


def test_an_empty_region_beside_other_regions_may_mean_the_one_above(tmp_path: Path) -> None:
    rows = "地区,指标,时期,数值,单位\n{}出口总值,2024-03,1,亿美元\n,进口总值,2024-03,2,亿美元\n"
    assert complaints(read_text(tmp_path, rows.format("北京市,"))) == ["no_region 3地区"]
    assert complaints(read_text(tmp_path, rows.format("重庆市,"))) == []
