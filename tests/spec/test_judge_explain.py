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
        "目标：2024年政府工作报告主要预期目标第3段“200亿元”，即不低于200亿元（预期性）。",
        "实际：1—6月80亿元（来源：f.csv，工作表“Sheet1”，第7行“C”列，sha256 sha-f.csv-2024-07-10-preliminary-500104，2024年7月10日收到，初步数，官方报送）。",
        "应达到：200亿元 × 43% = 86亿元（往年同期平均完成全年的43%：2023年 44/100、2022年 45/100、2021年 40/100；时间进度50%）。",
        "差距：80 − 86 = −6亿元，合−3个百分点（占目标200亿元）。",
        "状态：略有滞后。依据规则 default@1 第 30 条“gap_points<0”；轻重 3 ÷ 5 = 0.6。",
    ]
    assert (
        "后期需完成：200 − 80 = 120亿元，余下 6 个报送期平均每期20亿元。这相当于余下时间同比增长114.3%。可比的 3 个往年，余下月份从未完成过这么多。"
        in text
    )
    assert text.splitlines()[-1] == "上一期：1—5月70亿元，“滞后”；本期转为“略有滞后”。"


def test_the_same_in_english() -> None:
    world = one("total >= 200", f"{HISTORY}, 2024-05: 70, 2024-06: 80", printed="200亿元")
    assert told(world, "en").splitlines()[2:5] == [
        "Expected: 200 ¥100m × 43% = 86 ¥100m (earlier years had reached 43% by then: 2023 44/100, 2022 45/100, 2021 40/100; by the calendar 50%).",
        "Gap: 80 − 86 = −6 ¥100m, or −3 pp of the target 200 ¥100m.",
        "Status: slightly behind: by rule default@1, condition 30 “gap_points < 0”; severity 3 ÷ 5 = 0.6.",
    ]


@pytest.mark.parametrize(
    ("target", "figures", "sentence"),
    [
        ("growth >= 8", "2024-06: 6.3", "状态：滞后。依据规则 default@1 第 20 条“gap_points<-1”；轻重 1.7 ÷ 1 = 1.7。"),
        ("growth >= 8", "2024-06: -6.3", "实际：1—6月同比下降6.3%（来源：f.csv，工作表“Sheet1”，第7行“C”列，sha256 sha-f.csv-2024-07-10-preliminary-500104，2024年7月10日收到，初步数，官方报送）。"),
        ("growth >= 8", "2024-06: 6.3", "差距：6.3 − 8 = −1.7个百分点。"),
        ("growth >= 8", "2024-05: -2, 2024-06: 0", "上一期：1—5月同比下降2%；自1—5月起连续 2 期“滞后”。"),
        ("total >= 100", "2024-06: 100", "状态：已完成。已提前达到全年目标。"),
        ("growth >= 8", "2024-06: 8", "状态：符合进度。依据规则 default@1 第 90 条“gapany”。"),
        ("growth >= 8 final=2024-06", "2024-06: 8", "状态：已完成。终期数据已达到目标。"),
        ("growth >= 8 final=2024-06", "2024-06: 7", "状态：未完成。终期数据未达到目标，终期不设缓冲；轻重 1 ÷ 1 = 1。"),
        ("growth >= 8 year_end", "2024-06: 7", "状态：年终考核。只看全年结果，终期数据到后再判断。"),
        ("stage", "2024-06: 0", "状态：无节点计划。报告和台账都没有写明节点日期，到年终才判断是否完成。"),
        ("total", "2024-06: 1", "状态：目标待定。报告没有写明可衡量的结果，录入后才能研判。"),
        ("ratio external", "2024-06: 1", "状态：无法判断。上级任务值尚未录入。"),
        ("growth >= 8", "", "状态：无法判断。还没有数据。"),
        ("growth >= 8", "2024-06: >=7", "状态：无法判断。数据只是界限，不足以判断。"),
        ("growth >= 8", "2024-06: >=7", "预期：无法预测（数据只是界限，不作预测）。"),
        ("growth relative reference=g", "2024-06: 7", "状态：无法判断。参照指标同期没有可用的数。"),
        ("ratio decrease", "2024-06: 7", "状态：无法判断。缺少可比的基数。"),
        ("level >= 700", "2024-06: 690", "状态：无法判断。缺少可比的基数。"),
        ("total >= 100 lumpy", "2024-06: 1", "状态：略有滞后。依据规则 default@1 第 20 条“gap_points<-5”（零星完成的目标，未到节点日期不判红）；轻重 49 ÷ 5 = 9.8。"),
        ("total >= 100 whole", "2024-05: 41", "应达到：100亿元 × 5/12 = 41亿元（按时间进度；计数舍去小数）。"),
        ("total >= 100 whole", "2024-05: 41", "后期需完成：100 − 41 = 59亿元，余下 7 个报送期平均每期9亿元。"),
        ("total >= 13000", "2024-06: 12000", "后期需完成：13000 − 12000 = 1000亿元，余下 6 个报送期平均每期166.67亿元。"),
        ("level >= 760", "2023-12: 700, 2024-06: 735", "应达到：700 + (760 − 700) × 6/12 = 730亿元（从上年末到目标按月均匀推进）。"),
        ("ratio decrease lower", "2023-12: 182, 2024-06: 180", "应达到：上年末（2023年12月31日）为182亿元，应不高于这个数。"),
        ("total decrease lower", "2023-06: 90, 2024-06: 95", "应达到：上年同期（2023年1—6月）为90亿元，应不高于这个数。"),
        ("ratio hold", "2023-12: 182, 2024-06: 180", "目标：2024年政府工作报告主要预期目标第3段“ratio hold”，即保持上年末水平（预期性）。"),
        ("growth ~= 6 tolerance=0.2", "2024-06: 5.8", "应达到：6%，即 6 − 0.2 = 5.8%（全年都以目标值衡量）。"),
        ("growth ~= 6 tolerance=0.2", "2024-06: 5.8", "目标：2024年政府工作报告主要预期目标第3段“growth ~= 6 tolerance=0.2”，即增速6%左右，允许低0.2个百分点（预期性）。"),
        # places are no points, and a place is an ordinal
        ("rank <= 5", "2024-06: 6", "目标：2024年政府工作报告主要预期目标第3段“rank <= 5”，即第5位以内（预期性）。"),
        ("rank <= 5", "2024-06: 6", "实际：6月末第6位（"),
        ("rank <= 5", "2024-06: 6", "差距：5 − 6 = −1位。"),
        # a negative number in a sum stands in brackets, a bound gives a bound, a trace is called one
        ("growth >= -2", "2024-06: -2.5", "差距：−2.5 − (−2) = −0.5个百分点。"),
        ("growth >= 8", "2024-06: >=8", "差距：不小于 8 − 8 = 0个百分点。"),
        ("ratio <= 5 lower", "2024-06: >=6", "差距：不大于 5 − 6 = −1亿元"),
        ("total >= 100", "2024-04: 33.333333", "差距：33.333333 − 33.333333 = 0亿元（差距极小；颜色按未四舍五入的数判断）。"),
        ("total >= 100", "2024-04: 33.333333", "状态：略有滞后。依据规则 default@1 第 30 条“gap_points<0”。"),
        # two years are named
        ("total >= 240 year=2023 final=2024-12", "2023-12: 110, 2024-06: 40", "实际：2023年1月—2024年6月150亿元（"),
        ("growth >= 8", "", "数据：从未报送，首期应于2024年3月25日报送，已迟 123 天。"),
        ("growth >= 8", "2024-05: 8", "数据：迟报，下一期应于2024年7月25日报送，已迟 1 天。"),
        ("growth >= 8", "2024-12: ~8", "预期：无法预测（以最终数据为准）。"),
    ],
)  # fmt: skip
def test_every_reason_is_said(target: str, figures: str, sentence: str) -> None:
    as_of = "2025-01-26" if "2024-12" in figures else "2024-07-26"
    found = told(one(target, figures, as_of)).splitlines()
    assert any(line.startswith(sentence) for line in found), found


