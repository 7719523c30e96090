"""Names match whole: width, spaces, brackets and letter case are forgiven, nothing else."""

from __future__ import annotations

import pytest

from models.indicator import nearest_names, normal_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("固定资产投资（不含农户）", "固定资产投资(不含农户)"),
        ("固定资产投资〔不含农户〕", "固定资产投资【不含农户】"),
        (" 地区　生产总值\t", "地区生产总值"),
        ("ＧＤＰ", "gdp"),
        ("全体居民\n人均可支配收入", "全体居民人均可支配收入"),
    ],
)
def test_one_name_written_two_ways(one: str, other: str) -> None:
    assert normal_name(one) == normal_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("限上社零", "社零"),
        ("社会消费品零售总额", "限上单位社会消费品零售总额"),
        ("城镇登记失业率", "城镇调查失业率"),
        ("建筑业产值", "建筑业增加值"),
        ("地区生产总值", "地区生产总值增长"),
        ("软件产业营收", "软件产业营收、"),
    ],
)
def test_look_alikes_stay_apart(one: str, other: str) -> None:
    assert normal_name(one) != normal_name(other)


def test_an_unknown_name_is_answered_with_the_nearest_known_ones() -> None:
    known = ["城镇登记失业率", "城镇调查失业率", "地区生产总值"]
    assert nearest_names("城镇 登记失业", known, limit=1) == ["城镇登记失业率"]
    assert nearest_names("降水量", known) == []
