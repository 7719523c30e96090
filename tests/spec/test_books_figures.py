"""What counts as a number in a work report, where it stands, and what it says: the table is the definition."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.plan_text import figures_in, find_printed, normal_text, plan_year, split_plan

NUMBERS = [
    ("增长6%、争取更好", ["6%"]),
    ("分别增长5 %、8%和６％", ["5%", "8%", "6%"]),
    ("新增0.3万户、150户", ["0.3万户", "150户"]),
    ("突破1,200亿元", ["1,200亿元"]),
    ("达到500，600家参加", ["500", "600家"]),
    ("亩均税收36.8万元/亩", ["36.8万元/亩"]),
    ("实现“1+1＞2”的效应", ["1", "1", "2"]),
    ("嵌入“33618”集群，“1+5+N”政策", ["33618", "1", "5"]),
    ("2024年4月，成立75周年", ["2024年", "4月", "75周年"]),
    ("推进21号线、12号线前期", ["21号线", "12号线"]),
    ("5%—5.5%之间", ["5%", "5.5%"]),
    ("提高2个百分点", ["2个百分点"]),
    ("征收三百亩，增长两倍", ["三百亩", "两倍"]),
    ("达到百分之九十五", ["百分之九十五"]),
    ("盘活“三资”，第四届文化节，五大百亿级产业，十四五", []),
    ("万吨商旅，万元店，一件事，三年行动", []),
    ("二十届二中全会，七大行动，十年禁渔", []),
]


@pytest.mark.parametrize(("text", "printed"), NUMBERS)
def test_numbers_of_a_text(text: str, printed: list[str]) -> None:
    assert [figure.printed for figure in figures_in(normal_text(text))] == printed


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("0.3万户", "3000", "户"),
        ("1万人", "10000", "人"),
        ("300亿元", "30000000000", "元"),
        ("40万平方米", "400000", "平方米"),
        ("5 %", "5", "%"),
        ("1.5万亿元", "1500000000000", "元"),
        ("33618", "33618", ""),
    ],
)
def test_what_a_number_says(text: str, amount: str, unit: str) -> None:
    (figure,) = figures_in(normal_text(text))
    assert (figure.amount, figure.unit) == (Decimal(amount), unit)


@pytest.mark.parametrize(
    ("printed", "text", "places"),
    [
        ("6%", "增长6%、增长16%、再增长6%", [2, 14]),
        ("6%", "增长16%", []),
        ("6%", "增长5.6%", []),
        ("5 %", "增长5%", [2]),
        ("1亿元", "收入11亿元", []),
        ("1万人", "1万人次", []),
        ("5%—5.5%", "增长5%—5.5%左右", [2]),
        ("主体完工", "力促总部主体完工", [4]),
        ("开工 建设", "开工建设新馆", [0]),
        ("", "增长6%", []),
        ("6%", "", []),
    ],
)
def test_a_printed_figure_is_found_whole(printed: str, text: str, places: list[int]) -> None:
    assert find_printed(printed, normal_text(text)) == places


REPORT = """样例区政府工作报告
一、2029年工作回顾
（一）回顾
去年增长9%。
二、2030年主要任务

总体要求。
目标：增长6%。
（一）抓工业
第一段。

第二段5个。
（十一）抓其他
（小标题不是章节）8个。
三、自身建设
（一）讲政治3个。
"""


def test_a_plan_is_split_into_sections_and_paragraphs() -> None:
    assert [(p.section, p.number, p.text) for p in split_plan(REPORT)] == [
        ("headline", 0, "二、2030年主要任务"),
        ("headline", 1, "总体要求。"),
        ("headline", 2, "目标:增长6%。"),
        ("1", 0, "(一)抓工业"),
        ("1", 1, "第一段。"),
        ("1", 2, "第二段5个。"),
        ("11", 0, "(十一)抓其他"),
        ("11", 1, "(小标题不是章节)8个。"),
    ]


def test_the_year_is_the_one_the_plan_names() -> None:
    assert plan_year(split_plan(REPORT)) == 2030
    assert plan_year(split_plan(REPORT.replace("2030年", ""))) is None
    assert plan_year(split_plan("没有计划部分")) is None
