"""The pen that writes the workbook: formats, headings, tables; numbers by unit, everything else as text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias
from unicodedata import east_asian_width

from flows.report.month import Month
from flows.report.palette import CELL_COLOURS
from flows.report.reading import Row, Rows
from models import notation
from models.notation import RATES
from models.words import word

Sheet: TypeAlias = Any  # XlsxWriter has no types
Handle: TypeAlias = Any
FONT = "微软雅黑"
LINE_HEIGHT = 15  # points
PADDING = 5
_CELL = {"font_name": FONT, "font_size": 10, "valign": "vcenter", "border": 1, "border_color": "#D5D9DE"}
_FORMATS: dict[str, dict[str, Any]] = {
    "title": {"font_name": FONT, "font_size": 16, "bold": True},
    "note": {"font_name": FONT, "font_size": 10, "font_color": "#4A525C"},
    "simulated": {
        "font_name": FONT,
        "font_size": 11,
        "bold": True,
        "font_color": "#6B2A00",
        "bg_color": "#FFD9A8",
    },
    "header": _CELL
    | {"bold": True, "bg_color": "#24384F", "font_color": "#FFFFFF", "text_wrap": True, "align": "center"},
    "text": _CELL | {"indent": 1},
    "wrap": _CELL | {"text_wrap": True, "indent": 1},
    "status": _CELL | {"align": "center"},
    "count": _CELL | {"num_format": '0;-0;"·"', "align": "right"},
    "integer": _CELL | {"num_format": "#,##0"},
    "unit": _CELL | {"num_format": "#,##0.00"},
    "whole": _CELL | {"num_format": "#,##0"},
    "rate": _CELL | {"num_format": '0.0#"%"'},
    "percent": _CELL | {"num_format": '0.0"%"'},
    "share": _CELL | {"num_format": "0.00"},
    "points": _CELL | {"num_format": "+0.00;-0.00;0.00"},
    "signed": _CELL | {"num_format": "+#,##0.00;-#,##0.00;0"},
    "signed_whole": _CELL | {"num_format": "+#,##0;-#,##0;0"},
    "signed_rate": _CELL | {"num_format": "+0.0#;-0.0#;0"},
    "date": _CELL | {"num_format": "yyyy-mm-dd", "align": "center"},
    "good": {"font_color": "#14532D"},
    "bad": {"font_color": "#B3170E", "bold": True},
}
WHOLE_UNITS = frozenset("人户家个套件天次项所台辆张处座")


@dataclass(frozen=True)
class Column:
    """One column of a sheet: its name in the catalogue, width, format, and what a row shows in it."""

    name: str
    width: int
    format: str
    content: Callable[[Row], object]


@dataclass
class Pen:
    """Writes sheets of one workbook in one language; formats are made once."""

    book: Any
    month: Month
    lang: str
    formats: dict[str, Any] = field(default_factory=dict)

    @property
    def mark(self) -> str:
        """What stands behind every title when figures are simulated."""
        return word("simulated.mark", self.lang) if self.month.is_simulated else ""

    def name(self, sheet: str) -> str:
        """The sheet's name in the reader's language."""
        return word(f"sheet.{sheet}", self.lang)

    def format(self, name: str) -> Handle:
        """The workbook's format of that name."""
        if name not in self.formats:
            self.formats[name] = self.book.add_format(_FORMATS[name])
        return self.formats[name]

    def unit_format(self, unit: str | None, kind: str = "unit") -> str:
        """Which number format a figure in `unit` takes: rates, whole counts, or two decimals."""
        if unit in RATES:
            return {"unit": "rate", "signed": "signed_rate"}[kind]
        return {"unit": "whole", "signed": "signed_whole"}[kind] if unit in WHOLE_UNITS else kind

    def sheet(self, name: str, *, landscape: bool) -> Handle:
        """A new sheet, ready for A4."""
        sheet = self.book.add_worksheet(self.name(name))
        sheet.set_paper(9)
        if landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.set_header(f'&C&"{FONT},Regular"&9 {self.mark.strip()}')
        sheet.set_footer("&L&9 " + self.month.title(self.lang).replace("&", "&&") + "&R&9&P / &N")
        sheet.hide_gridlines(2)
        return sheet

    def heading(self, sheet: Sheet, name: str) -> int:
        """Title, dates and the mark of simulated figures; gives the row below them."""
        month = self.month
        sheet.write_string(
            0, 0, f"{month.title(self.lang)} · {self.name(name)}{self.mark}", self.format("title")
        )
        sheet.set_row(0, 26)
        dates = word(
            "page.dates",
            self.lang,
            month=notation.month(month.period, self.lang),
            as_of=notation.day(month.as_of, self.lang),
        )
        sheet.write_string(1, 0, dates, self.format("note"))
        if month.is_simulated:
            sheet.write_string(2, 0, word("simulated.long", self.lang), self.format("simulated"))
            for column in range(1, 8):
                sheet.write_blank(2, column, None, self.format("simulated"))
        return 4

    def table(
        self, sheet: Sheet, name: str, columns: tuple[Column, ...], rows: Rows, *, printed: int | None = None
    ) -> int:
        """A table under the heading with filter, print area and repeated header; gives its header row."""
        top = self.heading(sheet, name)
        sheet.set_row(top, 32)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(top, place, word(f"column.{column.name}", self.lang), self.format("header"))
        for offset, row in enumerate(rows, start=1):
            sheet.set_row(
                top + offset, PADDING + LINE_HEIGHT * max(_lines(column, row) for column in columns)
            )
            for place, column in enumerate(columns):
                self._write_cell(sheet, top + offset, place, column, row)
        last = top + max(1, len(rows))
        sheet.autofilter(top, 0, last, len(columns) - 1)
        sheet.print_area(0, 0, last, (printed or len(columns)) - 1)
        sheet.repeat_rows(top)
        return top

    def _write_cell(self, sheet: Sheet, row: int, place: int, column: Column, source: Row) -> None:
        name = (
            self.unit_format(source["unit"], column.format)
            if column.format in ("unit", "signed")
            else column.format
        )
        self.write(sheet, row, place, column.content(source), name)

    def write(self, sheet: Sheet, row: int, column: int, value: object, name: str) -> None:
        """One cell; outside text is written as text whatever it begins with."""
        form = self.format(name)
        if value is None or value == "":
            sheet.write_blank(row, column, None, form)
        elif isinstance(value, Decimal | int | float):
            sheet.write_number(row, column, float(value), form)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, form)
        else:
            sheet.write_string(row, column, str(value), form)

    def colour_statuses(
        self, sheet: Sheet, first_row: int, first_column: int, last_row: int, last_column: int
    ) -> None:
        """Fill cells that hold a status word in the status' colours."""
        for status, (text, fill) in CELL_COLOURS.items():
            form = self.book.add_format({"font_color": text, "bg_color": fill})
            rule = {
                "type": "cell",
                "criteria": "==",
                "value": f'"{word("status." + status, self.lang)}"',
                "format": form,
            }
            sheet.conditional_format(first_row, first_column, last_row, last_column, rule)


def _lines(column: Column, row: Row) -> int:
    """How many lines a wrapped cell takes: nothing but a height that is set shows them all everywhere."""
    if column.format != "wrap":
        return 1
    text = str(column.content(row) or "")
    width = sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in text)
    return max(1, -(-width // max(1, column.width - 1)))
