"""What was expected by now, in words and figures: interim figure, earlier years, calendar, line or baseline."""

from __future__ import annotations

from collections.abc import Callable

from models.notation import day, month, number, stretch
from models.phrase import Row, bare, measured, operand, pick, share, told


def schedule(row: Row, lang: str) -> str:
    """What was expected by now, and from what that follows."""
    if row["expected"] is None or row["period_end"] is None or row["status"] in ("not_due", "no_plan"):
        return ""
    text = _SCHEDULES.get(str(row["schedule_basis"]), _by_target)(row, lang)
    return pick(lang, f"应达到：{text}。", f"Expected: {text}.")


def _by_interim(row: Row, lang: str) -> str:
    when = month(row.get("interim_period"), lang)
    return _expected(row, lang) + pick(
        lang, f"（台账所定{when}的阶段目标）", f" (the interim target that the book sets for {when})"
    )


def _by_earlier_years(row: Row, lang: str) -> str:
    used = share(row["schedule_share"])
    years = pick(lang, "、", ", ").join(
        _year(part, lang) for part in str(row.get("share_years") or "").split("|")
    )
    calendar = share(row["linear_share"], 1)
    return f"{_limit(row, lang)} × {used} = {_expected(row, lang)}" + pick(
        lang,
        f"（往年同期平均完成全年的{used}：{years}；时间进度{calendar}{_whole(row, lang)}）",
        f" (earlier years had reached {used} by then: {years}; by the calendar {calendar}{_whole(row, lang)})",
    )


def _year(part: str, lang: str) -> str:
    year, _, fraction = part.partition(":")
    then, _, whole = fraction.partition("/")
    return f"{year}{pick(lang, '年', '')} {_trimmed(then)}/{_trimmed(whole)}"


def _by_calendar(row: Row, lang: str) -> str:
    elapsed, total = row.get("months_elapsed"), row.get("months_total")
    return f"{_limit(row, lang)} × {elapsed}/{total} = {_expected(row, lang)}" + pick(
        lang, f"（按时间进度{_whole(row, lang)}）", f" (by the calendar{_whole(row, lang)})"
    )


def _by_line(row: Row, lang: str) -> str:
    if row["reference_value"] is None:
        return pick(
            lang, "没有上年末基数，只看是否达到目标", "without last year-end's level only reaching it counts"
        )
    base, limit = operand(row["reference_value"], lang), operand(row.get("limit_value"), lang)
    elapsed, total = row.get("months_elapsed"), row.get("months_total")
    sum_ = f"{base} + ({limit} − {base}) × {elapsed}/{total} = {_expected(row, lang)}"
    return sum_ + pick(
        lang, "（从上年末到目标按月均匀推进）", " (month by month from last year-end to the target)"
    )


def _by_baseline(row: Row, lang: str) -> str:
    if row["kind"] == "relative":
        name = row.get("reference_name") or pick(lang, "参照指标", "the reference")
        text = pick(lang, f"{name}同期", f"{name} for the same period: ")
        return text + told(row, row["reference_value"], lang) + _step(row, "reference_value", lang)
    value, when = measured(row, row["reference_value"], lang), _baseline_period(row, lang)
    zh, en = ("不高于", "at most") if (row.get("sign") or 1) < 0 else ("不低于", "at least")
    step = _step(row, "reference_value", lang)
    return pick(lang, f"{when}为{value}，应{zh}这个数{step}", f"{en} what it was {when}, {value}{step}")


def _baseline_period(row: Row, lang: str) -> str:
    """上年末（2023年12月31日）, or 上年同期（2023年1—10月）."""
    period = row.get("reference_period")
    if row["basis"] == "point" or row["measure"] == "level":
        return pick(lang, f"上年末（{day(period, lang)}）", f"at last year-end ({day(period, lang)})")
    year, months = row["year"] - 1, stretch(period, row["basis"], lang)
    return pick(lang, f"上年同期（{year}年{months}）", f"in the same months of last year ({months} {year})")


def _step(row: Row, base: str, lang: str) -> str:
    """What lies between the base and what is expected: ，即 6.9 − 0.2 = 6.7%."""
    if row["expected"] == row[base]:
        return ""
    step = row["expected"] - row[base]
    sum_ = f"{bare(row[base], lang)} {'+' if step > 0 else '−'} {bare(abs(step), lang)}"
    return pick(lang, f"，即 {sum_} = {_expected(row, lang)}", f", that is {sum_} = {_expected(row, lang)}")


def _by_target(row: Row, lang: str) -> str:
    if row["kind"] == "stage":
        when, count = stretch(row["period_end"], row["basis"], lang), number(row["expected"])
        if not row["expected"]:
            return pick(lang, f"按计划，到{when}还没有节点到期", f"by the plan no stage by {when}")
        unit = "stage" if count == "1" else "stages"
        return pick(lang, f"按计划，到{when}应完成 {count} 个节点", f"by the plan {count} {unit} by {when}")
    text = _expected(row, lang)
    if row["comparator"] == "~=" and row["expected"] != row["target_value"]:
        text = measured(row, row["target_value"], lang) + _step(row, "target_value", lang)
    return text + pick(lang, "（全年都以目标值衡量）", " (held to the target all year)")


def _expected(row: Row, lang: str) -> str:
    return measured(row, row["expected"], lang)


def _limit(row: Row, lang: str) -> str:
    return measured(row, row.get("limit_value"), lang)


def _whole(row: Row, lang: str) -> str:
    return (
        pick(lang, "；计数舍去小数", "; the fraction of a count is dropped")
        if row.get("whole_number")
        else ""
    )


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


_SCHEDULES: dict[str, Callable[[Row, str], str]] = {
    "interim": _by_interim,
    "seasonal": _by_earlier_years,
    "linear": _by_calendar,
    "line": _by_line,
    "baseline": _by_baseline,
}
