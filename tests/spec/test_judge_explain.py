"""The explanation of a colour, held word for word: every step with its numbers, from the stored row alone."""

from __future__ import annotations

import re

import pytest

from models.assessment import Outlook, Status
from models.explanation import explain, sentences
from tests.builders import PARENT, World

HISTORY = "2021-06: 40, 2021-12: 100, 2022-06: 45, 2022-12: 100, 2023-06: 44, 2023-12: 100"


def told(world: World, lang: str = "zh") -> str:
    return "\n".join(sentences(world.judge(), lang))


def one(target: str, figures: str, as_of: str = "2024-07-20", **fields: object) -> World:
    world = World(as_of=as_of)
    world.target(target, **fields)
    world.figures(target.split()[0], figures, received="2024-07-10")
    return world


def test_a_total_by_the_share_of_earlier_years() -> None:
    world = one("total >= 200", f"{HISTORY}, 2024-05: 70, 2024-06: 80", printed="200亿元")
    text = told(world)
    assert text.splitlines()[:5] == [
        "目标：2024年报告总目标第3段“200亿元”，≥ 200亿元（预期性）。",
        "实际：1—6月80亿元（f.csv，工作表“Sheet1”，第 7 行 C 列，sha256 sha-f.csv-2024-07-10-preliminary-500104，2024年7月10日收到，初步数，官方报送）。",
        "应达到：往年同期占全年的比重平均为 0.43（2023: 44/100；2022: 45/100；2021: 40/100；时间进度 0.5），200 × 0.43，即 86亿元。",
        "差距：80 − 86 = −6，合 −3个百分点（占目标 200）。",
        "状态：按规则 default@1 第 30 条“gap_points<0”，为“略有滞后”，轻重 3 ÷ 5 = 0.6。",
    ]
    assert (
        "后期需完成 200 − 80 = 120亿元，余下 6 期每期 20。即比上年同期增长 114.3%。近 3 年的同期从未完成这么多。"
        in text
    )
    assert text.splitlines()[-1] == "上一期：1—5月 70亿元，“滞后”；本状态自1—6月起，连续 1 期。"


def test_the_same_in_english() -> None:
    world = one("total >= 200", f"{HISTORY}, 2024-05: 70, 2024-06: 80", printed="200亿元")
    assert told(world, "en").splitlines()[2:5] == [
        "Expected: earlier years had reached 0.43 on average by then (2023: 44/100; 2022: 45/100; 2021: 40/100; by the calendar 0.5), 200 × 0.43, that is 86 亿元.",
        "Gap: 80 − 86 = −6, or −3 pp of the target 200.",
        "Status: by rule default@1, condition 30 “gap_points<0”: slightly behind, severity 3 ÷ 5 = 0.6.",
    ]


