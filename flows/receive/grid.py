"""Tables with labels on two sides: every layout but the long form hands its frame to `read_grid`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from flows.receive.context import Context
from flows.receive.desk import Desk, Place
from flows.receive.faults import Fault, torn_header
from flows.receive.headings import Heading
from flows.receive.labels import Label, contradict, merge, parse_label
from flows.receive.series import Series, Words, contradiction, missing_unit
from flows.receive.sheet import Row, Sheet, column_letter, is_blank, width
from flows.receive.tables import is_header_row
from flows.receive.titles import is_footnote
from models.delivery import Severity
from models.period import MONTH, QUARTER, SPAN, YEAR, Period
from models.quantity import Number

NATIONAL_SOURCE = "国家统计局"


@dataclass(frozen=True)
class Grid:
    """Where things stand: `labels` maps roles to columns, `headings` maps value columns to what they say."""

    body: int  # first row below the header, 0-based
    labels: Mapping[str, int]
    headings: Mapping[int, Heading]
    context: Context
    width: int  # of the header
    periods: Mapping[int, str] = field(default_factory=dict)  # row → period label, where rows are periods
    has_parts: bool = False  # indents and # mean "of which"
    is_own_month: bool = False
    names_row: int = -1  # row of the columns' names, where it is not the last one above the body
    is_torn: bool = False  # header rows of different width
    unread: tuple[int, ...] = ()  # columns whose heading is not understood
    source_rows: Mapping[tuple[int, int], int] = field(
        default_factory=dict
    )  # where cells stood, if elsewhere


@dataclass(frozen=True, slots=True)
class Side:
    """What a row's labels say."""

    text: str  # of the indicator cell
    label: Label
    unit: str
    region: str
    period: str
    parent: str = ""
    note: str = ""


@dataclass
class Tally:
    """One fault of a row or column with the number of figures it costs."""

    fault: Fault
    place: Place
    value: str
    figures: int = 0


