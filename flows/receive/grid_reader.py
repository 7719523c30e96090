"""Read a table with labels on two sides: every layout but the long form hands its grid to `read_grid`."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from flows.receive.basis import basis_at
from flows.receive.desk import Desk, Place, Slot, title_of_another
from flows.receive.faults import Fault, torn_header
from flows.receive.grid import Grid, Side
from flows.receive.grid_faults import (
    Tally,
    above_header,
    below_notes,
    blank_region,
    no_heading,
    no_period,
    width_fault,
)
from flows.receive.headings import Heading, is_said_of, meeting_period, named_as
from flows.receive.labels import Label, contradict, merge, parse_label
from flows.receive.meeting import at_frequency, context_period, words_of
from flows.receive.sections import section_context
from flows.receive.series_faults import missing_unit
from flows.receive.sheet import Row, Rows, Sheet, column_letter, is_blank, is_count, width
from flows.receive.tables import is_figure, is_header_row
from flows.receive.titled import titled_region, with_regions, with_titled_indicator
from flows.receive.titles import is_footnote, names_national_source, period_of_titles
from flows.receive.words import Series
from models.delivery import Severity
from models.message import say
from models.number import Number, parse_number
from models.period import YEAR, Period

Lane = tuple[int, Series | Fault, str | Fault, Heading]  # a column of the rows with the same labels


@dataclass
class GridReader:
    """Reads the body of one grid row by row."""

    grid: Grid
    sheet: Sheet
    desk: Desk
    national: str = ""  # code of the country, where the export is of a national database
    other_region: Fault | None = None  # where the title names another region than the side file
    _series: dict[tuple[str, str, str, str, int], Series | Fault] = field(default_factory=dict)
    _tallies: dict[tuple[str, str], Tally] = field(default_factory=dict)
    _periods: dict[tuple[str, str, str], Period | Fault] = field(default_factory=dict)
    _lanes: dict[tuple[str, ...], list[Lane]] = field(default_factory=dict)
    _above: tuple[str, str] = ("", "")  # name and unit of the last row that is no part of another
    _in_parts: bool = False  # the row above is a part of another
    _amount: tuple[Label, str] = (Label(), "")  # of the row above, and of what it is a part

    @cached_property
    def _letters(self) -> list[str]:
        return [column_letter(column) for column in range(max(self.grid.width, *self.grid.headings, 0) + 1)]

    def read(self) -> None:
        """Rows until the footnotes, which end the table; a note between two rows of figures does not."""
        rows = self.sheet.rows
        notes = self._notes()
        for number in range(self.grid.body, len(rows)):
            if number in notes:
                self.desk.footnotes.extend(cell.strip() for cell in rows[number] if cell.strip())
            elif not is_blank(rows[number]):
                self._read_row(number, rows[number])
        self._report_unheaded(notes)
        for tally in self._tallies.values():
            self.desk.refuse(tally.counted, tally.place, tally.value)

    def _notes(self) -> Container[int]:
        """Rows of notes: single ones with figures right below them, and all from the first other one on.

        Figures further below may belong to another table: they are not read, and said so.
        """
        single = set()
        for number in filter(self._is_note, range(self.grid.body, len(self.sheet.rows))):
            below = number + 1
            while below < len(self.sheet.rows) and self._is_note(below):
                below += 1
            if below < len(self.sheet.rows) and self._holds_figures(below):
                single.add(number)
                continue
            self._report_below(number)
            return Rows(single, number)
        return single

    def _is_note(self, number: int) -> bool:
        """A note by its first word, and no row of figures: 注册企业数 begins like one."""
        cells = self.sheet.rows[number]
        first = next((cell for cell in cells if cell and not cell.isspace()), "")
        if not first or not is_footnote(first):
            return False
        figures = (self.sheet.cell(number, column) for column in self.grid.headings)
        return width(cells) == 1 or not any(map(is_figure, figures))

    def _holds_figures(self, number: int) -> bool:
        """A figure, or anything but a missing one beside a label; text alone goes on with the note above."""
        cells = [self.sheet.cell(number, column) for column in self.grid.headings]
        if any(map(is_figure, cells)):
            return True
        named = any(
            self.sheet.cell(number, place) for place in (*self.grid.labels.values(), *self.grid.dated)
        )
        return named and not all(parse_number(cell).is_missing for cell in cells)

    def _report_below(self, first: int) -> None:
        below = range(first, len(self.sheet.rows))
        rows = [row for row in below if not self._is_note(row) and self._holds_figures(row)]
        if rows:
            self.desk.refuse(below_notes(len(rows)), Place(rows[0] + 1, ""), self.sheet.cell(rows[0], 0))

    def _report_unheaded(self, notes: Container[int]) -> None:
        """Cells under no heading: nobody can say what they are, and they are not passed over in silence."""
        grid, rows = self.grid, self.sheet.rows
        known = {*grid.headings, *grid.labels.values(), *grid.dated, *grid.unread}
        body = [cells for number, cells in enumerate(rows) if number >= grid.body and number not in notes]
        reach = grid.width if self.sheet.is_ragged else max(map(len, body), default=0)
        for column in sorted(set(range(reach)) - known):
            texts = [cells[column].strip() for cells in body if column < len(cells)]
            found = [text for text in texts if not parse_number(text).is_missing]
            if found and not is_count(found):
                self.desk.refuse(no_heading(len(found)), self._place(grid.body - 1, column), found[0])

    def _read_row(self, number: int, cells: Row) -> None:
        side = self._side(number, cells)
        if side is None or is_header_row(cells):  # a header repeated on every page
            self._begin_section(cells)
            return
        if self.sheet.is_ragged and (
            fault := width_fault(cells, self.grid.width, len(self.sheet.rows[self.grid.body - 1]))
        ):
            self.desk.refuse(fault, self._place(number, 0), side.text or side.period)
            return
        slots = self._slots(number, side)
        for column, heading in self.grid.headings.items():
            text = cells[column] if column < len(cells) else ""
            if not text or text.isspace():
                continue
            slot = slots.get(column)
            if slot is None or not self.desk.put(slot, text, number + 1, note=side.note):
                self._read_cell(number, column, text.strip(), side, heading)

    def _begin_section(self, cells: Row) -> None:
        """地区：吉林省, or a line that is a region's name: the rows below it are of that region."""
        filled = [cell.strip() for cell in cells if cell.strip()]
        if len(filled) != 1 or self.grid.dated:
            return
        context = section_context(filled[0], self.grid.context, self.desk.lexicon)
        if context is not None:
            self.grid = replace(self.grid, context=context)
            for known in (self._series, self._periods, self._lanes):
                known.clear()

    def _slots(self, number: int, side: Side) -> Mapping[int, Slot]:
        """Column → what its figure in this row is, where nothing about it is open."""
        if self.grid.source_rows:
            return {}
        key = (side.text, side.label.name, side.unit, side.parent, side.region)
        known = self._lanes.get(key)
        if known is None:
            known = self._lanes[key] = [
                (column, self._find_series(side, column, heading), self._region(side, heading), heading)
                for column, heading in self.grid.headings.items()
            ]
        slots: dict[int, Slot] = {}
        periods = self._periods
        for column, series, region, heading in known:
            if not side.period and not heading.period:
                continue  # the table's own period depends on the words of the heading
            stretch = (side.period, heading.period, heading.frequency)
            period = periods.get(stretch)
            if period is None:
                period = periods[stretch] = self._printed_period(side, heading)
            slot = self.desk.slot(series, period, region, self._letters[column])
            if slot is not None:
                slots[column] = slot
        return slots

    def _side(self, number: int, cells: Row) -> Side | None:
        """The row's labels; None for a row that has no figures of its own (section titles, repeated headers)."""
        said = {
            role: cells[column].strip() if column < len(cells) else ""
            for role, column in self.grid.labels.items()
        }
        place = self.grid.labels.get("indicator", len(cells))
        raw = cells[place] if place < len(cells) else ""
        label = _stated(parse_label(said.get("indicator", "")), said.get("measure", ""))
        has_figures = any(column < len(cells) and cells[column].strip() for column in self.grid.headings)
        parent = self._parent(raw, label, has_figures) if raw.strip() else ("", "")
        if not has_figures:
            self._amount = (Label(), "")
            return None
        label, parent = self._said_of_above(label, parent)
        unit = said.get("unit", "") or label.unit or parent[1]
        period = self.grid.periods.get(number, "")
        name, region, note = (said.get(role, "") for role in ("indicator", "region", "note"))
        name = f"{name} {said['measure']}".strip() if said.get("measure") else name
        return Side(name, label, unit, region, period, parent[0], note)

    def _said_of_above(self, label: Label, parent: tuple[str, str]) -> tuple[Label, tuple[str, str]]:
        """同比增长(%) without a name is that of the amount in the row above it."""
        above, part_of = self._amount
        if above.name and is_said_of(label, above):
            return named_as(label, above), (part_of, "")
        if label.name:
            self._amount = (label, parent[0])
        return label, parent

    def _parent(self, raw: str, label: Label, has_figures: bool) -> tuple[str, str]:
        """Name and unit of the row that this one is a part of: the last one above without indent and mark."""
        if self.grid.has_parts and (label.is_part or _indent(raw)):
            self._in_parts = True
            return self._above if label.name else ("", "")
        if not label.name:
            return "", ""
        known = self.desk.lexicon.indicator_named(label.name) is not None
        if self._in_parts and not known and self._is_known_part(label):
            return self._above
        self._above, self._in_parts = (label.name, label.unit) if has_figures or known else ("", ""), False
        return "", ""

    def _is_known_part(self, label: Label) -> bool:
        """进口 below 其中：出口 is marked once for both, where the books know 进出口总额#进口."""
        return self.desk.lexicon.indicator_named(f"{self._above[0]}#{label.name}") is not None

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
        basis = basis_at(series, period)
        if isinstance(basis, Fault):
            self._tally(basis, number, column, side)
            return
        if series.unit is None and not count.unit:
            self._tally(missing_unit(series.indicator), number, column, side)
            return
        place = self._place(number, column)
        self.desk.take(count, text, series=series, period=period, region=region, place=place, note=side.note)

    def _period(self, number: int, column: int, side: Side, heading: Heading) -> Period | Fault:
        if not side.period and not heading.period:
            period = context_period(self._table_period, heading.label)
            if period is None:
                fault = no_period()
                self._tally_at(fault, "file", Place(0, ""), "")
                return fault
            return period
        found = self._printed_period(side, heading)
        if isinstance(found, Fault):
            owner, place = self._owner(bool(side.period), number, column)
            self._tally_at(found, owner, place, side.period or heading.period)
        return found

    def _printed_period(self, side: Side, heading: Heading) -> Period | Fault:
        """The period of the row, of the column, or of both."""
        text = meeting_period(heading.period, side.period)
        return at_frequency(self.desk.period_of(text, self.grid.context.year), heading.frequency)

    @property
    def _table_period(self) -> Period | None:
        """The period of title or side file; 2024年 above columns of months is not the period of the others."""
        period = self.grid.context.period or self.desk.period
        is_dated = any(heading.period for heading in self.grid.headings.values())
        return None if is_dated and period is not None and period.kind == YEAR else period

    def _place(self, number: int, column: int) -> Place:
        """Where a cell stands in the file: a page's text has every cell on a line of its own."""
        row = self.grid.source_rows.get((number, column)) if self.grid.source_rows else None
        return Place(number + 1, self._letters[column]) if row is None else Place(row + 1, "A")

    def _region(self, side: Side, heading: Heading) -> str | Fault:
        if "region" in self.grid.labels and not side.region:
            return blank_region()
        text = side.region or heading.region or self.grid.context.region
        if not text and self.national:
            return self.national
        found = self.desk.region_beside(text, side.label.name, heading.label.name)
        return self.other_region if self.other_region and not text and found == self.desk.sent_for else found

    def _find_series(self, side: Side, column: int, heading: Heading) -> Series | Fault:
        key = (side.text, side.label.name, side.unit, side.parent, column)
        found = self._series.get(key)
        if found is None:
            found = self._series[key] = self._series_of(side, heading)
        return found

    def _series_of(self, side: Side, heading: Heading) -> Series | Fault:
        words = words_of(side, heading, self.grid)
        return words if isinstance(words, Fault) else self.desk.finder.find(words)

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
        titled = self.grid.context.indicator
        if (
            titled
            and not side.text
            and not self.grid.headings[column].label.name
            and "region" not in fault.rule
        ):
            self._tally_at(fault, "file", Place(0, ""), titled.text)
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
    if grid.context.strays:
        desk.refuse(above_header(len(grid.context.strays)), Place(grid.context.strays[0], ""))
    titled = titled_region([*grid.context.titles, sheet.name], desk.lexicon)
    grid = with_regions(with_titled_indicator(grid, desk.lexicon), sheet, desk.lexicon)
    grid = _of_named_sheet(_of_titled_region(grid, titled, desk), sheet)
    reader = GridReader(grid, sheet, desk, national=_national(grid, sheet, desk))
    reader.other_region = _other_region(grid, titled, desk)
    reader.read()


