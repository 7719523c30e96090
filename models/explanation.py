"""Why a target has its colour, in words and figures, from the stored row of its assessment alone.

`sentences` gives one sentence a step: the promise, the figure and where it came from, what was expected and why,
the arithmetic, the rule, the state of the data, what the rest of the year must bring (models/prospects.py), and
what changed since the figure before. The page, the mail and `duban explain` show the same text.
"""

from __future__ import annotations

from collections.abc import Callable

from models.assessment import DataState, Status
from models.explained_figure import figure, promise
from models.explained_gap import arithmetic, is_trace
from models.explained_schedule import schedule
from models.notation import day, number
from models.phrase import Row, covered, pick, told
from models.prospects import prospects


def explain(row: Row, lang: str = "zh") -> str:
    """The whole explanation as one paragraph."""
    return ("" if lang == "zh" else " ").join(sentences(row, lang))


def sentences(row: Row, lang: str = "zh") -> tuple[str, ...]:
    """One sentence a step; steps that have nothing to say are left out."""
    steps: tuple[Callable[[Row, str], str], ...] = (
        promise,
        figure,
        schedule,
        arithmetic,
        peer,
        verdict,
        data_state,
        prospects,
        history,
    )
    return tuple(text for text in (step(row, lang) for step in steps) if text)


def peer(row: Row, lang: str) -> str:
    """The same figure of the region above, where it is there."""
    if row.get("peer_value") is None or row["kind"] in ("total", "level", "stage"):
        return ""
    value = told(row, row["peer_value"], lang)
    region = row.get("peer_region_name") or row["peer_region"]
    return pick(
        lang, f"对比：{region}同期{value}。", f"Peer: {region} stands at {value} for the same period."
    )


def verdict(row: Row, lang: str) -> str:
    """The status and the rule, or the reason, that gave it."""
    status = Status(row["status"]).word(lang)
    severity = ""
    if row["severity"] and not is_trace(row):
        shortfall = row["gap"] if row["gap_points"] is None else row["gap_points"]
        severity = (
            pick(lang, "；轻重 ", "; severity ")
            + f"{number(abs(shortfall), 2)} ÷ {number(row['scale'])} = {number(row['severity'], 2)}"
        )
    return pick(
        lang,
        f"状态：{status}。{reason(row, lang)}{severity}。",
        f"Status: {status}: {reason(row, lang)}{severity}.",
    )


def data_state(row: Row, lang: str) -> str:
    """What is missing, since when; nothing where the figure is here."""
    state = DataState(row["data_state"])
    late = row.get("days_late")
    if state is DataState.CURRENT:
        return ""
    text = state.word(lang)
    if state in (DataState.LATE, DataState.NEVER_DELIVERED) and late:
        due = day(row["due_on"], lang)
        zh, en = ("首期", "first") if state is DataState.NEVER_DELIVERED else ("下一期", "next")
        ago = "a day" if late == 1 else f"{late} days"
        text += pick(
            lang, f"，{zh}应于{due}报送，已迟 {late} 天", f", the {en} figure was due on {due}, {ago} ago"
        )
    return pick(lang, f"数据：{text}。", f"Data: {text}.")


def history(row: Row, lang: str) -> str:
    """What the figure before said, and how long the status has lasted."""
    if row.get("period_previous") is None:
        return ""
    before, now = Status(row["status_previous"]).word(lang), Status(row["status"]).word(lang)
    when = covered(row, row["period_previous"], lang)
    value = told({**row, "status": row["status_previous"]}, row["actual_previous"], lang)
    count, since = row["periods_in_status"] or 1, covered(row, row["status_since"], lang)
    if count > 1:
        return pick(
            lang,
            f"上一期：{when}{value}；自{since}起连续 {count} 期“{now}”。",
            f"Before: {when} {value}; {now} since {since}, {count} figures in a row.",
        )
    return pick(
        lang,
        f"上一期：{when}{value}，“{before}”；本期转为“{now}”。",
        f"Before: {when} {value}, {before}; now {now}.",
    )


def reason(row: Row, lang: str) -> str:
    """Why the status is what it is: the rule that gave it, or what stands in the way of judging."""
    for holds, zh, en in _REASONS:
        if holds(row):
            return pick(lang, zh, en)
    label = str(row.get("rule_label") or "")
    label = pick(lang, label, str(row.get("rule_label_en") or label))
    lumpy = ""
    if row.get("lumpy") and row["status"] == "slightly_behind" and row["schedule_basis"] != "interim":
        lumpy = pick(
            lang,
            "（零星完成的目标，未到节点日期不判红）",
            " (comes in lumps: never red before its own dates)",
        )
    if row.get("rivals"):
        lumpy += pick(lang, "（按其中每一个数判断都是如此）", " (whichever of the figures holds)")
    rule, priority = row["rule_set"], row.get("rule_priority")
    return pick(
        lang,
        f"依据规则 {rule} 第 {priority} 条“{label}”{lumpy}",
        f"by rule {rule}, condition {priority} “{label}”{lumpy}",
    )


def _is_final(row: Row) -> bool:
    is_last = row["period_end"] is not None and row["period_end"] == row.get("final_period")
    return bool(is_last and row["finality"] != "estimate")


_Reason = tuple[Callable[[Row], bool], str, str]
_REASONS: tuple[_Reason, ...] = (
    (lambda r: r["status"] == "no_target", "报告没有写明可衡量的结果，录入后才能研判", "the report names no measurable result; it is judged once one is entered"),
    (lambda r: r["status"] == "no_plan", "报告和台账都没有写明节点日期，到年终才判断是否完成", "neither report nor book gives dates of stages: it is judged at the end of the year"),
    (lambda r: r["status"] == "not_due", "只看全年结果，终期数据到后再判断", "only the result of the year counts; it is judged with the final figure"),
    (lambda r: r["status"] == "unknown" and r["comparator"] is not None and r["kind"] not in ("relative", "change") and r["target_value"] is None,
     "上级任务值尚未录入", "the assigned value has not been entered"),
    (lambda r: r["status"] == "unknown" and bool(r.get("year_end_only")) and r["data_state"] == "closed" and not _is_final(r),
     "年度已关闭，终期数据始终没有报来", "the year is closed and its final figure never came"),
    (lambda r: r["status"] == "unknown" and r["period_end"] is None, "还没有数据", "there is no figure"),
    (lambda r: r["status"] == "unknown" and bool(r.get("rivals")), "同一口径有互相矛盾的数，未定采用哪个", "figures contradict each other"),
    (lambda r: r["status"] == "unknown" and bool(r["actual_bound"]), "数据只是界限，不足以判断", "the figure is only a bound and does not decide"),
    (lambda r: r["status"] == "unknown" and r["kind"] == "relative", "参照指标同期没有可用的数", "the reference has no figure for this period"),
    (lambda r: r["status"] == "unknown", "缺少可比的基数", "there is no baseline to compare with"),
    (lambda r: r["kind"] == "stage" and r["status"] == "achieved", "承诺的结果已经实现", "the promised result is there"),
    (lambda r: r["kind"] == "stage" and r["status"] == "missed", "到期承诺的结果没有实现", "the promised result is not there at the end"),
    (lambda r: r["status"] == "achieved" and _is_final(r), "终期数据已达到目标", "the final figure reaches the target"),
    (lambda r: r["status"] == "missed", "终期数据未达到目标，终期不设缓冲", "the final figure falls short, and the end has no tolerance band"),
    (lambda r: r["status"] == "achieved", "已提前达到全年目标", "the target of the whole year is reached"),
)  # fmt: skip
