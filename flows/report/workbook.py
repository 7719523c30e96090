"""variance.xlsx: what officials open in Excel. Sheets, charts and formats; the cells' text is always text."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal

from flows.report.month import Month, section_order
from flows.report.palette import PRINT_COLOURS, STATUSES
from flows.report.reading import Row
from flows.report.sheet import Column, Pen, Sheet
from models import notation
from models.notation import RATES
from models.words import section_word, unit_word, word


def render(month: Month, lang: str = "zh") -> bytes:
    """The workbook's bytes; the same month gives the same bytes."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties(
        {
            "title": month.title(lang),
            "comments": word("simulated.long", lang) if month.is_simulated else "",
            "created": datetime.combine(month.as_of, datetime.min.time()),
        }
    )
    pen = Pen(book, month, lang)
    for write in (
        write_summary,
        write_variance,
        write_history,
        write_refusals,
        write_receipts,
        write_dictionary,
    ):
        write(pen)
    book.close()
    return buffer.getvalue()


PRINTED = 17  # columns of the variance sheet that go to paper; the others are for the screen


# -- summary ----------------------------------------------------------------------------------------------
def write_summary(pen: Pen) -> None:
    """Counts by status, by month, by section and by office, with their charts."""
    sheet = pen.sheet("summary", landscape=True)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, len(STATUSES) + 1, 10)
    top = pen.heading(sheet, "summary")
    month = pen.month
    months_top = _count_table(pen, sheet, top, "column.as_of", _counts_by_month(month, pen.lang))
    sections = _grouped_counts(
        month, lambda row: _section_name(row, pen.lang), _section_names(month, pen.lang)
    )
    sections_top = _count_table(pen, sheet, months_top[1] + 2, "column.section", sections)
    offices = _grouped_counts(month, lambda row: month.office_name(row["responsible_office"], pen.lang), [])
    last = _count_table(pen, sheet, sections_top[1] + 2, "column.responsible_office", offices)
    _count_chart(pen, sheet, months_top, "column", word("sheet.chart_months", pen.lang), 0)
    _count_chart(pen, sheet, sections_top, "bar", word("sheet.chart_sections", pen.lang), 19)
    sheet.print_area(0, 0, max(last[1], 40), len(STATUSES) + 14)


def _section_name(row: Row, lang: str) -> str:
    return section_word(row["section"], lang)


def _section_names(month: Month, lang: str) -> list[str]:
    sections = {row["section"] for row in month.variance}
    return [section_word(section, lang) for section in sorted(sections, key=section_order)]


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
    chart.set_y_axis(
        {"reverse": True}
        if kind == "bar"
        else {"major_gridlines": {"visible": True, "line": {"color": "#DDDDDD"}}}
    )
    chart.set_size({"width": 620, "height": 360})
    sheet.insert_chart(2 + row, len(STATUSES) + 3, chart, {"description": title})


# -- variance ---------------------------------------------------------------------------------------------
def plan(row: Row) -> Decimal | None:
    """PL: what should have been reached by now; for kinds without a schedule the target itself."""
    value = row["expected"] if row["expected"] is not None else row["target_value"]
    return None if value is None else Decimal(value)


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
        Column("gap_points", 12, "points", lambda row: row["gap_points"]),
        Column("completion", 10, "percent", lambda row: row["completion"]),
        Column("required", 11, "unit", lambda row: row["required"]),
        Column("required_growth", 11, "rate", lambda row: row["required_growth"]),
        Column("forecast", 11, "unit", lambda row: row["forecast"]),
        Column("outlook", 12, "text", said("outlook")),
        Column("data_state", 12, "text", said("data_state")),
        Column("section", 18, "wrap", lambda row: _section_name(row, lang)),
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


# -- history ----------------------------------------------------------------------------------------------
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


