"""What the words of a label mean once the name is taken out of it."""

from __future__ import annotations

import pytest

from flows.receive.labels import parse_label

SAID = [
    ("社会消费品零售总额", "社会消费品零售总额", "", "", ""),
    ("社会消费品零售总额(亿元)", "社会消费品零售总额", "", "", "亿元"),
    ("社会消费品零售总额（亿元）", "社会消费品零售总额", "", "", "亿元"),
    ("社会消费品零售总额 亿元", "社会消费品零售总额", "", "", "亿元"),
    ("地区生产总值，亿元", "地区生产总值", "", "", "亿元"),
    ("国内生产总值累计值(亿元)", "国内生产总值", "absolute", "ytd", "亿元"),
    ("国内生产总值当季值(亿元)", "国内生产总值", "absolute", "quarter", "亿元"),
    ("国内生产总值_累计增长(%)", "国内生产总值", "growth", "ytd", "%"),
    ("出口总值当期值(千美元)", "出口总值", "absolute", "current", "千美元"),
    ("货币和准货币(M2)供应量期末值(亿元)", "货币和准货币(m2)供应量", "absolute", "point", "亿元"),
    ("货币和准货币(M2)供应量同比增长(%)", "货币和准货币(m2)供应量", "growth", "", "%"),
    ("固定资产投资（不含农户）累计增长(%)", "固定资产投资(不含农户)", "growth", "ytd", "%"),
    ("居民消费价格指数(上年同月=100)", "居民消费价格指数", "index", "month", ""),
    ("社会消费品零售总额:当月同比", "社会消费品零售总额", "growth", "month", ""),
    ("比去年同月增长(%)", "", "growth", "month", "%"),
    ("比去年同期增长(%)", "", "growth", "", "%"),
    ("同比±%", "", "growth", "", "%"),
    ("1—本月", "", "", "ytd", ""),
    ("本月", "", "", "month", ""),
    ("绝对量", "", "absolute", "", ""),
    ("能源消费总量", "能源消费总量", "", "", ""),  # 总量 ends a name here
    ("工业增加值", "工业增加值", "", "", ""),
    ("一、地区生产总值（亿元）", "地区生产总值", "", "", "亿元"),
    ("1.第一产业", "第一产业", "", "", ""),
    ("其中：税收收入", "税收收入", "", "", ""),
    ("# 批发零售业", "批发零售业", "", "", ""),
    ("位次", "", "rank", "", ""),
]


@pytest.mark.parametrize(("text", "name", "measure", "basis", "unit"), SAID)
def test_words_with_a_statistical_meaning_leave_the_name(
    text: str, name: str, measure: str, basis: str, unit: str
) -> None:
    label = parse_label(text)
    assert (label.name, label.measure, label.basis, label.unit) == (name, measure, basis, unit)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("环比增长(%)", "month_on_month"),
        ("比重(%)", "share"),
        ("居民消费价格指数(上月=100)", "index_base"),
        ("完成进度(%)", "plan"),
        ("两年平均增速", "average"),
    ],
)
def test_figures_that_are_never_kept_are_known_as_such(text: str, fault: str) -> None:
    assert parse_label(text).fault == fault


def test_an_index_is_not_a_growth() -> None:
    assert parse_label("居民消费价格指数(上年同月=100)").measure == "index"
    assert parse_label("居民消费价格同比增长(%)").measure == "growth"


def test_last_years_column_is_not_this_years() -> None:
    assert parse_label("上年同期").is_prior_year


@pytest.mark.parametrize(
    ("text", "valuation"), [("累计同比实际增长(%)", "real"), ("名义增长", "nominal"), ("同比增长", "")]
)
def test_real_and_nominal_growth_are_told_apart(text: str, valuation: str) -> None:
    assert parse_label(text).valuation == valuation
