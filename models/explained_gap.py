"""The arithmetic of a gap: actual less expected, in the unit and in points, as far as the stored digits go."""

from __future__ import annotations

from decimal import Decimal

from models.assessment import Status
from models.notation import number, points, signed
from models.phrase import Row, bare, measured, operand, pick, unit_of

_SHORT = (Status.SLIGHTLY_BEHIND, Status.BEHIND, Status.MISSED)
_BOUNDS = {">=": ("不小于 ", "at least "), "<=": ("不大于 ", "at most ")}


def arithmetic(row: Row, lang: str) -> str:
    """Actual less expected (a cap less the actual), in the unit and in points; of stages, the days."""
    if row["gap"] is None:
        return ""
    if row["kind"] == "stage":
        return _days(row, lang)
    text = f"{_bound(row, lang)}{_difference(row, lang)} = {_gap(row, lang)}{_in_points(row, lang)}"
    return pick(lang, f"差距：{text}{_trace(row, lang)}。", f"Gap: {text}{_trace(row, lang)}.")


def is_trace(row: Row) -> bool:
    """Whether a target falls short by less than is printed: 100/3 against 33.333333."""
    gap, in_points = row["gap"], row["gap_points"]
    shown = gap if in_points is None else in_points
    return bool(shown is not None and row["status"] in _SHORT and abs(shown) < Decimal("0.005"))


def _difference(row: Row, lang: str) -> str:
    sides = [row["actual"], row["expected"]]
    first, second = sides if (row.get("sign") or 1) > 0 else sides[::-1]
    return f"{bare(first, lang)} − {operand(second, lang)}"


def _gap(row: Row, lang: str) -> str:
    if row["measure"] == "rank":
        return signed(row["gap"]) + pick(lang, "位", " place" if abs(row["gap"]) == 1 else " places")
    if _is_rate(row) or row["unit"] == "%":
        return points(row["gap"], lang, None)
    return signed(row["gap"]) + unit_of(row, lang)


def _in_points(row: Row, lang: str) -> str:
    """The same in points of target or baseline; rates are in points already, places have none."""
    if row["gap_points"] is None or _is_rate(row) or row["measure"] == "rank" or is_trace(row):
        return ""
    return f"{pick(lang, '，合', ', or ')}{points(row['gap_points'], lang, 2)}{_base(row, lang)}"


def _bound(row: Row, lang: str) -> str:
    """A figure that is a bound gives a gap that is one."""
    bound = row["actual_bound"]
    if not bound:
        return ""
    if (row.get("sign") or 1) < 0:
        bound = "<=" if bound == ">=" else ">="
    return pick(lang, *_BOUNDS[bound])


def _trace(row: Row, lang: str) -> str:
    if not is_trace(row):
        return ""
    return pick(
        lang,
        "（差距极小；颜色按未四舍五入的数判断）",
        " (a trace: the colour goes by figures that are not rounded)",
    )


def _days(row: Row, lang: str) -> str:
    days = number(abs(row["gap"]))
    unit = "day" if days == "1" else "days"
    if row["status"] == "achieved":
        early = pick(lang, f"差距：比计划提前 {days} 天完成。", f"Gap: done {days} {unit} before the plan.")
        return early if row["gap"] > 0 else ""
    if row["gap"] < 0:
        return pick(
            lang,
            f"差距：最早的未完成节点已逾期 {days} 天。",
            f"Gap: the first open stage is {days} {unit} late.",
        )
    if not row["gap"]:
        return pick(
            lang, "差距：最早的未完成节点当天到期。", "Gap: the first open stage is due on that very day."
        )
    return pick(lang, f"差距：离下一个节点还有 {days} 天。", f"Gap: {days} {unit} until the next stage.")


def _is_rate(row: Row) -> bool:
    """Rates are compared in points already, and not beside a baseline."""
    return bool(row["kind"] != "change" and (row["measure"] == "growth" or row["unit"] == "%"))


def _base(row: Row, lang: str) -> str:
    if row["kind"] == "change":
        return pick(lang, "（占基数）", " of the baseline")
    if row["measure"] in ("total", "level"):
        target = measured(row, row["target_value"], lang)
        return pick(lang, f"（占目标{target}）", f" of the target {target}")
    return ""
