"""How figures and units are printed, and what each way of printing means."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.number import parse_number
from models.quantity import at_scale, convert, parse_unit, units_like

READ = [
    ("12.3", "12.3", "", "", ""),
    ("-4.2", "-4.2", "", "", ""),
    ("－4.2", "-4.2", "", "", ""),
    ("−4.2", "-4.2", "", "", ""),
    (" 101.8 ", "101.8", "", "", ""),
    ("１２．３", "12.3", "", "", ""),
    ("1,234.5", "1234.5", "", "", ""),
    ("1，234，567", "1234567", "", "", ""),
    ("30 145.79", "30145.79", "", "", ""),
    ("0", "0", "", "", ""),
    ("12.3①", "12.3", "", "", "①"),
    ("12.3*", "12.3", "", "", "*"),
    ("12.3[1]", "12.3", "", "", "[1]"),
    ("12.3（注1）", "12.3", "", "", "（注1）"),
    ("6.3%", "6.3", "", "%", ""),
    ("0.3万户", "0.3", "", "万户", ""),
    (">=500", "500", ">=", "", ""),
    ("≥500", "500", ">=", "", ""),
    ("6%及以上", "6", ">=", "%", ""),
    ("500亿元以上", "500", ">=", "亿元", ""),
    ("不低于6%", "6", ">=", "%", ""),
    ("5.5以内", "5.5", "<=", "", ""),
    ("≤5.5", "5.5", "<=", "", ""),
]
MISSING = [
    "",
    " ",
    "-",
    "—",
    "——",
    "…",
    "……",
    "...",
    "/",
    "?",
    "？",
    "－",
    "无",
    "N/A",
    "\u3000",
    "暂缺",
    "未发布",
]
REFUSED = {
    "约5%": "约数不是统计数",
    "500余": "约数不是统计数",
    "3%左右": "约数不是统计数",
    "1.2E+08": "科学计数法的数可能已丢失位数",
    "12,34": "不是数字",
    "1,2345": "不是数字",
    "(3.2)": "加括号的数可能是负数，也可能是附注",
    "（1,234）": "加括号的数可能是负数，也可能是附注",
    "NaN": "这是算不出来的结果，不是数",
    "nan": "这是算不出来的结果，不是数",
    "-inf": "这是算不出来的结果，不是数",
    "Infinity": "这是算不出来的结果，不是数",
    "1.2.3": "不是数字",
    "1 2": "不是数字",
    "3/4": "不是数字",
    "1—2": "不是数字",
    "abc": "不是数字",
    "#DIV/0!": "不是数字",
    "以上": "不是数字",
    "=1+1": "不是数字",
    ">=5以上": "前后各有一个界限",
    "9" * 40: "数字过长",
}


@pytest.mark.parametrize(("text", "value", "bound", "unit", "marks"), READ)
def test_a_figure_is_read_as_printed(text: str, value: str, bound: str, unit: str, marks: str) -> None:
    number = parse_number(text)
    assert (number.value, number.bound, number.unit, number.marks) == (Decimal(value), bound, unit, marks)
    assert number.fault == ""


@pytest.mark.parametrize("text", MISSING)
def test_missing_is_missing_and_never_zero(text: str) -> None:
    assert parse_number(text).is_missing


@pytest.mark.parametrize(("text", "fault"), REFUSED.items())
def test_what_is_no_exact_figure_is_refused(text: str, fault: str) -> None:
    number = parse_number(text)
    assert (number.value, number.fault) == (None, fault)


CONVERTED = [
    ("0.3", "万户", "户", "3000"),
    ("52000", "万元", "亿元", "5.2"),
    ("1", "元", "亿元", "0.00000001"),
    ("238267589", "千美元", "亿美元", "2382.67589"),
    ("5.2", "‰", "%", "0.52"),
    ("15", "亩", "公顷", "1"),
    ("1000", "亩", "平方米", "666666.666667"),
    ("12", "万平方米", "平方米", "120000"),
    ("2", "百万元", "万元", "200"),
    ("3", "万元/亩", "元/亩", "30000"),
    ("1.5", "100 million yuan", "亿元", "1.5"),
]


@pytest.mark.parametrize(("value", "unit", "canonical", "converted"), CONVERTED)
def test_units_of_one_dimension_convert_exactly(
    value: str, unit: str, canonical: str, converted: str
) -> None:
    source, target = parse_unit(unit), parse_unit(canonical)
    assert source is not None
    assert target is not None
    assert source.dimension == target.dimension
    expected = Decimal(converted)
    assert at_scale(convert(Decimal(value), source, target)) == at_scale(expected)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("户", "人"),
        ("家", "户"),
        ("%", "百分点"),
        ("亿元", "亿美元"),
        ("人", "人次"),
        ("亩", "米"),
        ("万元", "%"),
    ],
)
def test_units_of_different_dimensions_stay_apart(one: str, other: str) -> None:
    first, second = parse_unit(one), parse_unit(other)
    assert first is not None
    assert second is not None
    assert first.dimension != second.dimension


@pytest.mark.parametrize("text", ["", "亿", "万%", "M2", "（亿元", "元元", "上年=100", "3"])
def test_what_is_no_unit_is_not_taken_for_one(text: str) -> None:
    assert parse_unit(text) is None


@pytest.mark.parametrize(
    ("unit", "choices"),
    [("亿元", ("亿元", "元", "万元")), ("户", ("户", "万户")), ("%", ("%",)), ("万元/亩", ("万元/亩",))],
)
def test_a_form_offers_units_of_the_same_dimension(unit: str, choices: tuple[str, ...]) -> None:
    assert units_like(unit)[: len(choices)] == choices
