"""What the back-test prints: one table a group of series, a reliability table, in Chinese or English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from unicodedata import east_asian_width

from models.message import in_language, say

Line = Sequence[str]

METHODS: dict[str, str] = {
    "ours": say("本方法"),
    "linear": say("时间进度"),
    "last_share": say("上年同期进度"),
    "mean_share": say("近三年同期进度"),
    "carried": say("保持现值"),
}
GROUPS: dict[str, str] = {
    "flow": say("总量,不含存量(上年结转)和会变号的序列;误差、区间宽度为实际值的 %"),
    "total": say("全部总量;误差、区间宽度为实际值的 %"),
    "growth": say("增速;误差、区间宽度为百分点"),
}
HEADS: dict[str, str] = {
    "month": say("截至月"),
    "error": say("误差"),
    "coverage": say("覆盖%"),
    "width": say("宽度"),
    "brier": say("Brier"),
    "all": say("合计"),
    "series": say("个序列"),
    "forecasts": say("次预测"),
    "each": say("每个序列同权;宽度为中位数"),
    "alike": say("每次预测同权时"),
    "reliability": say("概率可靠性:说多少,成多少"),
    "said": say("所说%"),
    "happened": say("实现%"),
    "count": say("次数"),
}
MEASURES = ("error", "coverage", "width", "brier")


def report(
    scores: Sequence[Mapping[str, Any]], reliability: Sequence[Mapping[str, Any]], *, lang: str
) -> str:
    """The whole report as text, ready to print."""
    parts = [_group(group, scores, lang=lang) for group in GROUPS if _of(scores, scored_in=group)]
    return "\n\n".join([*parts, _reliability(reliability, lang)])


def _group(group: str, scores: Sequence[Mapping[str, Any]], *, lang: str) -> str:
    rows = _of(scores, scored_in=group)
    methods = [method for method in METHODS if _of(rows, method=method)]
    months = [*sorted({row["month"] for row in rows if row["month"]}), None]
    ours = _of(rows, method="ours", month=None)[0]
    title = (
        f"{in_language(GROUPS[group], lang)}\n{ours['n_series']} {in_language(HEADS['series'], lang)}, "
        f"{ours['n_forecasts']} {in_language(HEADS['forecasts'], lang)}; {in_language(HEADS['each'], lang)}\n"
        f"{_alike(ours, lang)}"
    )
    tables = [_measure(measure, rows, methods=methods, months=months, lang=lang) for measure in MEASURES]
    return "\n\n".join([title, *(table for table in tables if table)])


def _measure(
    measure: str,
    rows: Sequence[Mapping[str, Any]],
    *,
    methods: Sequence[str],
    months: Sequence[int | None],
    lang: str,
) -> str:
    cell = {(row["method"], row["month"]): row[measure] for row in rows}
    if all(value is None for value in cell.values()):
        return ""
    head = [in_language(HEADS[measure], lang), *(in_language(METHODS[method], lang) for method in methods)]
    lines = [
        [
            str(month) if month else in_language(HEADS["all"], lang),
            *(_figure(measure, cell.get((method, month))) for method in methods),
        ]
        for month in months
    ]
    return _table([head, *lines])


def _alike(ours: Mapping[str, Any], lang: str) -> str:
    shown = [
        f"{in_language(HEADS[measure], lang)} {_figure(measure, ours[f'{measure}_alike'])}"
        for measure in ("coverage", "brier")
        if ours[f"{measure}_alike"] is not None
    ]
    return f"{in_language(METHODS['ours'], lang)}, {in_language(HEADS['alike'], lang)}: {', '.join(shown)}"


def _reliability(rows: Sequence[Mapping[str, Any]], lang: str) -> str:
    head = ["%", *(in_language(HEADS[name], lang) for name in ("count", "said", "happened"))]
    lines = [
        [
            f"{row['tenth'] * 10}-{row['tenth'] * 10 + 10}",
            str(row["n_forecasts"]),
            f"{row['said'] * 100:.0f}",
            f"{row['happened'] * 100:.0f}",
        ]
        for row in rows
    ]
    return f"{in_language(HEADS['reliability'], lang)}\n{_table([head, *lines])}"


def _of(rows: Sequence[Mapping[str, Any]], **wanted: object) -> list[Mapping[str, Any]]:
    return [row for row in rows if all(row[key] == value for key, value in wanted.items())]


def _figure(measure: str, value: float | None) -> str:
    if value is None:
        return "-"
    if measure == "coverage":
        return f"{value * 100:.0f}"
    return f"{value:.3f}" if measure == "brier" else f"{value:.2f}"


def _table(lines: Sequence[Line]) -> str:
    widths = [max(_width(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join(
        "  ".join(_pad(cell, width) for cell, width in zip(line, widths, strict=True)) for line in lines
    )


def _pad(text: str, width: int) -> str:
    return " " * (width - _width(text)) + text


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
