"""What a printed figure tells beside its value: rounding, and the unit in which it stood."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.printed import fitting_unit, rounding_step


@pytest.mark.parametrize(
    ("value", "printed", "step"),
    [
        ("31", "31", "1"),
        ("31.20", "31.20", "0.01"),
        ("12000", "1.2", "1000"),  # 万人
        ("12000", "1.20", "100"),
        ("0.00495", "49.5", "0.00001"),  # 万元 → 亿元
        ("1234.5", "1,234.5", "0.1"),
        ("12.3", "12.3①", "0.1"),
        ("12.3", "１２．３", "0.1"),
        ("6", "6%及以上", "1"),
        ("31.2", "", "0.1"),  # nothing printed: the value speaks
        ("0", "0.0", "1"),
        ("31.2", "—", "0.1"),
    ],
)
def test_the_last_printed_place_in_the_value_s_own_unit(value: str, printed: str, step: str) -> None:
    assert rounding_step(Decimal(value), printed) == Decimal(step)


@pytest.mark.parametrize(
    ("value", "unit", "printed", "power", "fits"),
    [
        ("420000", "亿元", "420000", 4, "万元"),
        ("42000000", "亿元", "42000000", 8, "元"),
        ("0.00495", "亿元", "49.5", -4, "亿元"),  # read as 万元, meant 亿元
        ("4200", "万元", "4200", -4, "亿元"),
        ("12000", "人", "12000", 3, ""),
        ("3", "人", "3", -3, "千人"),
        ("3", "人", "3", -4, "万人"),
        ("66", "万平方米", "66", 4, "平方米"),
        ("6", "万元/亩", "6", 4, "元/亩"),
        ("6", "没有的单位", "6", 4, ""),
        ("0", "亿元", "0", 4, "万元"),
    ],
)
def test_the_unit_that_would_fit(value: str, unit: str, printed: str, power: int, fits: str) -> None:
    assert fitting_unit(Decimal(value), unit, printed, power) == fits
