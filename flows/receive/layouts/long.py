"""The long form: one figure a row, columns named in a header row. See docs/layouts.md."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import groupby, repeat
from operator import itemgetter

from flows.receive.context import Context, read_context
from flows.receive.desk import Desk, Place, Slot
from flows.receive.faults import Fault
from flows.receive.grid_faults import above_header
from flows.receive.labels import ABSOLUTE, Label, contradict, merge, parse_label
from flows.receive.series_faults import missing_unit
from flows.receive.sheet import Row, Sheet, width
from flows.receive.titles import is_footnote
from flows.receive.words import Series, Words
from models.delivery import Severity
from models.indicator import normal_name
from models.message import say
from models.number import Number, parse_number
from models.period import Period, settle_lost_zeros

_HEADER_ROWS = 30  # how far down a header is looked for

_NAMES = {
    "region": "region 地区 区域 地区名称 区县 行政区 行政区划 行政区划代码 地区代码 所属地区 area",
    "indicator": "indicator indicator_name indicatorname 指标 指标名称 指标名 统计指标 项目",
    "measure": "measure 口径 指标口径 统计口径",
    "basis": "basis 累计或当月 累计/当月 当月或累计 时间口径 期别 累计当月 期间",
    "period": "period period_end periodend date 时期 时间 日期 报告期 数据时期 所属期 统计期 数据期",
    "year": "year 年份 年 年度",
    "month": "month 月份 月",
    "comparator": "comparator bound 比较符 界限 比较",
    "value": "value 数值 值 数据 指标值 数额 实绩 报送值 本期数 figure 本期值",
    "unit": "unit 单位 计量单位 units",
    "note": "note notes remark remarks 备注 说明 附注",
    "ignored": "published_on publishedon source 发布日期 来源 数据来源 序号 编号 no no. id 频度 频率 代码 指标代码 "
    "reporting_office 报数单位 填报单位 填报人 上年同期(参考) 上年同期（参考）",
}
_ROLES = {normal_name(name): role for role, names in _NAMES.items() for name in names.split()}
_LABELS = ("region", "indicator", "measure", "basis", "comparator", "unit")
_NO_SLOT: tuple[Slot | None, str] = (None, "")
_COMPARATORS = {"": "", ">=": ">=", "≥": ">=", ">": ">=", "<=": "<=", "≤": "<=", "<": "<=", "=": "", "＝": ""}


@dataclass(frozen=True)
class Frame:
    """Where the header stands and which column plays which role."""

    header: int
    columns: dict[str, int]
    names: tuple[str, ...]
    unread: tuple[int, ...]
    size: int  # cells of the header row, empty ones at its end included

    @cached_property
    def has_period(self) -> bool:
        return bool(self.columns.keys() & {"period", "year", "month"})

    @cached_property
    def needed(self) -> int:
        """How many cells a row must have: only notes may be left off its end."""
        return 1 + max(place for role, place in self.columns.items() if role not in ("note", "ignored"))

    def fits(self, cells: Row) -> bool:
        """Whether no cell is missing or too many: figures would stand under the wrong heading."""
        full = len(self.names)
        return len(cells) == full or (self.needed <= len(cells) <= self.size and width(cells) <= full)

    def name_of(self, role: str) -> str:
        """The heading of a role's column, "" where there is none."""
        place = self.columns.get(role)
        return self.names[place] if place is not None else ""

    def cell(self, cells: Row, role: str) -> str:
        """The cell of a role, its edges already stripped; "" where there is none."""
        place = self.columns.get(role)
        return cells[place] if place is not None and place < len(cells) else ""


def recognise(sheet: Sheet) -> Frame | None:
    """A row that names indicator, value and period columns, each once."""
    for number, cells in enumerate(sheet.rows[:_HEADER_ROWS]):
        frame = _frame(number, cells)
        if frame is not None:
            return frame
    return None


@lru_cache(maxsize=8192)
def _role(name: str) -> str:
    return _ROLES.get(normal_name(name), "")


def _frame(number: int, cells: Row) -> Frame | None:
    names = tuple(cell.strip() for cell in cells[: width(cells)])
    columns: dict[str, int] = {}
    unread = []
    for place, name in enumerate(names):
        role = _role(name)
        if role in columns and role != "ignored":
            return None
        if role:
            columns[role] = place
        elif name:
            unread.append(place)
    if not columns.keys() & {"period", "year", "month"} and _basis_heading(names, columns) == "期间":
        columns["period"] = columns.pop("basis")  # 期间 beside 时期 is the basis, alone it is the period
    frame = Frame(number, columns, names, tuple(unread), len(cells))
    is_long = frame.has_period or columns.keys() & {"measure", "basis", "comparator"}
    return frame if {"indicator", "value"} <= columns.keys() and is_long else None


def _basis_heading(names: tuple[str, ...], columns: dict[str, int]) -> str:
    """The heading of the basis column, if there is one."""
    return names[columns["basis"]] if "basis" in columns else ""


