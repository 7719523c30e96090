"""Where a layout puts down what it read: every figure becomes a candidate row or a problem."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from flows.receive.basis import basis_at
from flows.receive.faults import Fault, Findings
from flows.receive.lexicon import Lexicon
from flows.receive.places import whole_region
from flows.receive.series import SeriesFinder
from flows.receive.series_faults import missing_unit
from flows.receive.words import Series
from models.delivery import Candidate
from models.message import say
from models.number import Number, is_plain, parse_number
from models.period import Period, is_doubtful, needs_year, parse_period
from models.quantity import LIMIT, at_scale, convert, parse_unit, scale

_LONG = 30  # digits that no figure has
_SHORT = 9  # a text of so few characters is neither beyond the limit nor finer than six decimals


class Slot(NamedTuple):
    """All that the labels around a place say of a figure there; made once, used for every figure of its kind."""

    column: str
    of: tuple[str, str, str, str, date]  # region, indicator, measure, basis, period_end
    unit: str  # of the candidate
    printed_unit: str
    ratio: tuple[Decimal, Decimal] | None  # None where figures stand in the indicator's own unit


class Place(NamedTuple):
    """Where a figure stands, as Excel shows it."""

    row: int  # 1-based
    column: str


_make = partial(tuple.__new__, Candidate)  # without the call by name, which takes as long again
_slot = partial(tuple.__new__, Slot)


@dataclass
class Desk:
    """One file on the desk of a reader: what the books know, and what was found so far."""

    lexicon: Lexicon
    findings: Findings
    region: str = ""  # of the side file, or the only one watched
    sent_for: str = ""  # region of the side file
    period: Period | None = None  # of the side file, for tables that print none
    finder: SeriesFinder = field(init=False)
    candidates: list[Candidate] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    units: dict[str, None] = field(default_factory=dict)
    cells_read: int = 0
    _regions: dict[str, str | Fault] = field(default_factory=dict)
    _beside: dict[tuple[str, tuple[str, ...]], str | Fault] = field(default_factory=dict)
    _periods: dict[tuple[str, int | None], Period | Fault] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.lexicon.forget_much()
        self.finder = SeriesFinder(self.lexicon)

    def region_of(self, text: str) -> str | Fault:
        """The region that a cell names; an empty one means the region of the delivery."""
        if text not in self._regions:
            self._regions[text] = self._find_region(text.strip())
        return self._regions[text]

    def region_beside(self, text: str, *names: str) -> str | Fault:
        """The region of a cell, or the one before the colon of a name: 中国:M2 is about the country."""
        key = (text, names)
        if key not in self._beside:
            self._beside[key] = self._find_beside(text, names)
        return self._beside[key]

    def _find_beside(self, text: str, names: tuple[str, ...]) -> str | Fault:
        named = next((code for name in names if (code := self._prefix(name))), "")
        found = self.region_of(text) if text or not named else named
        if named and isinstance(found, str) and found != named:
            return _two_regions(text)
        return found

    def _prefix(self, name: str) -> str:
        region, colon, _ = name.partition(":")
        return (self.lexicon.region_named(region) or "") if colon else ""

    def _find_region(self, text: str) -> str | Fault:
        if not text:
            return self.region or no_region()
        code = self.lexicon.region_named(text) or whole_region(text, self.region, self.lexicon)
        return code or _unknown_region(text, self.lexicon.nearest_regions(text))

    def period_of(self, text: str, year: int | None = None) -> Period | Fault:
        """The period that a label names; one without a year takes that of the title, then the side file's."""
        year = year or (self.period.end.year if self.period else None)
        if (text, year) not in self._periods:
            self._periods[(text, year)] = parse_period(text, year=year) or _bad_period(text)
        return self._periods[(text, year)]

    def count(self, text: str) -> Number | None:
        """Count a value cell whose place is understood; None where the figure is missing."""
        number = parse_number(text)
        if number.is_missing:
            return None
        self.cells_read += 1
        return number

    def refuse(self, fault: Fault, place: Place, value: str = "") -> None:
        self.findings.add(fault, row=place.row, column=place.column, value=value)

    def take(
        self,
        number: Number,
        text: str,
        *,
        series: Series,
        period: Period,
        region: str,
        place: Place,
        note: str = "",
    ) -> None:
        """A counted figure of a known series → a candidate in the indicator's own unit, or a problem."""
        basis = basis_at(series, period)
        value = _value(number, series, text)
        for found in (basis, value):
            if isinstance(found, Fault):
                return self.refuse(found, place, text)
        assert isinstance(basis, str) and isinstance(value, Decimal)
        self.units[number.unit or (series.unit.text if series.unit else "")] = None
        candidate = Candidate(
            file=self.findings.file,
            sheet=self.findings.sheet,
            row=place.row,
            column=place.column,
            region=region,
            indicator=series.indicator.indicator_id,
            measure=series.measure,
            basis=basis,
            period_end=period.end,
            value=value,
            bound=number.bound,
            unit=series.canonical.text,
            printed=text,
            note=f"{note} {number.marks}".strip() if number.marks else note,
        )
        self.candidates.append(candidate)
        return None

    def slot(
        self, series: Series | Fault, period: Period | Fault, region: str | Fault, column: str
    ) -> Slot | None:
        """What is known in full of a place; None where something about it is left to say with its figure."""
        if isinstance(series, Fault) or isinstance(period, Fault) or isinstance(region, Fault):
            return None
        basis = series.bases.get(period) or basis_at(series, period)
        if series.unit is None or isinstance(basis, Fault):
            return None
        of = (region, series.indicator.indicator_id, series.measure, basis, period.end)
        ratio = None if series.is_same_scale else series.ratio
        return _slot((column, of, series.canonical.text, series.unit.text, ratio))

    def put(self, slot: Slot, text: str, row: int, *, note: str = "", bound: str = "") -> bool:
        """Take a plain number in its slot, as most cells are; False where the cell asks for a closer look.

        This runs once a figure and is written for speed; `count` and `take` give the same for any cell.
        """
        if not is_plain(text) or len(text) >= _LONG:
            return False
        column, of, unit, printed_unit, ratio = slot
        value = Decimal(text)
        if ratio is not None or len(text) >= _SHORT:
            kept = _kept(value, at_scale(scale(value, ratio) if ratio else value))
            if isinstance(kept, Fault):
                return False
            value = kept
        self.cells_read += 1
        self.units[printed_unit] = None
        found = self.findings
        self.candidates.append(
            _make((found.file, found.sheet, row, column, *of, value, bound, unit, text, note))
        )
        return True


