"""The workbook's history sheet: statuses and figures by month, with a small line for each target."""

from __future__ import annotations

from datetime import date

from flows.report.reading import Row
from flows.report.sheet import Pen, Sheet
from models import notation
from models.words import unit_word, word


def write_history(pen: Pen) -> None:
    """Statuses of every target by month, and beside them the figures with a small line."""
    month, lang = pen.month, pen.lang
    periods = sorted(
        {
            row["period_end"]
            for rows in month.history.values()
            for row in rows
            if row["period_end"].year >= month.year
        }
    )
    sheet = pen.sheet("history", landscape=True)
    top = pen.heading(sheet, "history")
    fixed = [word(f"column.{name}", lang) for name in ("indicator", "responsible_office", "unit", "trend")]
    labels = [notation.month(period, lang) for period in periods]
    for column, text in enumerate([*fixed, *labels, *labels]):
        sheet.write_string(top, column, text, pen.format("header"))
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 18)
    sheet.set_column(2, 2, 8)
    sheet.set_column(3, 3, 16)
    sheet.set_column(4, 3 + 2 * len(periods), 11)
    for offset, target in enumerate(month.variance, start=1):
        _history_line(pen, sheet, top + offset, target, periods)
    last = top + max(1, len(month.variance))
    pen.colour_statuses(sheet, top + 1, 4, last, 3 + max(1, len(periods)))
    sheet.freeze_panes(top + 1, 1)
    sheet.autofilter(top, 0, last, 3 + 2 * len(periods))
    sheet.repeat_rows(top)
    sheet.print_area(0, 0, last, 3 + max(1, len(periods)))  # the figures behind the line stay on the screen


def _history_line(pen: Pen, sheet: Sheet, row: int, target: Row, periods: list[date]) -> None:
    month, lang = pen.month, pen.lang
    found = {line["period_end"]: line for line in month.history.get(target["target_id"], ())}
    sheet.write_string(row, 0, month.indicator_name(target, lang), pen.format("wrap"))
    sheet.write_string(row, 1, month.office_name(target["responsible_office"], lang), pen.format("wrap"))
    sheet.write_string(row, 2, unit_word(target["unit"], lang), pen.format("text"))
    for offset, period in enumerate(periods):
        line = found.get(period)
        sheet.write_string(
            row, 4 + offset, word(f"status.{line['status']}", lang) if line else "", pen.format("status")
        )
        pen.write(
            sheet,
            row,
            4 + len(periods) + offset,
            line["actual"] if line else None,
            pen.unit_format(target["unit"]),
        )
    if any(line["actual"] is not None for line in found.values()) and target["kind"] != "stage":
        cells = (row, 4 + len(periods), row, 3 + 2 * len(periods))
        from xlsxwriter.utility import xl_range_abs

        where = f"'{pen.name('history')}'!{xl_range_abs(*cells)}"
        sheet.add_sparkline(
            row,
            3,
            {
                "range": where,
                "series_color": "#3B4754",
                "last_point": True,
                "last_color": "#1D5FD1",
                "show_hidden": True,
            },
        )
