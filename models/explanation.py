"""Why a target has its colour, in words and figures, from the stored row of its assessment alone.

`sentences` gives one sentence a step: the promise, the figure and where it came from, what was expected and why,
the arithmetic, the rule, the state of the data, what the rest of the year must bring (models/prospects.py), and
what changed since the figure before. The page, the mail and `duban explain` show the same text.
"""

from __future__ import annotations

from collections.abc import Callable

from models.assessment import DataState, Status
from models.explained_figure import figure, promise
from models.explained_schedule import schedule
from models.notation import day, number, points, quantity, signed, stretch
from models.phrase import Row, pick, unit_of
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


def arithmetic(row: Row, lang: str) -> str:
    """Actual less expected, in the unit and in points."""
    if row["gap"] is None:
        return ""
    gap = signed(row["gap"])
    if row["kind"] == "stage":
        return pick(lang, f"差距：{gap} 天。", f"Gap: {gap} days.")
    sides = [number(row["actual"]), number(row["expected"])]
    less = " − ".join(sides if (row.get("sign") or 1) > 0 else sides[::-1])
    text = f"{less} = {gap}"
    if row["gap_points"] is not None:
        text += f"{pick(lang, '，合 ', ', or ')}{points(row['gap_points'], lang, None)}{_base(row, lang)}"
    return pick(lang, f"差距：{text}。", f"Gap: {text}.")


def peer(row: Row, lang: str) -> str:
    """The same figure of the region above, where it is there."""
    if row.get("peer_value") is None or row["kind"] in ("total", "level", "stage"):
        return ""
    value = quantity(row["peer_value"], unit_of(row, lang))
    region = row["peer_region"]
    return pick(
        lang,
        f"对比：上级地区（{region}）同期 {value}。",
        f"Peer: region {region} stands at {value} for the same period.",
    )


def verdict(row: Row, lang: str) -> str:
    """The status and the rule, or the reason, that gave it."""
    status = Status(row["status"]).word(lang)
    reason = _reason(row, lang)
    severity = ""
    if row["severity"]:
        shortfall = row["gap"] if row["gap_points"] is None else row["gap_points"]
        severity = (
            pick(lang, "，轻重 ", ", severity ")
            + f"{number(abs(shortfall))} ÷ {number(row['scale'])} = {number(row['severity'])}"
        )
    return pick(lang, f"状态：{reason}，为“{status}”{severity}。", f"Status: {reason}: {status}{severity}.")


def data_state(row: Row, lang: str) -> str:
    """What is missing, since when; nothing where the figure is here."""
    state = DataState(row["data_state"])
    late = row.get("days_late")
    if state is DataState.CURRENT:
        return ""
    text = state.word(lang)
    if state in (DataState.LATE, DataState.NEVER_DELIVERED) and late:
        due = day(row["due_on"], lang)
        text += pick(
            lang,
            f"，下一期应于{due}报送，已迟 {late} 天",
            f", the next figure was due on {due}, {late} days ago",
        )
    return pick(lang, f"数据：{text}。", f"Data: {text}.")


def history(row: Row, lang: str) -> str:
    """What the figure before said, and how long the status has lasted."""
    if row.get("period_previous") is None:
        return ""
    before = Status(row["status_previous"]).word(lang)
    when = stretch(row["period_previous"], row["basis"], lang)
    value = quantity(row["actual_previous"], unit_of(row, lang))
    count, since = row["periods_in_status"], stretch(row["status_since"], row["basis"], lang)
    return pick(
        lang,
        f"上一期：{when} {value}，“{before}”；本状态自{since}起，连续 {count} 期。",
        f"Before: {when} {value}, {before}; this status since {since}"
        + (f", {count} figures in a row." if count > 1 else "."),
    )


def _reason(row: Row, lang: str) -> str:
    for holds, zh, en in _REASONS:
        if holds(row):
            return pick(lang, zh, en)
    rule = f"{row['rule_set']}"
    label = pick(lang, str(row.get("rule_label") or ""), str(row.get("rule_label_en") or row.get("rule_label") or ""))
    lumpy = ""
    if row.get("lumpy") and row["status"] == "slightly_behind" and row["schedule_basis"] != "interim":
        lumpy = pick(
            lang,
            "（零星完成的目标，未到自己的日期不判红）",
            " (comes in lumps: never red before its own dates)",
        )
    priority = row.get("rule_priority")
    return pick(
        lang,
        f"按规则 {rule} 第 {priority} 条“{label}”{lumpy}",
        f"by rule {rule}, condition {priority} “{label}”{lumpy}",
    )


def _is_final(row: Row) -> bool:
    return (
        row["period_end"] is not None
        and row["period_end"] == row.get("final_period")
        and row["finality"] != "estimate"
    )


_Reason = tuple[Callable[[Row], bool], str, str]
_REASONS: tuple[_Reason, ...] = (
    (lambda r: r["status"] == "no_target", "报告没有给出可衡量的结果", "the report names no measurable result"),
    (lambda r: r["status"] == "no_plan", "没有带日期的节点", "there are no dated stages"),
    (lambda r: r["status"] == "not_due", "只在年终考核", "it is judged at the year end only"),
    (lambda r: r["status"] == "unknown" and r["comparator"] is not None and r["kind"] not in ("relative", "change") and r["target_value"] is None,
     "上级任务值尚未录入", "the assigned value has not been entered"),
    (lambda r: r["status"] == "unknown" and r["period_end"] is None, "没有数据", "there is no figure"),
    (lambda r: r["status"] == "unknown" and r["data_state"] == "disputed", "同一口径有互相矛盾的数，未定采用哪个", "figures contradict each other"),
    (lambda r: r["status"] == "unknown" and bool(r["actual_bound"]), "数据只是界限，不足以判断", "the figure is only a bound and does not decide"),
    (lambda r: r["status"] == "unknown" and r["kind"] == "relative", "参照指标同期没有可用的数", "the reference has no figure for this period"),
    (lambda r: r["status"] == "unknown", "缺少可比的基数", "there is no baseline to compare with"),
    (lambda r: r["status"] == "achieved" and _is_final(r), "终期数据已达到目标", "the final figure reaches the target"),
    (lambda r: r["status"] == "missed", "终期数据未达到目标，终期不设缓冲", "the final figure falls short, and the end has no tolerance band"),
    (lambda r: r["status"] == "achieved", "已达到全年目标", "the target of the whole year is reached"),
)  # fmt: skip


def _base(row: Row, lang: str) -> str:
    if row["kind"] == "change":
        return pick(lang, "（占基数）", " of the baseline")
    if row["measure"] in ("total", "level"):
        return pick(
            lang, f"（占目标 {number(row['target_value'])}）", f" of the target {number(row['target_value'])}"
        )
    return ""