def read(frame: Frame, sheet: Sheet, desk: Desk) -> None:
    """Every row below the header is a figure, a footnote, or a problem."""
    context = read_context(sheet.rows[: frame.header])
    desk.titles.extend(context.titles)
    if context.strays:
        desk.refuse(above_header(len(context.strays)), Place(context.strays[0], ""))
    _warn_unread(frame, sheet, desk)
    body = sheet.rows[frame.header + 1 :]
    reader = RowReader(frame, context, desk, _names_other_regions(frame, body, desk))
    reader.read_all(body, _period_texts(frame, body), frame.header + 2)


def _names_other_regions(frame: Frame, body: Sequence[Row], desk: Desk) -> bool:
    place = frame.columns.get("region")
    named = {cells[place] for cells in body if place < len(cells)} if place is not None else set()
    return any(text.strip() and desk.region_of(text.strip()) != desk.region for text in named)


def _warn_unread(frame: Frame, sheet: Sheet, desk: Desk) -> None:
    for place in frame.unread:
        if any(place < len(cells) and cells[place].strip() for cells in sheet.rows[frame.header + 1 :]):
            name = frame.names[place]
            fault = Fault(
                "column_not_read",
                say("“{name}”一栏不在长表格式中，没有读取。", name=name),
                say("如其中有数据，请另起一行，用“指标、时期、数值、单位”填写。"),
                Severity.WARNING,
            )
            desk.findings.add(fault, row=frame.header + 1, column=name)


def _period_texts(frame: Frame, body: Sequence[Row]) -> list[str]:
    """The period cells, the lost zeros of October put back where the rows prove them."""
    place = frame.columns.get("period")
    if place is not None:
        texts = [cells[place].strip() if place < len(cells) else "" for cells in body]
        has_doubts = any(len(text) == 6 and text[4:] == ".1" for text in set(texts))
        return _settled(texts) if has_doubts else texts
    return [_joined_period(frame, cells) for cells in body]


def _settled(texts: list[str]) -> list[str]:
    """Lost zeros settled along the runs of equal periods: many rows share one."""
    runs = [(text, len(list(run))) for text, run in groupby(texts)]
    settled = settle_lost_zeros([text for text, _ in runs])
    return [
        text
        for new, (old, size) in zip(settled, runs, strict=True)
        for text in repeat(old if new is None else new, size)
    ]


def _joined_period(frame: Frame, cells: Row) -> str:
    year, month = frame.cell(cells, "year").strip(), frame.cell(cells, "month").strip()
    if not month:
        return year
    if year.isdigit() and month.isdigit():
        return f"{year}年{month}月"
    return f"{year.rstrip('年')}年{month}" if year else month


