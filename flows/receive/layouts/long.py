"""The long form: one figure a row, columns named in a header row. See docs/layouts.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from flows.receive.desk import Desk, Place
from flows.receive.faults import Fault
from flows.receive.labels import ABSOLUTE, Label, merge, parse_label
from flows.receive.series import Series, Words
from flows.receive.sheet import Row, Sheet, is_blank, width
from flows.receive.titles import is_footnote, year_of_titles
from models.delivery import Severity
from models.indicator import normal_name
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
_COMPARATORS = {"": "", ">=": ">=", "≥": ">=", ">": ">=", "<=": "<=", "≤": "<=", "<": "<=", "=": "", "＝": ""}


@dataclass(frozen=True)
class Frame:
    """Where the header stands and which column plays which role."""

    header: int
    columns: dict[str, int]
    names: tuple[str, ...]
    unread: tuple[int, ...] = field(default=())

    def cell(self, cells: Row, role: str) -> str:
        place = self.columns.get(role)
        return cells[place].strip() if place is not None and place < len(cells) else ""


def recognise(sheet: Sheet) -> Frame | None:
    """A row that names indicator, value and period columns, each once."""
    for number, cells in enumerate(sheet.rows[:_HEADER_ROWS]):
        frame = _frame(number, cells)
        if frame is not None:
            return frame
    return None


def _frame(number: int, cells: Row) -> Frame | None:
    names = tuple(cell.strip() for cell in cells[: width(cells)])
    columns: dict[str, int] = {}
    unread = []
    for place, name in enumerate(names):
        role = _ROLES.get(normal_name(name), "")
        if role in columns and role != "ignored":
            return None
        if role:
            columns[role] = place
        elif name:
            unread.append(place)
    if not columns.keys() & {"period", "year", "month"} and names_basis(names, columns) == "期间":
        columns["period"] = columns.pop("basis")  # 期间 beside 时期 is the basis, alone it is the period
    has_period = "period" in columns or "year" in columns or "month" in columns
    if not ({"indicator", "value"} <= columns.keys() and has_period):
        return None
    return Frame(number, columns, names, tuple(unread))


def names_basis(names: tuple[str, ...], columns: dict[str, int]) -> str:
    """The heading of the basis column, if there is one."""
    return names[columns["basis"]] if "basis" in columns else ""


def read(frame: Frame, sheet: Sheet, desk: Desk) -> None:
    """Every row below the header is a figure, a footnote, or a problem."""
    above = [cell for cells in sheet.rows[: frame.header] for cell in cells if cell.strip()]
    desk.titles.extend(above)
    year = year_of_titles(above)
    _warn_unread(frame, sheet, desk)
    body = sheet.rows[frame.header + 1 :]
    periods = _period_texts(frame, body)
    for offset, (cells, period) in enumerate(zip(body, periods, strict=True)):
        if not is_blank(cells):
            _read_row(frame, cells, period, year, desk, row=frame.header + offset + 2)


def _warn_unread(frame: Frame, sheet: Sheet, desk: Desk) -> None:
    for place in frame.unread:
        if any(place < len(cells) and cells[place].strip() for cells in sheet.rows[frame.header + 1 :]):
            name = frame.names[place]
            fault = Fault(
                "column_not_read",
                f"“{name}”一栏不在长表格式中，没有读取。",
                "如其中有数据，请另起一行，用“指标、时期、数值、单位”填写。",
                Severity.WARNING,
            )
            desk.findings.add(fault, row=frame.header + 1, column=name)


def _period_texts(frame: Frame, body: Sequence[Row]) -> list[str]:
    """The period cells, the lost zeros of October put back where the rows prove them."""
    if "period" in frame.columns:
        texts = [frame.cell(cells, "period") for cells in body]
        if any(len(text) == 6 and text[4:] == ".1" for text in texts):
            settled = settle_lost_zeros(texts)
            return [new if new is not None else old for new, old in zip(settled, texts, strict=True)]
        return texts
    return [_joined_period(frame, cells) for cells in body]


def _joined_period(frame: Frame, cells: Row) -> str:
    year, month = frame.cell(cells, "year"), frame.cell(cells, "month")
    if not month:
        return year
    if year.isdigit() and month.isdigit():
        return f"{year}年{month}月"
    return f"{year.rstrip('年')}年{month}" if year else month


def _read_row(frame: Frame, cells: Row, period_text: str, year: int | None, desk: Desk, *, row: int) -> None:
    if _is_aside(frame, cells, desk):
        return
    fault = _width_fault(frame, cells)
    if fault is not None:
        desk.refuse(fault, Place(row, ""), "，".join(cells)[:200])
        return
    text = frame.cell(cells, "value")
    number = desk.count(text)
    if number is None:
        return
    problems: list[tuple[str, Fault, str]] = []
    series = desk.finder.find(_words(frame, cells, number.unit))
    period = desk.period_of(period_text, year)
    region = desk.region_of(frame.cell(cells, "region"))
    for role, found in (("indicator", series), ("period", period), ("region", region)):
        if isinstance(found, Fault):
            problems.append((_role_of(found, role), found, frame.cell(cells, _role_of(found, role))))
    bound = _COMPARATORS.get(frame.cell(cells, "comparator"))
    if bound is None:
        problems.append(("comparator", _comparator_fault(), frame.cell(cells, "comparator")))
    for role, fault, value in problems:
        desk.refuse(fault, Place(row, _column_name(frame, role)), value)
    if not problems:
        assert isinstance(series, Series) and isinstance(period, Period) and isinstance(region, str)
        if bound and not number.bound:
            number = type(number)(number.value, bound, number.unit, number.marks, number.fault)
        place = Place(row, _column_name(frame, "value"))
        note = frame.cell(cells, "note")
        desk.take(number, text, series=series, period=period, region=region, place=place, note=note)


def _is_aside(frame: Frame, cells: Row, desk: Desk) -> bool:
    """A footnote below the table, or its header repeated."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if is_footnote(filled[0]) and not frame.cell(cells, "value"):
        desk.footnotes.extend(filled)
        return True
    return tuple(cell.strip() for cell in cells[: len(frame.names)]) == frame.names


