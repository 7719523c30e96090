"""The workbook's first sheet: how many targets stand where, by run, section and office, with charts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from flows.report.month import Month, section_order
from flows.report.palette import PRINT_COLOURS, STATUSES
from flows.report.reading import Row
from flows.report.sheet import Pen, Sheet
from models.words import word


def write_summary(pen: Pen) -> None:
    """Counts by status, by month, by section and by office, with their charts."""
    sheet = pen.sheet("summary", landscape=True)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, len(STATUSES) + 1, 10)
    top = pen.heading(sheet, "summary")
    month = pen.month
    months_top = _count_table(pen, sheet, top, "column.as_of", _counts_by_month(month, pen.lang))
    sections = _grouped_counts(
        month, lambda row: month.section_name(row, pen.lang), _section_names(month, pen.lang)
    )
    sections_top = _count_table(pen, sheet, months_top[1] + 2, "column.section", sections)
    offices = _grouped_counts(month, lambda row: month.office_name(row["responsible_office"], pen.lang), [])
    last = _count_table(pen, sheet, sections_top[1] + 2, "column.responsible_office", offices)
    _count_chart(pen, sheet, months_top, "column", word("sheet.chart_months", pen.lang), 0)
    _count_chart(pen, sheet, sections_top, "bar", word("sheet.chart_sections", pen.lang), 19)
    sheet.print_area(0, 0, max(last[1], 40), len(STATUSES) + 14)


def _section_names(month: Month, lang: str) -> list[str]:
    rows = sorted(month.variance, key=lambda row: section_order(row["section"]))
    return list(dict.fromkeys(month.section_name(row, lang) for row in rows))


def _counts_by_month(month: Month, lang: str) -> list[tuple[str, Counter[str]]]:
    """Statuses as each run of the year saw them, one line an as-of date."""
    return [
        (as_of.isoformat(), Counter(row["status"] for row in month.standing(as_of))) for as_of in month.dates
    ]


def _grouped_counts(
    month: Month, name: Callable[[Row], str], order: list[str]
) -> list[tuple[str, Counter[str]]]:
    counts: dict[str, Counter[str]] = {label: Counter() for label in order}
    for row in month.variance:
        counts.setdefault(name(row), Counter())[row["status"]] += 1
    found = [(label, count) for label, count in counts.items() if count]
    return (
        found if order else sorted(found, key=lambda item: (-item[1]["behind"] - item[1]["missed"], item[0]))
    )


def _count_table(
    pen: Pen, sheet: Sheet, top: int, title: str, lines: list[tuple[str, Counter[str]]]
) -> tuple[int, int]:
    """Write one line a label and one column a status; gives its first and last row (from 0)."""
    header = [
        word(title, pen.lang),
        *(word(f"status.{s}", pen.lang) for s in STATUSES),
        word("column.sum", pen.lang),
    ]
    sheet.set_row(top, 32)
    for column, text in enumerate(header):
        sheet.write_string(top, column, text, pen.format("header"))
    for offset, (label, count) in enumerate(lines, start=1):
        sheet.write_string(top + offset, 0, label, pen.format("text"))
        for column, status in enumerate(STATUSES, start=1):
            sheet.write_number(top + offset, column, count[status], pen.format("count"))
        sheet.write_number(top + offset, len(STATUSES) + 1, count.total(), pen.format("count"))
    return top, top + len(lines)


def _count_chart(pen: Pen, sheet: Sheet, place: tuple[int, int], kind: str, title: str, row: int) -> None:
    chart = pen.book.add_chart({"type": kind, "subtype": "stacked"})
    top, last = place
    for column, status in enumerate(STATUSES, start=1):
        cells = [pen.name("summary"), top + 1, column, last, column]
        labels = [pen.name("summary"), top + 1, 0, last, 0]
        colour = PRINT_COLOURS[status]
        chart.add_series(
            {
                "name": [pen.name("summary"), top, column],
                "categories": labels,
                "values": cells,
                "fill": {"color": colour},
                "gap": 60,
            }
        )
    chart.set_title({"name": title + pen.mark, "name_font": {"size": 12}})
    chart.set_legend({"position": "bottom"})
    lines = {"major_gridlines": {"visible": True, "line": {"color": "#DDDDDD"}}}
    if kind == "bar":
        chart.set_y_axis({"reverse": True})
        chart.set_x_axis({**lines, "label_position": "high"})
    else:
        chart.set_y_axis(lines)
        chart.set_x_axis({"num_font": {"rotation": -45}})
    chart.set_size({"width": 620, "height": 360})
    sheet.insert_chart(2 + row, len(STATUSES) + 3, chart, {"description": title})