def _value(number: Number, series: Series, text: str) -> Decimal | Fault:
    if number.value is None:
        return _not_a_number(number.fault)
    if not number.unit and series.is_same_scale:
        if len(text) < _SHORT:
            return number.value
        return _kept(number.value, at_scale(number.value))
    unit = parse_unit(number.unit) if number.unit else series.unit
    if unit is None:
        return missing_unit(series.indicator)
    if unit is not series.canonical and unit.dimension != series.canonical.dimension:
        return _wrong_cell_unit(number.unit, series)
    return _kept(number.value, at_scale(convert(number.value, unit, series.canonical)))


def _kept(printed: Decimal, value: Decimal) -> Decimal | Fault:
    """`value` where it can be kept: neither too large nor so small that zero would stand in its place."""
    if abs(value) >= LIMIT:
        return _not_a_number(say("数字超出可保存的范围"))
    if printed and not value:
        return _not_a_number(say("数字太小，保存到六位小数就成了 0"))
    return value


def _not_a_number(why: str) -> Fault:
    return Fault(
        "not_a_number", say("这一格不能读作数字：{why}。", why=why), say("请填数字；没有数据请留空或填“-”。")
    )


def _wrong_cell_unit(unit: str, series: Series) -> Fault:
    return Fault(
        "wrong_dimension",
        say(
            "这一格写的单位是 {unit}，“{name}”的单位应与 {text} 同类。",
            unit=unit,
            name=series.indicator.name,
            text=series.canonical.text or say("无单位"),
        ),
        say("请核对指标与单位是否写错行或写错列。"),
    )


def no_region() -> Fault:
    return Fault(
        "no_region",
        say("文件中没有地区，也没有说明它属于哪个地区。"),
        say('请在旁边的 .delivery.toml 写 region = "六位代码"，或在文件中加“地区”一栏。'),
    )


def _unknown_region(text: str, near: str) -> Fault:
    hint = say("最接近的名称：{near}。", near=near) if near else ""
    return Fault(
        "unknown_region",
        say("地区“{text}”不在地区台账中。", text=text),
        hint + say("请改用台账中的全称或六位代码。"),
    )


def title_of_another(title: str, region: str) -> Fault:
    return Fault(
        "contradiction",
        say("标题写的是{title}，报送说明写的是{region}。", title=title, region=region),
        say("请更正 .delivery.toml 的 region；一张表有几个地区时，请加“地区”一栏。"),
    )


def _two_regions(text: str) -> Fault:
    return Fault("contradiction", say("名称里的地区与“{text}”矛盾。", text=text), say("请核对后只写一处。"))


def _bad_period(text: str) -> Fault:
    if not text.strip():
        return Fault("no_period", say("没有写时期。"), say("请写明时期，例如 2024-03 或 2024年1—3月。"))
    if needs_year(text):
        return Fault(
            "period_without_year",
            say("时期“{text}”没有年份，标题和报送说明里也没有。", text=text.strip()),
            say('请写全，例如 2024年3月；或在 .delivery.toml 写 period = "2024"。'),
        )
    if len(text.strip()) == 6 and text.strip()[4:] == ".1":
        return Fault(
            "ambiguous_period",
            say(
                "时期“{text}”可能是 1 月，也可能是丢了末位零的 10 月，文件前后不足以判断。", text=text.strip()
            ),
            say("请写作 2019-01 或 2019-10，并把该列设为文本格式。"),
        )
    if is_doubtful(text):
        return Fault(
            "ambiguous_period",
            say("时期“{text}”可能是某年的月份，也可能是某月的一天。", text=text.strip()),
            say("请写作 2024-03，并把这些格设为文本格式。"),
        )
    return Fault(
        "bad_period",
        say("时期“{text}”不认识。", text=text.strip()),
        say("请写作 2024-03、2024年3月、2024年1—3月或 2024年一季度。"),
    )