@dataclass
class RowReader:
    """Reads one row after the other; what rows have in common is looked up once."""

    frame: Frame
    context: Context
    desk: Desk
    other_regions: bool = False  # some row names a region that is not the delivery's
    _slots: dict[tuple[str, Hashable], tuple[Slot | None, str]] = field(
        default_factory=dict
    )  # with its bound

    def read_all(self, body: Sequence[Row], periods: Sequence[str], first: int) -> None:
        """Every row; one whose labels were read before and whose figure is plain is taken as those were."""
        frame, slots, put = self.frame, self._slots, self.desk.put
        full, value, note = len(frame.names), frame.columns["value"], frame.columns.get("note")
        labels_of = itemgetter(*(place for role, place in frame.columns.items() if role in _LABELS))
        for row, (cells, period) in enumerate(zip(body, periods, strict=True), first):
            if len(cells) != full:
                self.read(cells, period, row=row)
                continue
            key = (period, labels_of(cells))
            slot, bound = slots.get(key) or self._remember(cells, key)
            remark = cells[note].strip() if note is not None else ""
            if slot is None or not put(slot, cells[value], row, note=remark, bound=bound):
                self.read(cells, period, row=row)

    def _remember(self, cells: Row, key: tuple[str, Hashable]) -> tuple[Slot | None, str]:
        """What the labels of a row say with its bound; no slot where they do not say all of it."""
        frame, desk = self.frame, self.desk
        bound = _COMPARATORS.get(frame.cell(cells, "comparator").strip())
        if bound is None or not (frame.has_period or self.stated_period):
            return self._slots.setdefault(key, _NO_SLOT)
        series, period = self._series_of([cell.strip() for cell in cells], ""), self._period(key[0])
        name = series.words.label.name if isinstance(series, Series) else ""
        region = self._region(frame.cell(cells, "region").strip(), name)
        slot = desk.slot(series, period, region, frame.name_of("value"))
        return self._slots.setdefault(key, (slot, bound))

    @property
    def stated_period(self) -> Period | None:
        """Of the titles, then of the side file, for a form without a period column."""
        return self.context.period or self.desk.period

    def read(self, cells: Row, period_text: str, *, row: int) -> None:
        """Put the row's figure on the desk, or everything that is wrong with it."""
        frame = self.frame
        cells = [cell.strip() for cell in cells]
        text = frame.cell(cells, "value")
        if text in ("", frame.name_of("value")) and self._is_aside(cells):
            return
        if not frame.fits(cells):
            self.desk.refuse(_width_fault(frame, cells), Place(row, ""), "，".join(cells))
            return
        has_period = frame.has_period or self.stated_period is not None
        number = self.desk.count(text) if has_period else parse_number(text)
        if number is not None and not number.is_missing:
            self._read_figure(number, text, cells, period_text, row)

    def _read_figure(self, number: Number, text: str, cells: Row, period_text: str, row: int) -> None:
        frame, desk = self.frame, self.desk
        series, period = self._series_of(cells, number.unit), self._period(period_text)
        name = series.words.label.name if isinstance(series, Series) else ""
        region = self._region(frame.cell(cells, "region"), name)
        bound = _COMPARATORS.get(frame.cell(cells, "comparator"), _comparator_fault)
        faults = [found for found in (series, period, region) if isinstance(found, Fault)]
        if faults or not isinstance(bound, str):
            self._refuse(
                {"indicator": series, "period": period, "region": region, "comparator": bound}, cells, row
            )
            return
        assert isinstance(series, Series) and isinstance(period, Period) and isinstance(region, str)
        if bound and not number.bound:
            number = number._replace(bound=bound)
        place, note = Place(row, frame.name_of("value")), frame.cell(cells, "note")
        desk.take(number, text, series=series, period=period, region=region, place=place, note=note)

    def _region(self, text: str, name: str) -> str | Fault:
        """An empty cell is the delivery's region, unless other rows name another: then it may mean 同上."""
        if not text and self.other_regions:
            return _blank_region()
        return self.desk.region_beside(text, name)

    def _is_aside(self, cells: Row) -> bool:
        """An empty row, a footnote below the table, or its header repeated."""
        filled = [cell for cell in cells if cell]
        if filled and is_footnote(filled[0]) and not self.frame.cell(cells, "value"):
            self.desk.footnotes.extend(filled)
            return True
        return not filled or tuple(cells[: len(self.frame.names)]) == self.frame.names

    def _refuse(self, found: Mapping[str, object], cells: Row, row: int) -> None:
        for role, what in found.items():
            fault = what() if callable(what) else what
            if isinstance(fault, Fault):
                named = _role_of(fault, role)
                named = named if self.frame.cell(cells, named) else role
                self.desk.refuse(fault, Place(row, self.frame.name_of(named)), self.frame.cell(cells, named))
        series = found["indicator"]
        if isinstance(series, Series) and series.unit is None:
            self.desk.refuse(missing_unit(series.indicator), Place(row, self.frame.name_of("unit")), "")

    def _period(self, text: str) -> Period | Fault:
        if not self.frame.has_period and self.stated_period:
            return self.stated_period
        return self.desk.period_of(text, self.context.year)

    def _series_of(self, cells: Row, cell_unit: str) -> Series | Fault:
        frame = self.frame
        said = (
            frame.cell(cells, "indicator"),
            frame.cell(cells, "measure"),
            frame.cell(cells, "basis"),
            frame.cell(cells, "unit"),
        )
        key = (*said, cell_unit, self.context.units)
        known = self.desk.lexicon.known_rows
        found = known.get(key)
        if found is None:
            found = known[key] = self.desk.finder.find(_words(said, cell_unit, self.context.units))
        return found


def _width_fault(frame: Frame, cells: Row) -> Fault:
    return Fault(
        "row_width",
        say("这一行有 {cells} 格，表头有 {size} 格，可能多了或少了一格。", cells=len(cells), size=frame.size),
        say("请核对分隔符；带千分号的数字请去掉千分号或加引号。"),
    )


def _words(said: tuple[str, ...], cell_unit: str, units: tuple[str, ...]) -> Words:
    """The words of indicator, measure, basis and unit cells; the unit nearest to the figure counts."""
    name, measure, basis, unit = said
    label = parse_label(name)
    for words in filter(None, (measure, basis)):
        label = merge_stated(label, words)
    return Words(label, unit=cell_unit or unit or label.unit, units=units, is_row=True)


def merge_stated(label: Label, said: str) -> Label:
    """Add the words of a measure or basis column; words it does not know become an unknown measure."""
    words = parse_label(said)
    if words.name:
        return merge(Label(measure=said, name=label.name, whole=label.whole, text=label.text), label)
    if contradict(label, words):
        return replace(label, fault="contradiction")
    if words.measure == "total" and label.measure in ("", ABSOLUTE):
        return merge(words, label)
    return merge(label, words)


def _role_of(fault: Fault, role: str) -> str:
    """Which column a fault of the series is about."""
    if role != "indicator":
        return role
    return {
        "unknown_measure": "measure",
        "measure_not_kept": "measure",
        "prior_year_figure": "measure",
        "unknown_unit": "unit",
        "wrong_dimension": "unit",
    }.get(fault.rule, role)


def _blank_region() -> Fault:
    return Fault(
        "no_region",
        say("这一行没有写地区，而别的行写了别的地区。"),
        say("请在每一行写明地区；合并的单元格请拆开填满。"),
    )


def _comparator_fault() -> Fault:
    return Fault("bad_comparator", say("比较符不认识。"), say("请填 >= 或 <=，没有界限就留空。"))
