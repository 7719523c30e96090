"""Month, quarter, year so far or point in time: which stretch a figure covers, or the question to ask."""

from __future__ import annotations

from flows.receive.faults import Fault
from flows.receive.labels import CURRENT
from flows.receive.words import Series, Words
from models.message import say
from models.period import MONTH, QUARTER, SPAN, YEAR, Period


def basis_at(series: Series, period: Period) -> str | Fault:
    """The basis of a figure of `series` for `period`, or why it is not clear."""
    found = series.bases.get(period)
    if found is None:
        found = series.bases[period] = _find_basis(series, period)
    return found


def _find_basis(series: Series, period: Period) -> str | Fault:
    """Words first, then the period's own form, then the book's default where nothing else is possible."""
    stated = series.words.label.basis
    if stated == CURRENT:
        stated = {QUARTER: "quarter", YEAR: "ytd", SPAN: "ytd"}.get(period.kind, "month")
    if series.measure == "level" or (stated == "month" and _is_at_a_point(series)):
        return "point"
    if stated:
        return stated if _agrees(stated, period) else _conflict_fault(stated)
    return _unstated_basis(series, period)


def _is_at_a_point(series: Series) -> bool:
    """A rate that the book takes at a point in time: 失业率 under 本月 is that month's, not one of the month alone."""
    return series.measure == "ratio" and series.indicator.basis == "point"


def _agrees(stated: str, period: Period) -> bool:
    month = period.end.month
    allowed = {
        "ytd": period.basis in ("", "ytd"),
        "point": period.basis in ("", "point") or period.kind == YEAR,
        "month": period.kind == MONTH,
        "quarter": month % 3 == 0
        and (period.kind in (MONTH, QUARTER) or (period.kind == SPAN and month == 3)),
    }
    return allowed[stated]


def _conflict_fault(stated: str) -> Fault:
    named = {"ytd": say("累计"), "month": say("当月"), "quarter": say("当季"), "point": say("时点")}[stated]
    return Fault(
        "basis_conflict",
        say("时期的写法与“{named}”矛盾。", named=named),
        say("请核对：累计写 1—3月，当月写 3月，当季写 一季度。"),
    )


def _unstated_basis(series: Series, period: Period) -> str | Fault:
    default = series.indicator.basis
    if period.basis:
        return "point" if default == "point" and period.kind != SPAN else period.basis
    if default == "point" or series.measure in ("ratio", "rank", "stage", "index"):
        return default
    if series.words.is_own_month and series.measure == "growth":
        return "quarter" if period.kind == QUARTER else "month"
    return default if _is_unambiguous(default, period, series.words) else _ambiguous_fault(period)


def _is_unambiguous(default: str, period: Period, words: Words) -> bool:
    if period.kind == QUARTER:
        return default == "quarter" or (default == "ytd" and period.end.month == 3)
    if words.is_row:
        return default != "quarter" or period.end.month % 3 == 0
    return default == "month" or (default == "ytd" and period.end.month == 1)


def _ambiguous_fault(period: Period) -> Fault:
    own = say("当季") if period.kind == QUARTER else say("当月")
    ytd = say("年初以来累计")
    return Fault(
        "ambiguous_basis",
        say("没有写明是{own}数还是{ytd}数。", own=own, ytd=ytd),
        say("请在表头写明“{own}”或“累计”，或把时期写成 1—{month}月。", own=own, month=period.end.month),
    )
