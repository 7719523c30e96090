"""What is said of a figure, whole: the fact with its figures, then what to do. Decided by Great Expectations."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from gate_rows import aim, figure, judged, past, rows, series

from expectations import gate
from flows.known import Row
from models.delivery import Candidate, Problem

RELEASE = "若数字无误，请负责人用 duban quarantine accept 放行并写明理由。"
LAST_YEAR = past(*series("retail ytd 2023-02", "19 28 39 50 62 73 85 97 108 120 131"))
STEADY = past(*series("retail growth ytd 2023-02", "4 5 4.5 4.2 4.4 4.6"))
KNOWN = LAST_YEAR + STEADY + past(figure("retail ytd 2024-05", "50"), name="q", received=date(2024, 6, 20))

# Each in a region of its own (given the same past), so that one call to the gate answers all.
CASES: list[tuple[str, list[Candidate], str, str]] = [
    (
        "unit_slip",
        [figure("retail ytd 2024-04", "420000")],
        "社会消费品零售总额2024年1—4月为 420,000亿元，约为2023年1—4月的 39亿元的 1 万倍，疑似单位写错。",
        f"按“万元”理解则为 42亿元，与以往相当，请核对单位后重报。{RELEASE}",
    ),
    (
        "unit_slip",
        [figure("retail ytd 2024-04", "0.0042", printed="42")],
        "社会消费品零售总额2024年1—4月为 0.0042亿元，约为2023年1—4月的 39亿元的 万分之一，疑似单位写错。",
        f"按“亿元”理解则为 42亿元，与以往相当，请核对单位后重报。{RELEASE}",
    ),
    (
        "jump",
        [figure("retail ytd 2024-03", "280")],
        "社会消费品零售总额2024年1—3月为 280亿元，是2023年1—3月的 28亿元的 10 倍，远超该序列以往的波动。"
        " 另外：社会消费品零售总额2024年1—3月为 280亿元，大于其后2024年1—5月累计的 50亿元，年内累计数下降超过一成。",
        f"请核对小数点、位数与所在行。{RELEASE}",
    ),
    (
        "jump",
        [figure("retail growth ytd 2024-02", "104.1")],
        "社会消费品零售总额2024年1—2月同比增速为 104.1%，与2023年1—2月的 4%相差 100.1 个百分点，远超该序列以往的波动。",
        f"请核对小数点与口径（指数减 100 才是增速）。{RELEASE}",
    ),
    (
        "jump",
        [figure("retail ytd 2024-02", "0")],
        "社会消费品零售总额2024年1—2月为 0亿元，而2023年1—2月的 19亿元。",
        f"缺数请留空，不要填 0。{RELEASE}",
    ),
    (
        "notable_change",
        [figure("retail growth ytd 2024-02", "30")],
        "社会消费品零售总额2024年1—2月同比增速为 30%，与2023年1—2月的 4%相差 26 个百分点。",
        "已采纳，请留意是否确有其事。",
    ),
    (
        "cumulative_falls",
        [figure("retail ytd 2024-06", "44")],
        "社会消费品零售总额2024年1—6月为 44亿元，小于2024年1—5月累计的 50亿元，年内累计数下降超过一成。",
        f"请核对是否把当月数填入了累计栏。{RELEASE}",
    ),
    (
        "cumulative_dips",
        [figure("retail ytd 2024-06", "49")],
        "社会消费品零售总额2024年1—6月为 49亿元，小于2024年1—5月累计的 50亿元，年内累计数下降。",
        "已采纳：核减、退库可使累计数下降。请说明原因。",
    ),
    (
        "sum_of_months",
        [figure("retail ytd 2024-06", "62"), figure("retail month 2024-06", "2")],
        "社会消费品零售总额2024年1—6月为 62亿元；累计 62亿元，而上期累计 50亿元 加本期 2亿元 得 52亿元，相差超过一成。",
        f"请核对当月数、累计数是否填错栏。{RELEASE}",
    ),
    (
        "sum_of_months_off",
        [figure("retail ytd 2024-06", "62"), figure("retail month 2024-06", "9")],
        "社会消费品零售总额2024年1—6月为 62亿元；累计 62亿元，而上期累计 50亿元 加本期 9亿元 得 59亿元，不相等。",
        "已采纳：此前各月修订后累计数可与各月之和不等。",
    ),
    (
        "growth_against_levels",
        [figure("retail growth ytd 2024-06", "5.0"), figure("retail ytd 2024-06", "66")],
        "社会消费品零售总额2024年1—6月同比增速为 5%；公布增速 5%，按绝对量计算为 6.5%。",
        "已采纳：增速按可比口径或可比价格计算，普查修订也会改变基数，两者可以都对。",
    ),
    (
        "same_key_two_values",
        [figure("retail ytd 2024-06", "62"), figure("retail ytd 2024-06", "63")],
        "社会消费品零售总额2024年1—6月为 62亿元，但同一文件对同一地区、指标、口径、期间给出了 2 个不同的数，全部隔离。",
        "请确认哪一个正确：用 duban quarantine accept 放行它，或更正后重报。",
    ),
    (
        "future_period",
        [figure("retail ytd 2024-12", "140")],
        "社会消费品零售总额2024年为 140亿元，但收到文件时该期还有 92 天才结束。",
        f'请核对年份与月份；预计数请在报送说明中写 finality = "estimate"。{RELEASE}',
    ),
    (
        "outside_calendar",
        [figure("gdp ytd 2024-05", "100")],
        "地区生产总值2024年1—5月为 100亿元，但报数日历中该指标在 5 月不报数。",
        f"请核对期间；若确实在该月报数，请在 calendar.csv 补上月份。{RELEASE}",
    ),
    (
        "outside_calendar_then",
        [figure("gdp ytd 2019-05", "100")],
        "地区生产总值2019年1—5月为 100亿元，报数日历中该指标在 5 月不报数。",
        "已采纳：日历只说现在的报数月份，早年可能不同。请核对期间。",
    ),
    (
        "out_of_range",
        [figure("sewage ratio point 2024-06", "103")],
        "污水处理率2024年6月末为 103%，超出合理范围（0 至 100）。",
        f"请核对数字、口径与单位后重报。{RELEASE}",
    ),
    (
        "out_of_range",
        [figure("gdp ytd 2024-06", "-1")],
        "地区生产总值2024年1—6月为 −1亿元，超出合理范围（不小于 0）。",
        f"请核对数字、口径与单位后重报。{RELEASE}",
    ),
    (
        "not_whole",
        [figure("jobs ytd 2024-06", "1.25")],
        "城镇新增就业2024年1—6月为 1.25人，应为整数。",
        f"请核对数字与单位（例如把“万人”写成了“人”）。{RELEASE}",
    ),
    (
        "value_unusable",
        [figure("retail ytd 2024-06", "1e15", printed="1000000000000000")],
        "数值“1000000000000000”过大，无法保存。",
        "请核对数字与单位后重报。",
    ),
    (
        "value_unusable",
        [figure("retail ytd 2024-06", "NaN", printed="#REF!")],
        "数值“#REF!”不是数字。",
        "缺数请留空，或填“-”。",
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def said() -> list[list[Problem]]:
    sent: list[Row] = []
    known = []
    for place, (_, candidates, _, _) in enumerate(CASES):
        region = f"{600000 + place}"
        sent += rows(f"d{place}", date(2024, 9, 30), *(_moved(item, region) for item in candidates))
        known += [item._replace(region=region) for item in KNOWN]
    outcome = judged(sent, known=tuple(known), ask=gate.run)
    return [outcome[f"d{place}", 2][1] for place in range(len(CASES))]


def _moved(candidate: Candidate, region: str) -> Candidate:
    return candidate._replace(region=region)


@pytest.mark.parametrize("place", range(len(CASES)), ids=[f"{n}-{case[0]}" for n, case in enumerate(CASES)])
def test_the_words(said: list[list[Problem]], place: int) -> None:
    rule, candidates, message, advice = CASES[place]
    (problem,) = said[place]
    assert (problem.rule, problem.message, problem.advice) == (rule, message, advice)
    assert (problem.file, problem.row, problem.column) == ("a.csv", 2, "数值")
    assert problem.value == candidates[0].printed


def test_a_repeated_row_is_told_at_the_second() -> None:
    sent = rows("d", date(2024, 9, 30), figure("gdp ytd 2024-06", "7"), figure("gdp ytd 2024-06", "7"))
    _, (problem,) = judged(sent)["d", 3]
    assert problem.message == "地区生产总值2024年1—6月为 7亿元，在同一文件中重复出现，数值相同。"
    assert problem.advice == "只采纳一次，无需处理。"


def test_an_estimate_is_told_how_early_it_is() -> None:
    early = rows("d", date(2024, 6, 20), figure("gdp ytd 2024-06", "7"), finality="estimate")
    _, (problem,) = judged(early)["d", 2]
    assert problem.message == "地区生产总值2024年1—6月为 7亿元，是期末前 10 天的预计数。"
    assert problem.advice == "已采纳；期末后请报初步数，预计数不作定论。"


def test_a_slip_without_a_unit_that_fits_names_the_size_that_would() -> None:
    known = past(figure("jobs ytd 2023-06", "5000"))
    sent = rows("d", date(2024, 9, 30), figure("jobs ytd 2024-06", "5200000"))
    _, (problem,) = judged(sent, known=known)["d", 2]
    assert problem.rule == "unit_slip"
    assert problem.advice == f"相称的数应在 5200人 左右，请核对单位后重报。{RELEASE}"
    assert problem.candidate is not None and problem.candidate.value == Decimal(5200000)


AIMS = (aim("retail 2024", "300"), aim("sewage ratio 2024", "98"))


@pytest.mark.parametrize(
    ("rule", "candidate", "message", "advice"),
    [
        (
            "unit_slip",
            figure("retail ytd 2024-06", "1400000"),
            "社会消费品零售总额2024年1—6月为 1,400,000亿元，是2024年目标 300亿元折算到 6 月（150亿元）的 9333 倍，疑似单位写错。",
            f"按“万元”理解则为 140亿元，与目标相称，请核对单位后重报。{RELEASE}",
        ),
        (
            "unit_slip",
            figure("retail ytd 2024-06", "0.014", printed="140"),
            "社会消费品零售总额2024年1—6月为 0.014亿元，是2024年目标 300亿元折算到 6 月（150亿元）的 0.000093 倍，疑似单位写错。",
            f"按“亿元”理解则为 140亿元，与目标相称，请核对单位后重报。{RELEASE}",
        ),
        (
            "far_from_target",
            figure("sewage ratio ytd 2024-06", "0.97"),
            "污水处理率2024年1—6月为 0.97%，是2024年目标 98%的 0.009898 倍，相差过于悬殊，且没有往期可比。",
            f"请核对数字、单位、口径与所在行。{RELEASE}",
        ),
        (
            "over_capacity",
            figure("air ytd 2024-06", "190"),
            "空气质量优良天数2024年1—6月为 190天，但总共只有 182天。",
            f"请核对数字、期间与所在行。{RELEASE}",
        ),
        (
            "out_of_range",
            figure("debt ratio point 2024-06", "1650"),
            "债务率2024年6月末为 1650%，超出合理范围（0 至 1000）。",
            f"请核对数字、口径与单位后重报。{RELEASE}",
        ),
        (
            "another_office",
            figure("retail ytd 2024-06", "140"),
            "社会消费品零售总额2024年1—6月为 140亿元，由区商务委（commerce）报送，而台账写明该指标由区统计局（statistics）报送。",
            "已采纳。职责有调整的，请更新 indicators.csv 的 reporting_office；否则请由该单位报送。",
        ),
    ],
)
def test_the_words_of_first_figures(rule: str, candidate: Candidate, message: str, advice: str) -> None:
    sent = rows("d", date(2024, 9, 30), candidate, office="commerce" if rule == "another_office" else "")
    _, (problem,) = judged(sent, aims=AIMS)["d", 2]
    assert (problem.rule, problem.message, problem.advice) == (rule, message, advice)