# -- deliveries -------------------------------------------------------------------------------------------
def write_refusals(pen: Pen) -> None:
    """Everything refused or set apart, with file, row and reason."""
    rows = [
        problem | {"received": delivery["received"], "reporting_office": delivery["reporting_office"]}
        for delivery in pen.month.deliveries
        for problem in map(dict, pen.month.rejections.get(delivery["delivery_id"], ()))
    ]
    columns = (
        Column("received", 12, "date", lambda row: row["received"]),
        Column(
            "reporting_office",
            18,
            "wrap",
            lambda row: pen.month.office_name(row["reporting_office"], pen.lang),
        ),
        Column("file", 34, "wrap", lambda row: row["file"]),
        Column("sheet", 12, "text", lambda row: row["sheet"]),
        Column("row", 7, "integer", lambda row: row["row"] or None),
        Column("column", 10, "text", lambda row: row["column"]),
        Column("value", 14, "text", lambda row: row["value"]),
        Column("rule", 22, "text", lambda row: row["rule"]),
        Column("message", 60, "wrap", lambda row: row["message"]),
        Column("decision", 10, "text", lambda row: _decision(row, pen.lang)),
        Column("decided_by", 12, "text", lambda row: row["decided_by"]),
    )
    _plain_sheet(pen, "refusals", columns, rows)


def _decision(row: Row, lang: str) -> str:
    return word(f"decision.{row['decision']}", lang) if row["decision"] else word("decision.open", lang)


def write_receipts(pen: Pen) -> None:
    """One receipt a delivery: what came, when, and what became of it."""
    columns = (
        Column("received", 12, "date", lambda row: row["received"]),
        Column(
            "reporting_office",
            18,
            "wrap",
            lambda row: pen.month.office_name(row["reporting_office"], pen.lang),
        ),
        Column("file", 34, "wrap", lambda row: row["file"]),
        Column(
            "outcome",
            10,
            "text",
            lambda row: word(f"outcome.{row['outcome']}", pen.lang) if row["outcome"] else "",
        ),
        Column("rows_read", 9, "integer", lambda row: row["rows_read"]),
        Column("rows_accepted", 9, "integer", lambda row: row["rows_accepted"]),
        Column("rows_quarantined", 9, "integer", lambda row: row["rows_quarantined"]),
        Column(
            "finality",
            9,
            "text",
            lambda row: word(f"finality.{row['finality']}", pen.lang) if row["finality"] else "",
        ),
        Column(
            "provenance",
            9,
            "text",
            lambda row: word(f"provenance.{row['provenance']}", pen.lang) if row["provenance"] else "",
        ),
        Column("encoding", 10, "text", lambda row: row["encoding"]),
        Column("sha256", 70, "text", lambda row: row["sha256"]),
        Column("delivery_id", 20, "text", lambda row: row["delivery_id"]),
    )
    _plain_sheet(pen, "receipts", columns, pen.month.deliveries)


def _plain_sheet(pen: Pen, name: str, columns: tuple[Column, ...], rows: Iterable[Row]) -> None:
    sheet = pen.sheet(name, landscape=True)
    top = pen.table(sheet, name, columns, tuple(rows))
    sheet.freeze_panes(top + 1, 0)


# -- dictionary -------------------------------------------------------------------------------------------
def write_dictionary(pen: Pen) -> None:
    """What each status means, the rules behind the colours, and what each column of the tables says."""
    from models.relations import PUBLISHED

    variance = next(relation for relation in PUBLISHED if relation.name == "variance")
    lines = [(word(f"status.{s}", pen.lang), word(f"status_meaning.{s}", pen.lang)) for s in STATUSES]
    lines += [(rule_name(rule, pen.lang), rule_text(rule, pen.lang)) for rule in pen.month.rules]
    lines += [(c.name, c.zh if pen.lang == "zh" else c.en) for c in variance.columns]
    columns = (
        Column("term", 34, "wrap", lambda row: row["term"]),
        Column("meaning", 90, "wrap", lambda row: row["meaning"]),
    )
    _plain_sheet(pen, "dictionary", columns, [{"term": term, "meaning": meaning} for term, meaning in lines])


def rule_name(rule: Row, lang: str) -> str:
    """Rule set, kind and nature: `default@1 增速`."""
    nature = "" if rule["nature"] in (None, "*") else f" {rule['nature']}"
    return f"{rule['rule_set']} {word('kind.' + rule['kind'], lang)}{nature} {rule['priority']}"


def rule_text(rule: Row, lang: str) -> str:
    """The condition and the status it gives, then the book's own words."""
    status = word(f"status.{rule['status']}", lang)
    if rule["operator"] == "any":
        condition = word("rule.otherwise", lang)
    else:
        condition = f"{rule['rule_subject']} {rule['operator']} {notation.number(rule['threshold'])}"
    return f"{condition} → {status}" + (f"（{rule['label']}）" if rule["label"] and lang == "zh" else "")


def is_rate(unit: str | None) -> bool:
    """Whether figures in this unit are rates, compared in points."""
    return unit in RATES