def _of_named_sheet(grid: Grid, sheet: Sheet) -> Grid:
    """`grid` of the period that its sheet is named after, where no title names one."""
    context = grid.context
    period = period_of_titles([sheet.name])
    if period is None or context.period is not None or context.year is not None:
        return grid
    return replace(grid, context=replace(context, period=period, year=period.end.year))


def _of_titled_region(grid: Grid, region: str, desk: Desk) -> Grid:
    """`grid` with the region of its title, where neither a line 地区：… nor the side file says which it is."""
    if not region or grid.context.region or desk.sent_for:
        return grid
    return replace(grid, context=replace(grid.context, region=region))


def _other_region(grid: Grid, region: str, desk: Desk) -> Fault | None:
    """Where the title says another region than the side file."""
    if not region or grid.context.region or desk.sent_for in ("", region):
        return None
    names = desk.lexicon.region_names
    return title_of_another(names[region], names.get(desk.sent_for, desk.sent_for))


def _national(grid: Grid, sheet: Sheet, desk: Desk) -> str:
    """An export of the national bureau's own database is about the country, whoever sends it."""
    if not grid.context.is_national_database or grid.context.region:
        return ""
    return (desk.lexicon.region_named("全国") or "") if names_national_source(sheet) else ""


def _stated(label: Label, measure: str) -> Label:
    """A row's label with what its 口径 cell adds to it."""
    if not measure:
        return label
    words = parse_label(measure)
    return replace(label, fault="contradiction") if contradict(label, words) else merge(label, words)


def _is_of_column(fault: Fault, heading: Heading) -> bool:
    return bool(heading.label.fault or heading.label.is_prior_year) and fault.rule in (
        "measure_not_kept",
        "prior_year_figure",
    )


def _indent(raw: str) -> int:
    return len(raw) - len(raw.lstrip(" \t\u3000\xa0"))


def unread_columns(columns: Sequence[int], sheet: Sheet, header: int, desk: Desk) -> None:
    """Name the columns whose heading says nothing that duban understands."""
    for column in columns:
        fault = Fault(
            "column_not_read",
            say("这一栏的表头“{cell}”看不出时期和口径，没有读取。", cell=sheet.cell(header, column)),
            say("请写明，例如 本月、1—本月、同比增长(%)。"),
            Severity.WARNING,
        )
        desk.refuse(fault, Place(header + 1, column_letter(column)), sheet.cell(header, column))
