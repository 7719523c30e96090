"""Why a target has its colour, in words and figures, from the stored row of its assessment alone.

`sentences` gives one sentence a step: the promise, the figure and where it came from, what was expected and why,
the arithmetic, the rule, the state of the data, what the rest of the year must bring (models/prospects.py), and
what changed since the figure before. The page, the mail and `duban explain` show the same text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from models.assessment import DataState, Status
from models.notation import day, number, points, quantity, signed, stretch
from models.prospects import prospects

Row = Mapping[str, Any]
COMPARATORS = {">=": "≥", "<=": "≤", "~=": "≈"}


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


def promise(row: Row, lang: str) -> str:
    """What was promised, where the report says so, and who answers for it."""
    place = _place(row, lang)
    limit = _limit(row, lang)
    if lang == "zh":
        return f"目标：{place}“{row['printed']}”，{limit}（{row['nature']}）。"
    nature = {"约束性": "binding", "预期性": "expected"}.get(str(row["nature"]), str(row["nature"]))
    return f"Target: {place}, printed “{row['printed']}”, {limit} ({nature})."


def figure(row: Row, lang: str) -> str:
    """The actual with file, sheet, row, hash and vintage."""
    if row["period_end"] is None:
        return (
            "实际：本年还没有可用的数据。" if lang == "zh" else "Actual: no figure of the year is here yet."
        )
    value = quantity(row["actual"], _unit(row, lang), bound=row["actual_bound"])
    when = stretch(row["period_end"], row["basis"], lang)
    return f"{_words(lang, '实际：', 'Actual: ')}{when}{_words(lang, '', ' ')}{value}{_source(row, lang)}"


def schedule(row: Row, lang: str) -> str:
    """What was expected by now, and from what that follows."""
    if row["expected"] is None or row["period_end"] is None or row["status"] in ("not_due", "no_plan"):
        return ""
    expected = quantity(row["expected"], _unit(row, lang))
    reason = _SCHEDULES.get(str(row["schedule_basis"]), _by_target)(row, lang)
    whole = row.get("whole_number") and row["schedule_basis"] in ("seasonal", "linear")
    floor = (
        _words(lang, "（计数取整，舍去小数）", " (counts are whole, the fraction is dropped)")
        if whole
        else ""
    )
    return _words(
        lang, f"应达到：{reason}，即 {expected}{floor}。", f"Expected: {reason}, that is {expected}{floor}."
    )


def arithmetic(row: Row, lang: str) -> str:
    """Actual less expected, in the unit and in points."""
    if row["gap"] is None:
        return ""
    gap = signed(row["gap"])
    if row["kind"] == "stage":
        return _words(lang, f"差距：{gap} 天。", f"Gap: {gap} days.")
    sides = [number(row["actual"]), number(row["expected"])]
    less = " − ".join(sides if (row.get("sign") or 1) > 0 else sides[::-1])
    text = f"{less} = {gap}"
    if row["gap_points"] is not None:
        text += f"{_words(lang, '，合 ', ', or ')}{points(row['gap_points'], lang, None)}{_base(row, lang)}"
    return _words(lang, f"差距：{text}。", f"Gap: {text}.")


def peer(row: Row, lang: str) -> str:
    """The same figure of the region above, where it is there."""
    if row.get("peer_value") is None or row["kind"] in ("total", "level", "stage"):
        return ""
    value = quantity(row["peer_value"], _unit(row, lang))
    region = row["peer_region"]
    return _words(
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
            _words(lang, "，轻重 ", ", severity ")
            + f"{number(abs(shortfall))} ÷ {number(row['scale'])} = {number(row['severity'])}"
        )
    return _words(lang, f"状态：{reason}，为“{status}”{severity}。", f"Status: {reason}: {status}{severity}.")


def data_state(row: Row, lang: str) -> str:
    """What is missing, since when; nothing where the figure is here."""
    state = DataState(row["data_state"])
    late = row.get("days_late")
    if state is DataState.CURRENT:
        return ""
    text = state.word(lang)
    if state in (DataState.LATE, DataState.NEVER_DELIVERED) and late:
        due = day(row["due_on"], lang)
        text += _words(
            lang,
            f"，下一期应于{due}报送，已迟 {late} 天",
            f", the next figure was due on {due}, {late} days ago",
        )
    return _words(lang, f"数据：{text}。", f"Data: {text}.")


def history(row: Row, lang: str) -> str:
    """What the figure before said, and how long the status has lasted."""
    if row.get("period_previous") is None:
        return ""
    before = Status(row["status_previous"]).word(lang)
    when = stretch(row["period_previous"], row["basis"], lang)
    value = quantity(row["actual_previous"], _unit(row, lang))
    count, since = row["periods_in_status"], stretch(row["status_since"], row["basis"], lang)
    return _words(
        lang,
        f"上一期：{when} {value}，“{before}”；本状态自{since}起，连续 {count} 期。",
        f"Before: {when} {value}, {before}; this status since {since}"
        + (f", {count} figures in a row." if count > 1 else "."),
    )


def _reason(row: Row, lang: str) -> str:
    for holds, zh, en in _REASONS:
        if holds(row):
            return _words(lang, zh, en)
    rule = f"{row['rule_set']}"
    label = row.get("rule_label") or ""
    lumpy = ""
    if row.get("lumpy") and row["status"] == "slightly_behind" and row["schedule_basis"] != "interim":
        lumpy = _words(
            lang,
            "（零星完成的目标，未到自己的日期不判红）",
            " (comes in lumps: never red before its own dates)",
        )
    priority = row.get("rule_priority")
    return _words(
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


def _limit(row: Row, lang: str) -> str:
    value = quantity(row["target_value"], _unit(row, lang))
    comparator, tolerance = row["comparator"], row.get("tolerance")
    if row["kind"] == "stage":
        return _words(lang, "按期完成节点", "stages done on time")
    if comparator is None:
        return _words(lang, "结果待录入", "result still to be entered")
    if row["target_value"] is None and comparator not in ("relative", "increase", "decrease", "hold"):
        return _words(lang, "任务值待下达", "value still to be assigned")
    if comparator == "range":
        high = quantity(row["value_high"], _unit(row, lang))
        return _words(lang, f"{value}至{high}", f"{value} to {high}")
    if comparator == "relative":
        extra = (
            _words(
                lang,
                f"（允许低 {number(tolerance)} 个百分点）",
                f" (may be {number(tolerance)} points short)",
            )
            if tolerance
            else ""
        )
        return _words(lang, f"与参照指标增速同步{extra}", f"in step with the growth of its reference{extra}")
    if comparator in ("increase", "decrease", "hold"):
        zh, en = {
            "increase": ("上升", "to rise"),
            "decrease": ("下降", "to fall"),
            "hold": ("保持", "to hold"),
        }[comparator]
        return _words(lang, f"与基期相比{zh}", f"{en} against the baseline")
    about = f"{_words(lang, '，允许偏差 ', ', tolerance ')}{number(tolerance)}" if comparator == "~=" else ""
    return f"{COMPARATORS.get(comparator, '')} {value}{about}".strip()


def _place(row: Row, lang: str) -> str:
    section, paragraph = row["section"], row["paragraph"]
    if lang == "zh":
        part = "总目标" if section == "headline" else f"第{section}部分"
        return f"{row['year']}年报告{part}" + (f"第{paragraph}段" if paragraph else "")
    part = "headline targets" if section == "headline" else f"section {section}"
    return f"{row['year']} report, {part}" + (f", paragraph {paragraph}" if paragraph else "")


def _source(row: Row, lang: str) -> str:
    place = [str(row["source_file"])]
    if row.get("source_sheet"):
        place.append(_words(lang, f"工作表“{row['source_sheet']}”", f"sheet “{row['source_sheet']}”"))
    if row.get("source_row"):
        column = row.get("source_column") or ""
        place.append(
            _words(
                lang, f"第 {row['source_row']} 行 {column} 列", f"row {row['source_row']}, column {column}"
            )
        )
    if row.get("sha256"):
        place.append(f"sha256 {row['sha256']}")
    if row.get("received"):
        place.append(
            _words(lang, f"{day(row['received'], lang)}收到", f"received {day(row['received'], lang)}")
        )
    place.append(_words(lang, *_VINTAGES.get(str(row["finality"]), ("", ""))))
    place.append(_words(lang, *_ORIGINS.get(str(row["provenance"]), ("", ""))))
    text = _words(lang, "，", ", ").join(part for part in place if part)
    return _words(lang, f"（{text}）。", f" ({text}).")


_VINTAGES = {
    "estimate": ("预计数", "estimate"),
    "preliminary": ("初步数", "preliminary"),
    "revised": ("修订数", "revised"),
    "final": ("最终数", "final"),
}
_ORIGINS = {
    "official": ("官方报送", "official"),
    "public": ("取自公开页面", "from a public page"),
    "simulated": ("模拟数据", "simulated"),
}


def _by_interim(row: Row, lang: str) -> str:
    when = day(row.get("interim_period"), lang)
    return _words(
        lang,
        f"台账定有{when}的阶段目标 {number(row.get('interim_value'))}",
        f"the book sets an interim target of {number(row.get('interim_value'))} for {when}",
    )


def _by_earlier_years(row: Row, lang: str) -> str:
    years = [part.replace(":", " ") for part in str(row.get("share_years") or "").split("|")]
    shown = (
        "；".join(_share(part) for part in years)
        if lang == "zh"
        else "; ".join(_share(part) for part in years)
    )
    share, limit = number(row["schedule_share"]), number(row.get("limit_value"))
    return _words(
        lang,
        f"往年同期占全年的比重平均为 {share}（{shown}；时间进度 {number(row['linear_share'])}），{limit} × {share}",
        f"earlier years had reached {share} on average by then ({shown}; by the calendar {number(row['linear_share'])}), {limit} × {share}",
    )


def _share(part: str) -> str:
    year, _, fraction = part.partition(" ")
    then, _, whole = fraction.partition("/")
    return f"{year}: {_trimmed(then)}/{_trimmed(whole)}"


def _by_calendar(row: Row, lang: str) -> str:
    elapsed, total = row.get("months_elapsed"), row.get("months_total")
    return _words(
        lang,
        f"按时间进度 {number(row.get('limit_value'))} × {elapsed}/{total}",
        f"by the calendar {number(row.get('limit_value'))} × {elapsed}/{total}",
    )


def _by_line(row: Row, lang: str) -> str:
    base, limit = number(row["reference_value"]), number(row.get("limit_value"))
    elapsed, total = row.get("months_elapsed"), row.get("months_total")
    if row["reference_value"] is None:
        return _words(
            lang, "没有上年末基数，只看是否达到", "without last year-end's level only reaching it counts"
        )
    return _words(lang, f"由上年末 {base} 到 {limit} 的直线，{base} + ({limit} − {base}) × {elapsed}/{total}",
                  f"on the line from last year-end's {base} to {limit}, {base} + ({limit} − {base}) × {elapsed}/{total}")  # fmt: skip


def _by_baseline(row: Row, lang: str) -> str:
    value = quantity(row["reference_value"], _unit(row, lang))
    if row["kind"] == "relative":
        return _words(lang, f"参照指标同期 {value}", f"the reference stands at {value} for the same period")
    when = day(row.get("reference_period"), lang)
    return _words(lang, f"基期（{when}）为 {value}", f"the baseline ({when}) is {value}")


def _by_target(row: Row, lang: str) -> str:
    if row["kind"] == "stage":
        return _words(lang, "到期应完成的节点数", "stages due by now")
    return _words(lang, "全年都按目标值衡量", "it is held to the target all year")


_SCHEDULES: dict[str, Callable[[Row, str], str]] = {
    "interim": _by_interim,
    "seasonal": _by_earlier_years,
    "linear": _by_calendar,
    "line": _by_line,
    "baseline": _by_baseline,
}


def _base(row: Row, lang: str) -> str:
    if row["kind"] == "change":
        return _words(lang, "（占基数）", " of the baseline")
    if row["measure"] in ("total", "level"):
        return _words(
            lang, f"（占目标 {number(row['target_value'])}）", f" of the target {number(row['target_value'])}"
        )
    return ""


def _unit(row: Row, lang: str) -> str:
    unit = str(row["unit"] or "")
    return unit if lang == "zh" or unit == "%" else f" {unit}"


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _words(lang: str, zh: str, en: str) -> str:
    return zh if lang == "zh" else en