@dataclass
class GridReader:
    """Reads the body of one grid row by row."""

    grid: Grid
    sheet: Sheet
    desk: Desk
    national: str = ""  # code of the country, where the export is of a national database
    _series: dict[tuple[str, str, str, int], Series | Fault] = field(default_factory=dict)
    _tallies: dict[tuple[str, str], Tally] = field(default_factory=dict)
    _above: tuple[str, str] = ("", "")  # name and unit of the last row that is no part of another

    @cached_property
    def _letters(self) -> list[str]:
        return [column_letter(column) for column in range(max(self.grid.width, *self.grid.headings, 0) + 1)]

    def read(self) -> None:
        """Rows until the first footnote; everything below it is a footnote too."""
        rows = self.sheet.rows
        end = self._footnotes_from()
        for number in range(end, len(rows)):
            self.desk.footnotes.extend(cell.strip() for cell in rows[number] if cell.strip())
        for number in range(self.grid.body, end):
            if not is_blank(rows[number]):
                self._read_row(number, rows[number])
        for tally in self._tallies.values():
            self.desk.refuse(_counted(tally), tally.place, tally.value)

    def _footnotes_from(self) -> int:
        rows = self.sheet.rows
        for number in range(self.grid.body, len(rows)):
            first = next((cell for cell in rows[number] if cell.strip()), "")
            if first and is_footnote(first) and width(rows[number]) <= max(1, self.grid.width // 2):
                return number
        return len(rows)

    def _read_row(self, number: int, cells: Row) -> None:
        side = self._side(number, cells)
        if side is None or is_header_row(cells):  # a header repeated on every page
            return
        if self.sheet.is_ragged and (
            fault := _width_fault(cells, self.grid.width, len(self.sheet.rows[self.grid.body - 1]))
        ):
            self.desk.refuse(fault, self._place(number, 0), side.text or side.period)
            return
        for column, heading in self.grid.headings.items():
            text = cells[column] if column < len(cells) else ""
            if text and not text.isspace():
                self._read_cell(number, column, text.strip(), side, heading)

    def _side(self, number: int, cells: Row) -> Side | None:
        """The row's labels; None for a row that has no figures of its own (section titles, repeated headers)."""
        said = {
            role: cells[column].strip() if column < len(cells) else ""
            for role, column in self.grid.labels.items()
        }
        raw = cells[self.grid.labels["indicator"]] if "indicator" in self.grid.labels else ""
        label = parse_label(said.get("indicator", ""))
        has_figures = any(column < len(cells) and cells[column].strip() for column in self.grid.headings)
        parent = self._parent(raw, label, has_figures) if raw.strip() else ("", "")
        if not has_figures:
            return None
        unit = said.get("unit", "") or label.unit or parent[1]
        period = self.grid.periods.get(number, "")
        name, region, note = (said.get(role, "") for role in ("indicator", "region", "note"))
        return Side(name, label, unit, region, period, parent[0], note)

    def _parent(self, raw: str, label: Label, has_figures: bool) -> tuple[str, str]:
        """Name and unit of the row that this one is a part of: the last one above without indent and mark."""
        if self.grid.has_parts and (label.is_part or _indent(raw)):
            return self._above
        known = self.desk.lexicon.indicator_named(label.name) is not None
        self._above = (label.name, label.unit) if has_figures or known else ("", "")
        return "", ""

    def _read_cell(self, number: int, column: int, text: str, side: Side, heading: Heading) -> None:
        period = self._period(number, column, side, heading)
        if isinstance(period, Fault):
            self._ask_all(number, column, side, heading)
            return
        count = self.desk.count(text)
        if count is None:
            return
        series = self._find_series(side, column, heading)
        region = self._region(side, heading)
        for fault in (series, region):
            if isinstance(fault, Fault):
                self._tally(fault, number, column, side)
        if isinstance(series, Series) and isinstance(region, str):
            self._take(count, text, series, period, region, number, column, side)

    def _ask_all(self, number: int, column: int, side: Side, heading: Heading) -> None:
        """Where the period is missing, ask at once for what else is missing."""
        series = self._find_series(side, column, heading)
        if isinstance(series, Fault):
            self._tally(series, number, column, side)
        elif series.unit is None:
            self._tally_at(
                missing_unit(series.indicator),
                *self._owner(False, number, column),
                self._heading_text(column),
            )

    def _take(
        self,
        count: Number,
        text: str,
        series: Series,
        period: Period,
        region: str,
        number: int,
        column: int,
        side: Side,
    ) -> None:
        basis = series.basis_at(period)
        if isinstance(basis, Fault):
            self._tally(basis, number, column, side)
            return
        if series.unit is None and not count.unit:
            self._tally(missing_unit(series.indicator), number, column, side)
            return
        place = self._place(number, column)
        self.desk.take(count, text, series=series, period=period, region=region, place=place, note=side.note)

    def _period(self, number: int, column: int, side: Side, heading: Heading) -> Period | Fault:
        text = side.period or heading.period
        year = self.grid.context.year
        if not text:
            period = _context_period(self.grid.context, heading.label)
            if period is None:
                fault = _no_period()
                self._tally_at(fault, "file", Place(0, ""), "")
                return fault
            return period
        found = _at_frequency(self.desk.period_of(text, year), heading.frequency)
        if isinstance(found, Fault):
            owner, place = self._owner(bool(side.period), number, column)
            self._tally_at(found, owner, place, text)
        return found

    def _place(self, number: int, column: int) -> Place:
        """Where a cell stands in the file: a page's text has every cell on a line of its own."""
        row = self.grid.source_rows.get((number, column)) if self.grid.source_rows else None
        return Place(number + 1, self._letters[column]) if row is None else Place(row + 1, "A")

    def _region(self, side: Side, heading: Heading) -> str | Fault:
        if "region" in self.grid.labels and not side.region:
            return _blank_region()
        text = side.region or heading.region or self.grid.context.region
        if not text and self.national:
            return self.national
        return self.desk.region_beside(text, side.label.name, heading.label.name)

    def _find_series(self, side: Side, column: int, heading: Heading) -> Series | Fault:
        key = (side.text, side.unit, side.parent, column)
        found = self._series.get(key)
        if found is None:
            found = self._series[key] = self._series_of(side, heading)
        return found

    def _series_of(self, side: Side, heading: Heading) -> Series | Fault:
        context = self.grid.context
        if contradict(heading.label, side.label):
            return contradiction()
        label = merge(heading.label, side.label)
        if side.label.name and heading.label.name:
            label = replace(label, name=side.label.name, whole=side.label.whole)
        if not label.name and context.indicator:
            label = merge(label, context.indicator)
        if not label.name:
            return _no_indicator()
        strict, units = _units(side, heading, label, context)
        words = Words(
            label, unit=strict, units=units, parent=side.parent, is_own_month=self.grid.is_own_month
        )
        return self.desk.finder.find(words)

    def _owner(self, is_row: bool, number: int, column: int) -> tuple[str, Place]:
        if is_row:
            return f"row {number}", Place(self._place(number, 0).row, "")
        row = self.grid.names_row if self.grid.names_row >= 0 else self.grid.body - 1
        return f"column {column}", self._place(row, column)

    def _tally(self, fault: Fault, number: int, column: int, side: Side) -> None:
        """Note a fault once for the row or the column that names what is wrong."""
        if fault.rule == "no_region" and "region" not in self.grid.labels:
            self._tally_at(fault, "file", Place(0, ""), "")
            return
        by_row = bool(side.text or side.region or fault.rule == "no_region") and not _is_of_column(
            fault, self.grid.headings[column]
        )
        owner, place = self._owner(by_row, number, column)
        if by_row:
            role = "indicator" if side.text and "region" not in fault.rule else "region"
            place = Place(place.row, column_letter(self.grid.labels.get(role, 0)))
        value = (side.region if fault.rule == "unknown_region" else side.text) if by_row else ""
        self._tally_at(fault, owner, place, value or self._heading_text(column))

    def _heading_text(self, column: int) -> str:
        if self.grid.names_row >= 0:
            return self.sheet.cell(self.grid.names_row, column)
        for number in range(self.grid.body - 1, -1, -1):
            if text := self.sheet.cell(number, column):
                return text
        return ""

    def _tally_at(self, fault: Fault, owner: str, place: Place, value: str) -> None:
        tally = self._tallies.setdefault((owner, fault.rule), Tally(fault, place, value))
        tally.figures += 1


def read_grid(grid: Grid, sheet: Sheet, desk: Desk) -> None:
    """Put every figure of `grid` on the desk."""
    desk.titles.extend(grid.context.titles)
    if grid.is_torn:
        desk.refuse(torn_header(), Place(grid.body, ""))
        return
    reader = GridReader(grid, sheet, desk, national=_national(grid, sheet, desk))
    reader.read()


def _national(grid: Grid, sheet: Sheet, desk: Desk) -> str:
    """An export of the national bureau's own database is about the country, whoever sends it."""
    if not grid.context.is_national_database or grid.context.region:
        return ""
    source = any(
        "来源" in cell and cell.strip().endswith(NATIONAL_SOURCE) for row in sheet.rows[-6:] for cell in row
    )
    return (desk.lexicon.region_named("全国") or "") if source else ""


def _units(side: Side, heading: Heading, label: Label, context: Context) -> tuple[str, tuple[str, ...]]:
    """The unit that must fit (of the label that names the measure), and those to choose from by dimension."""
    of_column, of_row = heading.label.unit, side.unit
    if heading.label.measure or heading.label.name:
        return of_column, tuple(filter(None, (of_row, *_context_units(context))))
    if side.label.measure:
        return of_row, tuple(filter(None, (of_column, *_context_units(context))))
    if of_column or of_row:
        return (of_column or of_row), ()
    return "", _context_units(context)


def _context_units(context: Context) -> tuple[str, ...]:
    of_indicator = (context.indicator.unit,) if context.indicator and context.indicator.unit else ()
    return (*of_indicator, *context.units)


def _context_period(context: Context, label: Label) -> Period | None:
    """本月 and 累计 are those of the title's period; a heading without any is for the title's own stretch."""
    if context.period is None:
        return None
    if label.basis == "ytd":
        return Period(context.period.end, SPAN)
    if label.basis == "month":
        return Period(context.period.end, MONTH)
    return context.period


def _at_frequency(period: Period | Fault, frequency: str) -> Period | Fault:
    """A vendor's date is the last day of a month, a quarter or a year, as its 频度 says."""
    if isinstance(period, Fault) or not frequency or period.kind != MONTH:
        return period
    if frequency.startswith(("季", "quarter")) and period.end.month % 3 == 0:
        return Period(period.end, QUARTER)
    if frequency.startswith(("年", "annual", "year")) and period.end.month == 12:
        return Period(period.end, YEAR)
    return period


def _is_of_column(fault: Fault, heading: Heading) -> bool:
    return bool(heading.label.fault or heading.label.is_prior_year) and fault.rule in (
        "measure_not_kept",
        "prior_year_figure",
    )


def _indent(raw: str) -> int:
    return len(raw) - len(raw.lstrip(" \t\u3000\xa0"))


def _width_fault(cells: Row, header: int, printed: int) -> Fault | None:
    """A row that lost or gained a cell would put figures under the wrong heading."""
    if header <= len(cells) <= max(header, printed) and width(cells) <= header:
        return None
    return Fault(
        "row_width",
        f"这一行有 {len(cells)} 格，表头有 {header} 格，可能多了或少了一格，没有读取。",
        "请核对分隔符；带千分号的数字请去掉千分号或加引号。",
    )


def _counted(tally: Tally) -> Fault:
    if tally.figures < 2:
        return tally.fault
    return replace(tally.fault, message=f"{tally.fault.message}（涉及 {tally.figures} 个数）")


def _blank_region() -> Fault:
    return Fault(
        "no_region",
        "这一行没有写地区。",
        "请在每一行写明地区；合并的单元格请拆开填满。",
    )


def _no_period() -> Fault:
    return Fault(
        "no_period",
        "表中没有时期：表头、行首和标题都没有写明是哪一年、哪个月的数。",
        "这些数是哪个时期的？请在标题写明（例如 2018年 或 2024年1—3月），或加“时期”一栏。",
    )


def _no_indicator() -> Fault:
    return Fault(
        "no_indicator", "没有写明是哪个指标。", "请在表头或“指标：”一行写明指标全称。", Severity.REFUSED
    )


def unread_columns(columns: Sequence[int], sheet: Sheet, header: int, desk: Desk) -> None:
    """Name the columns whose heading says nothing that duban understands."""
    for column in columns:
        fault = Fault(
            "column_not_read",
            f"这一栏的表头“{sheet.cell(header, column)}”看不出时期和口径，没有读取。",
            "请写明，例如 本月、1—本月、同比增长(%)。",
            Severity.WARNING,
        )
        desk.refuse(fault, Place(header + 1, column_letter(column)), sheet.cell(header, column))
