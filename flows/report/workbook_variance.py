"""The workbook's variance sheet: one row a target in the notation of plan and actual."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from flows.report.reading import Row
from flows.report.sheet import Column, Pen, Sheet
from models import notation
from models.words import unit_word, word

PRINTED = 17  # columns that go to paper; the others are for the screen


def plan(row: Row) -> Decimal | None:
    """PL: what should have been reached by now, as it was judged; what is not due yet has none."""
    return None if row["expected"] is None else Decimal(row["expected"])


def difference(row: Row) -> Decimal | None:
    """ΔPL: actual less plan as numbers; whether that is good is told by the sign of `gap`."""
    planned = plan(row)
    if row["actual"] is None or planned is None or row["gap"] is None or row["kind"] == "stage":
        return None
    return Decimal(row["actual"]) - planned


def variance_columns(pen: Pen) -> tuple[Column, ...]:
    """Heading, width, format and content of each column of the variance sheet."""
    month, lang = pen.month, pen.lang

    def said(group: str) -> Callable[[Row], str]:
        return lambda row: word(f"{group}.{row[group]}", lang) if row[group] else ""

    return (
        Column("status", 12, "status", said("status")),
        Column("indicator", 30, "wrap", lambda row: month.indicator_name(row, lang)),
        Column(
            "responsible_office", 18, "wrap", lambda row: month.office_name(row["responsible_office"], lang)
        ),
        Column("printed", 24, "wrap", lambda row: row["printed"]),
        Column(
            "period",
            10,
            "text",
            lambda row: notation.stretch(row["period_end"], row["basis"], lang) if row["period_end"] else "",
        ),
        Column("unit", 8, "text", lambda row: unit_word(row["unit"], lang)),
        Column("target", 11, "unit", lambda row: row["target_value"]),
        Column("plan", 11, "unit", plan),
        Column("actual", 11, "unit", lambda row: row["actual"] if row["kind"] != "stage" else None),
        Column("difference", 11, "signed", difference),
        Column("gap_points", 12, "points", lambda row: notation.points_of(row)),
        Column("completion", 10, "percent", lambda row: row["completion"]),
        Column("required", 11, "unit", lambda row: row["required"]),
        Column("required_growth", 11, "percent", lambda row: row["required_growth"]),
        Column("forecast", 11, "unit", lambda row: row["forecast"]),
        Column("outlook", 12, "text", said("outlook")),
        Column("data_state", 12, "text", said("data_state")),
        Column("section", 26, "wrap", lambda row: month.section_name(row, lang)),
        Column("severity", 9, "share", lambda row: row["severity"]),
        Column("forecast_low", 11, "unit", lambda row: row["forecast_low"]),
        Column("forecast_high", 11, "unit", lambda row: row["forecast_high"]),
        Column("reporting_office", 18, "wrap", lambda row: month.office_name(row["reporting_office"], lang)),
        Column("finality", 8, "text", said("finality")),
        Column("provenance", 8, "text", said("provenance")),
        Column("rule_set", 11, "text", lambda row: row["rule_set"]),
        Column("source_file", 42, "wrap", lambda row: row["source_file"]),
        Column("source_row", 7, "integer", lambda row: row["source_row"]),
        Column("target_id", 24, "text", lambda row: row["target_id"]),
    )


def write_variance(pen: Pen) -> None:
    """One row a target, with filters, coloured statuses and bars for the gap."""
    columns = variance_columns(pen)
    sheet = pen.sheet("variance", landscape=True)
    top = pen.table(sheet, "variance", columns, pen.month.variance, printed=PRINTED)
    last = top + max(1, len(pen.month.variance))
    sheet.freeze_panes(top + 1, 2)
    places = {column.name: index for index, column in enumerate(columns)}
    pen.colour_statuses(sheet, top + 1, places["status"], last, places["status"])
    bar = {
        "type": "data_bar",
        "bar_color": "#2E7D4F",
        "bar_negative_color": "#C2261E",
        "bar_solid": True,
        "bar_axis_position": "middle",
    }
    sheet.conditional_format(top + 1, places["gap_points"], last, places["gap_points"], bar)
    for name in ("difference", "gap_points"):
        _colour_by_gap(pen, sheet, top + 1, places[name], last, places["gap_points"])


def _colour_by_gap(pen: Pen, sheet: Sheet, first: int, column: int, last: int, gap_column: int) -> None:
    """Good and bad by direction: the colour follows the gap, whatever the sign of the number."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    gap = xl_rowcol_to_cell(first, gap_column, col_abs=True)
    for test, name in ((f"=AND(ISNUMBER({gap}),{gap}<0)", "bad"), (f"=AND(ISNUMBER({gap}),{gap}>0)", "good")):
        sheet.conditional_format(
            first, column, last, column, {"type": "formula", "criteria": test, "format": pen.format(name)}
        )