def _width_fault(frame: Frame, cells: Row) -> Fault | None:
    """A row that lost or gained a cell would put figures under the wrong heading."""
    needed = max(place for role, place in frame.columns.items() if role not in ("note", "ignored"))
    if needed < len(cells) and width(cells) <= len(frame.names):
        return None
    return Fault(
        "row_width",
        f"这一行有 {width(cells)} 格，表头有 {len(frame.names)} 格，可能多了或少了一格。",
        "请核对分隔符；带千分号的数字请去掉千分号或加引号。",
    )


def _words(frame: Frame, cells: Row, cell_unit: str) -> Words:
    label = parse_label(frame.cell(cells, "indicator"))
    for role in ("measure", "basis"):
        said = frame.cell(cells, role)
        if said:
            label = merge_stated(label, said)
    unit = cell_unit or frame.cell(cells, "unit") or label.unit
    return Words(label, unit=unit, takes_default_basis=True)


def merge_stated(label: Label, said: str) -> Label:
    """Add the words of a measure or basis column; words it does not know become an unknown measure."""
    words = parse_label(said)
    if words.name:
        return merge(Label(measure=said, name=label.name, whole=label.whole), label)
    if _contradicts(label.measure, words.measure) or _contradicts(label.basis, words.basis):
        return replace(label, fault="contradiction")
    if words.measure == "total" and label.measure in ("", ABSOLUTE):
        return merge(words, label)
    return merge(label, words)


def _contradicts(first: str, second: str) -> bool:
    absolute = (ABSOLUTE, "total", "level", "ratio")
    return bool(first and second) and first != second and not (first in absolute and second in absolute)


def _role_of(fault: Fault, role: str) -> str:
    """Which column a fault of the series is about."""
    if role != "indicator":
        return role
    return {
        "unknown_measure": "measure",
        "measure_not_kept": "measure",
        "unknown_unit": "unit",
        "wrong_dimension": "unit",
    }.get(fault.rule, role)


def _column_name(frame: Frame, role: str) -> str:
    place = frame.columns.get(role)
    return frame.names[place] if place is not None else ""


def _comparator_fault() -> Fault:
    return Fault("bad_comparator", "比较符不认识。", "请填 >= 或 <=，没有界限就留空。")
