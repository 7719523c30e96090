"""Why the words around a figure do not lead to a series of the books, and what to do about it."""

from __future__ import annotations

from flows.receive.faults import Fault
from flows.receive.labels import Label
from models.delivery import Measure, Severity
from models.indicator import Indicator
from models.message import joined, say
from models.quantity import Unit

MEASURE_NAMES = {
    "total": say("绝对量"),
    "growth": say("同比增速"),
    "level": say("时点数"),
    "ratio": say("比率"),
    "rank": say("位次"),
    "stage": say("节点"),
    "index": say("指数"),
}


def not_kept_fault(label: Label) -> Fault:
    """A row or column of a table whose figures are of a kind that is never kept, beside others that are."""
    if label.is_prior_year:
        return Fault(
            "prior_year_figure",
            say("上年同期数按可比口径调整过，不作为上年数据入库。"),
            say("如需更正上年数据，请另报一份注明时期的文件。"),
            Severity.WARNING,
        )
    if label.fault == "contradiction":
        return contradiction()
    reasons = {
        "month_on_month": say("环比数不在保存的口径之内，没有读取。"),
        "share": say("比重、占比不在保存的口径之内，没有读取。"),
        "increment": say("增减额不在保存的口径之内，没有读取。"),
        "average": say("多年平均增速不在保存的口径之内，没有读取。"),
        "plan": say("目标、计划和完成进度不从报送文件读取。"),
        "since_january": say("与年初相比的数不是同比，不在保存的口径之内，没有读取。"),
        "points": say("百分点的变化不是指标值，没有读取。"),
        "earlier": say("上月、上季的数在它自己的时期报送，这里没有读取。"),
        "index_base": say("只保存以上年同月、上年同期或上年为 100 的指数，这一个没有读取。"),
    }
    return Fault(
        "measure_not_kept",
        reasons[label.fault],
        say("其余的数照常读取；如应保存，请负责人在指标台账中另立指标。"),
        Severity.WARNING,
    )


def not_kept_row(label: Label, indicator: Indicator) -> Fault:
    """A row of the long form holds this one figure: who sent it must hear what to send in its place."""
    if label.fault == "contradiction":
        return contradiction()
    fault = not_kept_fault(label)
    kept = joined("、", (MEASURE_NAMES.get(m, m) for m in indicator.measures))
    if label.is_prior_year:
        advice = say("如需更正上年数据，请把时期写成上年的时期，口径写作 {kept}。", kept=kept)
    else:
        advice = say(
            "“{name}”只收：{kept}，请改报其中一种；如应保存，请负责人在指标台账中另立指标。",
            name=indicator.name,
            kept=kept,
        )
    return Fault(fault.rule, fault.message, advice)


def measure_fault(measure: str, indicator: Indicator) -> Fault:
    kept = joined("、", (MEASURE_NAMES.get(m, m) for m in indicator.measures))
    named = MEASURE_NAMES.get(measure, measure)
    known = measure in list(Measure)
    return Fault(
        "measure_not_kept" if known else "unknown_measure",
        say("“{name}”在台账中只有口径：{kept}，没有“{named}”。", name=indicator.name, kept=kept, named=named),
        say("请核对口径；如应保存，请负责人在指标台账的 measures 栏补上。"),
    )


def valuation_fault(label: Label, indicator: Indicator) -> Fault:
    stated, kept = (say("实际"), say("名义")) if label.valuation == "real" else (say("名义"), say("实际"))
    return Fault(
        "wrong_valuation",
        say(
            "文件写的是{stated}增速，台账中“{name}”用{kept}增速。",
            stated=stated,
            name=indicator.name,
            kept=kept,
        ),
        say("请报{kept}增速。", kept=kept),
    )


def dimension_fault(text: str, canonical: Unit, indicator: Indicator, measure: str) -> Fault:
    return Fault(
        "wrong_dimension",
        say(
            "“{name}”（{measure}）的单位应与 {unit} 同类，文件写的是 {text}。",
            name=indicator.name,
            measure=MEASURE_NAMES.get(measure, measure),
            unit=canonical.text,
            text=text,
        ),
        say("请核对指标与单位是否写错行或写错列。"),
    )


def contradiction() -> Fault:
    return Fault("contradiction", say("名称里的口径与表头（口径栏）写的矛盾。"), say("请核对后只写一处。"))


def two_names(row: str, column: str) -> Fault:
    return Fault(
        "contradiction",
        say("行首写的是“{row}”，表头写的是“{column}”，看不出这个数是谁的。", row=row, column=column),
        say("表头是地区时请写台账中的地区名称；是指标时请与行首只写一处。"),
    )


def missing_unit(indicator: Indicator) -> Fault:
    return Fault(
        "missing_unit",
        say("“{name}”没有写明单位。", name=indicator.name),
        say("请在名称后、单位栏或标题中写明，例如（{unit}）。", unit=indicator.unit),
    )