@pytest.mark.parametrize(
    ("target", "figures", "sentence"),
    [
        ("growth >= 8", "2024-06: 6.3", "状态：按规则 default@1 第 20 条“gap_points<-1”，为“滞后”，轻重 1.7 ÷ 1 = 1.7。"),
        ("total >= 100", "2024-06: 100", "状态：已达到全年目标，为“已完成”。"),
        ("growth >= 8", "2024-06: 8", "状态：按规则 default@1 第 90 条“gapany”，为“符合进度”。"),
        ("growth >= 8 final=2024-06", "2024-06: 8", "状态：终期数据已达到目标，为“已完成”。"),
        ("growth >= 8 final=2024-06", "2024-06: 7", "状态：终期数据未达到目标，终期不设缓冲，为“未完成”，轻重 1 ÷ 1 = 1。"),
        ("growth >= 8 year_end", "2024-06: 7", "状态：只在年终考核，为“年终考核”。"),
        ("stage", "2024-06: 0", "状态：没有带日期的节点，为“无节点计划”。"),
        ("total", "2024-06: 1", "状态：报告没有给出可衡量的结果，为“目标待定”。"),
        ("ratio external", "2024-06: 1", "状态：上级任务值尚未录入，为“无法判断”。"),
        ("growth >= 8", "", "状态：没有数据，为“无法判断”。"),
        ("growth >= 8", "2024-06: >=7", "状态：数据只是界限，不足以判断，为“无法判断”。"),
        ("growth relative reference=g", "2024-06: 7", "状态：参照指标同期没有可用的数，为“无法判断”。"),
        ("ratio decrease", "2024-06: 7", "状态：缺少可比的基数，为“无法判断”。"),
        ("level >= 700", "2024-06: 690", "状态：缺少可比的基数，为“无法判断”。"),
        ("total >= 100 lumpy", "2024-06: 1", "状态：按规则 default@1 第 20 条“gap_points<-5”（零星完成的目标，未到自己的日期不判红），为“略有滞后”，轻重 49 ÷ 5 = 9.8。"),
        ("total >= 100 whole", "2024-05: 41", "应达到：按时间进度 100 × 5/12，即 41亿元（计数取整，舍去小数）。"),
        ("level >= 760", "2023-12: 700, 2024-06: 735", "应达到：由上年末 700 到 760 的直线，700 + (760 − 700) × 6/12，即 730亿元。"),
        ("ratio decrease lower", "2023-12: 182, 2024-06: 180", "应达到：基期（2023年12月31日）为 182亿元，即 182亿元。"),
        ("growth >= 8", "2024-05: 8", "数据：迟报，下一期应于2024年7月25日报送，已迟 1 天。"),
    ],
)  # fmt: skip
def test_every_reason_is_said(target: str, figures: str, sentence: str) -> None:
    assert sentence in told(one(target, figures, "2024-07-26")).splitlines()


def test_a_dispute_is_said() -> None:
    world = one("growth >= 6", "2024-06: 5.9")
    world.figures("growth", "2024-06: 6", received="2024-07-10", file="other.csv")
    assert "状态：同一口径有互相矛盾的数，未定采用哪个，为“无法判断”。" in told(world)


def test_the_growth_that_the_rest_needs_is_worked_out() -> None:
    world = one("growth >= 8", "2024-11: 7.9", "2024-12-20")
    world.figures("total", "2023-11: 92, 2023-12: 100, 2024-11: 99.268")
    assert (
        "后期需同比增长 (8 − 0.92 × 7.9) ÷ (1 − 0.92) = 9.2%（按本指标上年占比精确；计入四舍五入为 8.6% 至 9.7%）。"
        in told(world)
    )
    assert (
        "(8 − 0.92 × 7.9) ÷ (1 − 0.92) = 9.2% (exact, by its own shares of last year; rounding allows 8.6 to 9.7 %)"
        in told(world, "en")
    )


def test_impossible_days_are_called_impossible() -> None:
    world = World(as_of="2024-11-20")
    world.indicator("air", capacity="days_in_year", whole_number=True)
    world.target("total >= 290 whole", indicator="air")
    world.figures("total", "2024-10: 228", indicator="air")
    assert "余下只有 61 天，已不可能" in told(world)
    assert "Only 61 days are left: it can no longer be had" in told(world, "en")


def test_the_peer_is_named() -> None:
    world = one("growth >= 8 rules=peer@1", "2024-06: 8")
    world.figures("growth", "2024-06: 8.1", region=PARENT)
    assert "对比：上级地区（500000）同期 8.1%。" in told(world)


def test_english_holds_no_chinese_of_ours() -> None:
    """Only what the books and files hold themselves stays as it is."""
    for target, figures in (
        ("total >= 200", f"{HISTORY}, 2024-06: 80"),
        ("growth >= 8", ""),
        ("stage", "2024-06: 1"),
    ):
        text = explain(one(target, figures, printed="x", unit="%").judge(), "en")
        assert not re.search("[\u4e00-\u9fff]", text), text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_status_and_outlook_has_a_word(lang: str) -> None:
    for states in (Status, Outlook):
        words = [state.word(lang) for state in states]
        assert all(words) and len(set(words)) == len(words)