STAGES = "2024-06: 1, 2024-10: 1"


@pytest.mark.parametrize(
    ("figures", "as_of", "sentences"),
    [
        ("2024-04: 0", "2024-05-20", ["实际：4月末尚未建成投用", "应达到：按计划，到4月末还没有节点到期。", "差距：离下一个节点还有 61 天。", "状态：符合进度。"]),
        ("2024-06: 0", "2024-07-05", ["差距：最早的未完成节点当天到期。", "状态：符合进度。"]),
        ("2024-07: 0", "2024-08-05", ["差距：最早的未完成节点已逾期 31 天。", "状态：滞后。依据规则 default@1 第 20 条"]),
        ("2024-07: 1", "2024-08-05", ["实际：7月末已完成 1 个节点", "应达到：按计划，到7月末应完成 1 个节点。", "状态：符合进度。"]),
        ("2024-09: 2", "2024-10-05", ["实际：9月末已建成投用", "差距：比计划提前 31 天完成。", "状态：已完成。承诺的结果已经实现。"]),
        ("2024-12: 1", "2025-01-05", ["差距：最早的未完成节点已逾期 61 天。", "状态：未完成。到期承诺的结果没有实现；轻重 61 ÷ 30 = 2.03。"]),
    ],
)  # fmt: skip
def test_stages_are_told_in_the_words_of_their_promise(
    figures: str, as_of: str, sentences: list[str]
) -> None:
    world = World(as_of=as_of)
    world.target("stage", printed="建成投用“万吨通”线上平台")
    world.figures("stage", figures)
    world.points(STAGES, stages=True)
    found = told(world).splitlines()
    assert found[0] == "目标：2024年政府工作报告主要预期目标第3段“建成投用‘万吨通’线上平台”（预期性）。"
    for sentence in sentences:
        assert any(line.startswith(sentence) for line in found), found


def test_a_dispute_is_said() -> None:
    world = one("growth >= 6", "2024-06: 5.9")
    world.figures("growth", "2024-06: 6", received="2024-07-10", file="other.csv")
    found = told(world).splitlines()
    for said in (
        "同比增长5.9%（来源：f.csv，工作表“Sheet1”，第7行",
        "同比增长6%（来源：other.csv，工作表“Sheet1”，第7行",
    ):
        assert said in found[1]
    assert "状态：无法判断。同一口径有互相矛盾的数，未定采用哪个。" in found
    assert "5.9% on last year (source: f.csv, sheet “Sheet1”, row 7" in told(world, "en")


def test_the_growth_that_the_rest_needs_is_worked_out() -> None:
    world = one("growth >= 8", "2024-11: 7.9", "2024-12-20")
    world.figures("total", "2023-11: 92, 2023-12: 100, 2024-11: 99.268")
    assert (
        "余下时间需同比增长9.2%：(8 − 0.92 × 7.9) ÷ (1 − 0.92) = 9.2%（按本指标上年的占比推算；计入四舍五入为 8.6% 至 9.7%）。"
        in told(world)
    )
    assert (
        "(8 − 0.92 × 7.9) ÷ (1 − 0.92) = 9.2% (exact, by its own shares of last year; rounding allows 8.6% to 9.7%)"
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
    assert "对比：重庆市同期同比增长8.1%。" in told(world)


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
