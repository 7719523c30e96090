"""Why the words around a figure do not lead to a series of the books, and what to do about it."""

from __future__ import annotations

from flows.receive.faults import Fault
from flows.receive.labels import Label
from models.delivery import Measure, Severity
from models.indicator import Indicator
from models.quantity import Unit

MEASURE_NAMES = {
    "total": "绝对量",
    "growth": "同比增速",
    "level": "时点数",
    "ratio": "比率",
    "rank": "位次",
    "stage": "节点",
    "index": "指数",
}


def not_kept_fault(label: Label) -> Fault:
    """A row or column of a table whose figures are of a kind that is never kept, beside others that are."""
    if label.is_prior_year:
        return Fault(
            "prior_year_figure",
            "上年同期数按可比口径调整过，不作为上年数据入库。",
            "如需更正上年数据，请另报一份注明时期的文件。",
            Severity.WARNING,
        )
    if label.fault == "contradiction":
        return contradiction()
    reasons = {
        "month_on_month": "环比数不在保存的口径之内，没有读取。",
        "share": "比重、占比不在保存的口径之内，没有读取。",
        "increment": "增减额不在保存的口径之内，没有读取。",
        "average": "多年平均增速不在保存的口径之内，没有读取。",
        "plan": "目标、计划和完成进度不从报送文件读取。",
        "points": "百分点的变化不是指标值，没有读取。",
        "earlier": "上月、上季的数在它自己的时期报送，这里没有读取。",
        "index_base": "只保存以上年同月、上年同期或上年为 100 的指数，这一个没有读取。",
    }
    return Fault(
        "measure_not_kept",
        reasons[label.fault],
        "其余的数照常读取；如应保存，请负责人在指标台账中另立指标。",
        Severity.WARNING,
    )


def not_kept_row(label: Label, indicator: Indicator) -> Fault:
    """A row of the long form holds this one figure: who sent it must hear what to send in its place."""
    if label.fault == "contradiction":
        return contradiction()
    fault = not_kept_fault(label)
    kept = "、".join(MEASURE_NAMES.get(m, m) for m in indicator.measures)
    if label.is_prior_year:
        advice = "如需更正上年数据，请把时期写成上年的时期，口径写作 " + kept + "。"
    else:
        advice = f"“{indicator.name}”只收：{kept}，请改报其中一种；如应保存，请负责人在指标台账中另立指标。"
    return Fault(fault.rule, fault.message, advice)


def measure_fault(measure: str, indicator: Indicator) -> Fault:
    kept = "、".join(MEASURE_NAMES.get(m, m) for m in indicator.measures)
    named = MEASURE_NAMES.get(measure, measure)
    known = measure in list(Measure)
    return Fault(
        "measure_not_kept" if known else "unknown_measure",
        f"“{indicator.name}”在台账中只有口径：{kept}，没有“{named}”。",
        "请核对口径；如应保存，请负责人在指标台账的 measures 栏补上。",
    )


def valuation_fault(label: Label, indicator: Indicator) -> Fault:
    stated, kept = ("实际", "名义") if label.valuation == "real" else ("名义", "实际")
    return Fault(
        "wrong_valuation",
        f"文件写的是{stated}增速，台账中“{indicator.name}”用{kept}增速。",
        f"请报{kept}增速。",
    )


def dimension_fault(text: str, canonical: Unit, indicator: Indicator, measure: str) -> Fault:
    return Fault(
        "wrong_dimension",
        f"“{indicator.name}”（{MEASURE_NAMES.get(measure, measure)}）的单位应与 {canonical.text} 同类，文件写的是 {text}。",
        "请核对指标与单位是否写错行或写错列。",
    )


def contradiction() -> Fault:
    return Fault("contradiction", "名称里的口径与表头（口径栏）写的矛盾。", "请核对后只写一处。")


def missing_unit(indicator: Indicator) -> Fault:
    return Fault(
        "missing_unit",
        f"“{indicator.name}”没有写明单位。",
        f"请在名称后、单位栏或标题中写明，例如（{indicator.unit}）。",
    )
