"""What was expected by now, in words and figures: interim figure, earlier years, calendar, line or baseline."""

from __future__ import annotations

from collections.abc import Callable

from models.notation import day, month, number, stretch
from models.phrase import Row, bare, measured, pick, share, told


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
    base, limit = bare(row["reference_value"], lang), bare(row.get("limit_value"), lang)
    elapsed, total = row.get("months_elapsed"), row.get("months_total")
    sum_ = f"{base} + ({limit} − {base}) × {elapsed}/{total} = {_expected(row, lang)}"
    return sum_ + pick(
        lang, "（从上年末到目标按月均匀推进）", " (month by month from last year-end to the target)"
    )


def _by_baseline(row: Row, lang: str) -> str:
    if row["kind"] == "relative":
        name = row.get("reference_name") or pick(lang, "参照指标", "the reference")
        text = pick(lang, f"{name}同期", f"{name} for the same period: ")
        text += told(row, row["reference_value"], lang)
    else:
        when = day(row.get("reference_period"), lang)
        side = ("不高于", "at most") if (row.get("sign") or 1) < 0 else ("不低于", "at least")
        value = measured(row, row["reference_value"], lang)
        text = pick(lang, f"{side[0]}基期（{when}）的{value}", f"{side[1]} the baseline ({when}), {value}")
    if row["expected"] == row["reference_value"]:
        return text
    return text + pick(lang, f"，合{_expected(row, lang)}", f", which makes {_expected(row, lang)}")


def _by_target(row: Row, lang: str) -> str:
    if row["kind"] == "stage":
        when, count = stretch(row["period_end"], row["basis"], lang), number(row["expected"])
        return pick(lang, f"按计划，{when}前应完成 {count} 个节点", f"by the plan {count} stages by {when}")
    return _expected(row, lang) + pick(lang, "（全年都以目标值衡量）", " (held to the target all year)")


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
