"""`duban template YYYY-MM [--office ID]`: the form that an office fills in for a month, as CSV and XLSX."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from flows.books import Books, load
from flows.errors import CannotOpen, NotFoundError
from flows.receive.layouts.template import HEADER, MARK
from flows.receive.side_files import SIDE_SUFFIX
from flows.settings import Settings
from flows.warehouse import read_published
from models.indicator import Indicator
from models.message import in_language, joined, say
from models.office import Office
from models.period import month_end, period_name
from models.quantity import units_like

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

MEASURE_WORDS = {
    "total": "绝对量",
    "growth": "同比增速",
    "level": "时点数",
    "ratio": "比率",
    "rank": "位次",
    "stage": "节点",
    "index": "指数",
}
BASIS_WORDS = {"ytd": "累计", "month": "当月", "quarter": "当季", "point": "时点"}
Key = tuple[str, str, str, str, date]


@dataclass(frozen=True)
class Line:
    """One empty figure of a form."""

    indicator: Indicator
    region: str  # name
    measure: str
    basis: str
    period_end: date
    last_year: str

    @property
    def units(self) -> tuple[str, ...]:
        """Units to choose from, the book's own first."""
        return ("%",) if self.measure == "growth" else units_like(self.indicator.unit)

    @property
    def cells(self) -> tuple[str, ...]:
        words = (MEASURE_WORDS[self.measure], BASIS_WORDS[self.basis])
        period = period_name(self.period_end, self.basis)
        return (self.region, self.indicator.name, *words, period, "", self.units[0], self.last_year, "")


@dataclass(frozen=True)
class Form:
    """What one office fills in for one month."""

    office: Office
    month: date
    lines: tuple[Line, ...]

    @property
    def title(self) -> str:
        return f"{MARK}　{self.office.name}　{self.month.year}年{self.month.month}月"


def command(settings: Settings, arguments: argparse.Namespace) -> int:
    """Write the forms of a month below `var/templates` and name them."""
    month = month_end(arguments.month.year, arguments.month.month)
    forms = list(make_forms(settings, month, arguments.office or ""))
    if not forms:
        nothing = say("{month:%Y-%m} 没有要报的指标。", month=month)
        print(in_language(nothing, settings.lang))
    for form in forms:
        for path in write(form, settings.var / "templates" / f"{month:%Y-%m}"):
            print(path)
    return 0


def make_forms(settings: Settings, month: date, office_id: str = "") -> Iterator[Form]:
    """A form for each reporting office, or the one named, with the indicators that report in `month`."""
    books = load(settings.reference).as_of(month)
    offices = [office for office in books.offices if "reporting" in office.role]
    if office_id:
        offices = [office for office in offices if office.office_id == office_id]
        if not offices:
            known = joined("、", (row.office_id for row in books.offices if "reporting" in row.role))
            raise NotFoundError(
                say("没有报数单位 {office_id}。可用的编号：{known}。", office_id=office_id, known=known)
            )
    published = _published_values(settings)
    for office in offices:
        lines = tuple(_lines(books, office, month, published))
        if lines:
            yield Form(office, month, lines)


def _lines(books: Books, office: Office, month: date, published: Mapping[Key, str]) -> Iterator[Line]:
    region = books.region(office.region)
    for indicator in books.indicators:
        reporter = books.reporting_office(indicator.indicator_id, office.region)
        calendar = books.calendar_entry(indicator.indicator_id)
        if reporter != office or region is None or not (calendar and calendar.reports_in(month)):
            continue
        for measure in indicator.measures:
            basis = "point" if measure == "level" else indicator.basis
            before = month_end(month.year - 1, month.month)
            last_year = published.get((office.region, indicator.indicator_id, measure, basis, before), "")
            yield Line(indicator, region.name, measure, basis, month, last_year)


def _published_values(settings: Settings) -> dict[Key, str]:
    """Figures of the published copy with their unit; none before the first run."""
    try:
        connection = read_published(settings)
    except CannotOpen:
        return {}
    with connection:
        rows = connection.execute(
            "select region, indicator, measure, basis, period_end, value, bound, unit from observation"
        ).fetchall()
    return {tuple(row[:5]): f"{row[6] or ''}{row[5].normalize():f}{row[7] or ''}" for row in rows}


def write(form: Form, folder: Path) -> tuple[Path, ...]:
    """The form as CSV and XLSX, each with the side file that goes back with it."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = folder / f"{form.office.office_id}_{form.month:%Y-%m}"
    paths = (stem.with_name(stem.name + ".csv"), stem.with_name(stem.name + ".xlsx"))
    _write_csv(form, paths[0])
    _write_xlsx(form, paths[1])
    for path in paths:
        path.with_name(path.name + SIDE_SUFFIX).write_text(_side_text(form), encoding="utf-8")
    return paths


def _top(form: Form) -> list[list[str]]:
    """The lines above the header: a mark to know the form by, and how to fill it in."""
    return [
        [form.title],
        ["只填“数值”“单位”“备注”三栏；没有数据填“-”；界限写作 >=500。"],
        list(HEADER),
    ]


def _write_csv(form: Form, path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([*_top(form), *(line.cells for line in form.lines)])


def _write_xlsx(form: Form, path: Path) -> None:
    from xlsxwriter import Workbook

    with Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("报送表")
        _write_cells(book, sheet, form)
        sheet.freeze_panes(len(_top(form)), 2)
        for column, size in enumerate((16, 28, 10, 10, 16, 14, 10, 18, 20)):
            sheet.set_column(column, column, size)
        sheet.protect("", {"select_locked_cells": True, "format_columns": True})


def _write_cells(book: Workbook, sheet: Worksheet, form: Form) -> None:
    """Everything is locked but the three columns to fill in."""
    frame = {"border": 1}
    bold = book.add_format({**frame, "bold": True, "bg_color": "#DDEBF7"})
    fixed = book.add_format({**frame, "num_format": "@"})
    grey = book.add_format({**frame, "num_format": "@", "font_color": "#808080"})
    to_fill = book.add_format({**frame, "locked": False, "bg_color": "#FFF9E5"})
    styles = dict.fromkeys(HEADER, fixed)
    styles |= {"数值": to_fill, "单位": to_fill, "备注": to_fill, "上年同期（参考）": grey}
    for number, cells in enumerate(_top(form)):
        sheet.write_row(number, 0, cells, bold)
    for number, line in enumerate(form.lines, len(_top(form))):
        for column, text in enumerate(line.cells):
            sheet.write(number, column, text or None, styles[HEADER[column]])
        _validate(sheet, number, line)


def _validate(sheet: Worksheet, number: int, line: Line) -> None:
    value, unit = HEADER.index("数值"), HEADER.index("单位")
    sheet.data_validation(
        number,
        value,
        number,
        value,
        {
            "validate": "decimal",
            "criteria": "between",
            "minimum": -1e12,
            "maximum": 1e12,
            "error_type": "warning",
            "error_title": "请填数字",
            "error_message": "这里应是数字。没有数据填“-”，界限写作 >=500。",
            "input_message": f"单位：{line.units[0]}",
        },
    )
    sheet.data_validation(number, unit, number, unit, {"validate": "list", "source": list(line.units)})


def _side_text(form: Form) -> str:
    """The side file to send back with the form; `received` is written when it comes in."""
    return (
        f'region = "{form.office.region}"\n'
        f'reporting_office = "{form.office.office_id}"\n'
        'provenance = "official"\n'
        'finality = "preliminary"\n'
        f'source = "{form.month:%Y-%m} 报送表"\n'
        'release_state = "unreleased"\n'
    )
