"""What was expected by now, in words and figures: interim figure, earlier years, calendar, line or baseline."""

from __future__ import annotations

from collections.abc import Callable

from models.notation import day, number, quantity
from models.phrase import Row, pick, unit_of


def schedule(row: Row, lang: str) -> str:
    """What was expected by now, and from what that follows."""
    if row["expected"] is None or row["period_end"] is None or row["status"] in ("not_due", "no_plan"):
        return ""
    expected = quantity(row["expected"], unit_of(row, lang))
    reason = _SCHEDULES.get(str(row["schedule_basis"]), _by_target)(row, lang)
    whole = row.get("whole_number") and row["schedule_basis"] in ("seasonal", "linear")
    floor = (
        pick(lang, "（计数取整，舍去小数）", " (counts are whole, the fraction is dropped)") if whole else ""
    )
    return pick(
        lang, f"应达到：{reason}，即 {expected}{floor}。", f"Expected: {reason}, that is {expected}{floor}."
    )


def _by_interim(row: Row, lang: str) -> str:
    when = day(row.get("interim_period"), lang)
    return pick(
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
    return pick(
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
    return pick(
        lang,
        f"按时间进度 {number(row.get('limit_value'))} × {elapsed}/{total}",
        f"by the calendar {number(row.get('limit_value'))} × {elapsed}/{total}",
    )


def _by_line(row: Row, lang: str) -> str:
    base, limit = number(row["reference_value"]), number(row.get("limit_value"))
    elapsed, total = row.get("months_elapsed"), row.get("months_total")
    if row["reference_value"] is None:
        return pick(
            lang, "没有上年末基数，只看是否达到", "without last year-end's level only reaching it counts"
        )
    return pick(lang, f"由上年末 {base} 到 {limit} 的直线，{base} + ({limit} − {base}) × {elapsed}/{total}",
                  f"on the line from last year-end's {base} to {limit}, {base} + ({limit} − {base}) × {elapsed}/{total}")  # fmt: skip


def _by_baseline(row: Row, lang: str) -> str:
    value = quantity(row["reference_value"], unit_of(row, lang))
    if row["kind"] == "relative":
        return pick(lang, f"参照指标同期 {value}", f"the reference stands at {value} for the same period")
    when = day(row.get("reference_period"), lang)
    return pick(lang, f"基期（{when}）为 {value}", f"the baseline ({when}) is {value}")


def _by_target(row: Row, lang: str) -> str:
    if row["kind"] == "stage":
        return pick(lang, "到期应完成的节点数", "stages due by now")
    return pick(lang, "全年都按目标值衡量", "it is held to the target all year")


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


_SCHEDULES: dict[str, Callable[[Row, str], str]] = {
    "interim": _by_interim,
    "seasonal": _by_earlier_years,
    "linear": _by_calendar,
    "line": _by_line,
    "baseline": _by_baseline,
}
