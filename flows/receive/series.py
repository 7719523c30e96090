"""From the words of a label to a series of the books: indicator, measure, basis and unit, or a reason why not."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

from flows.receive.faults import Fault
from flows.receive.labels import ABSOLUTE, CURRENT, Label
from flows.receive.lexicon import Lexicon
from models.delivery import Measure, Severity
from models.indicator import Indicator, normal_name
from models.period import MONTH, QUARTER, SPAN, YEAR, Period
from models.quantity import Unit, parse_unit

_PERCENT = parse_unit("%")
_NO_UNIT = Unit("", "none", _PERCENT.factor if _PERCENT else 1)  # type: ignore[arg-type]
_ABSOLUTES = ("total", "level", "ratio", "rank", "stage")
_MEASURE_NAMES = {
    "total": "绝对量",
    "growth": "同比增速",
    "level": "时点数",
    "ratio": "比率",
    "rank": "位次",
    "stage": "节点",
    "index": "指数",
}


@dataclass(frozen=True, slots=True)
class Words:
    """What all labels around a figure say together.

    `unit` stands in the label that names the measure and must fit; `units` stand elsewhere (unit column,
    title) and are chosen from by dimension. `parent` is the name of which an "of which" row is a part.
    """

    label: Label
    unit: str = ""
    units: tuple[str, ...] = ()
    parent: str = ""
    is_own_month: bool = False  # an export that writes 累计 where it means it: 同比增长 is the month's
    takes_default_basis: bool = False  # the long form: a missing basis is the book's


@dataclass(frozen=True)
class Series:
    """An indicator's measure with the units to convert from and to."""

    indicator: Indicator
    measure: str
    unit: Unit | None  # as printed; None where only the cell can say it
    canonical: Unit
    words: Words
    bases: dict[Period, str | Fault] = field(default_factory=dict, compare=False)

    @cached_property
    def is_same_scale(self) -> bool:
        """Whether figures stand in the indicator's own unit already."""
        return self.unit is not None and self.unit.factor == self.canonical.factor

    def basis_at(self, period: Period) -> str | Fault:
        """The basis of a figure of this series for `period`, or why it is not clear."""
        found = self.bases.get(period)
        if found is None:
            found = self.bases[period] = basis_of(self, period)
        return found


@dataclass
class SeriesFinder:
    """Finds series by words and remembers what it found."""

    lexicon: Lexicon
    _known: dict[Words, Series | Fault] = field(default_factory=dict)

    def find(self, words: Words) -> Series | Fault:
        found = self._known.get(words)
        if found is None:
            found = self._known[words] = self._find(words)
        return found

    def _find(self, words: Words) -> Series | Fault:
        indicator, label = self._indicator(words)
        if indicator is None:
            return self._unknown(words)
        if label.fault or label.is_prior_year:
            return _not_kept_fault(label)
        measure = _measure(label, words, indicator)
        if isinstance(measure, Fault):
            return measure
        canonical = _canonical(measure, self.lexicon.units.get(indicator.indicator_id))
        unit = _unit(words, measure, canonical, indicator)
        if isinstance(unit, Fault):
            return unit
        return Series(indicator, measure, unit, canonical, replace(words, label=label))

    def _indicator(self, words: Words) -> tuple[Indicator | None, Label]:
        """By the name with its measure words first: 劳动生产率增速 may be an indicator's own name."""
        label = words.label
        if words.parent:
            return self._part(words), label
        named = self.lexicon.indicator_named(label.whole) if label.whole != label.name else None
        if named is not None:
            return named, Label(name=label.whole, whole=label.whole, unit=label.unit)
        found = self.lexicon.indicator_named(label.name)
        if found is None and ":" in label.name:
            found = self._behind_region(label.name)
        return found, label

    def _part(self, words: Words) -> Indicator | None:
        """An "of which" row: known as parent#part, or by the indicator's name in full, never by a short alias."""
        name = words.label.name
        qualified = self.lexicon.indicator_named(f"{words.parent}#{name}")
        if qualified is not None:
            return qualified
        full = self.lexicon.indicator_named(name)
        return full if full is not None and _is_full_name(full, name) else None

    def _behind_region(self, name: str) -> Indicator | None:
        """Vendors write 中国:M2; the region before the colon is taken by the layout."""
        region, _, rest = name.partition(":")
        return self.lexicon.indicator_named(rest) if self.lexicon.region_named(region) else None

    def _unknown(self, words: Words) -> Fault:
        name = words.label.name or words.label.whole
        shown = f"{words.parent}#{name}" if words.parent else name
        near = self.lexicon.nearest_indicators(name)
        hint = f"最接近的名称：{near}。" if near else "台账中没有相近的名称。"
        how = "若确是同一指标，请由负责人用 duban alias add 登记这个全称；否则请改用台账中的名称。"
        return Fault("unknown_indicator", f"指标“{shown}”不在指标台账中。", hint + how)


def _is_full_name(indicator: Indicator, name: str) -> bool:
    return name == normal_name(indicator.name)


def _not_kept_fault(label: Label) -> Fault:
    if label.is_prior_year:
        return Fault(
            "prior_year_figure",
            "上年同期数按可比口径调整过，不作为上年数据入库。",
            "如需更正上年数据，请另报一份注明时期的文件。",
            Severity.WARNING,
        )
    if label.fault == "contradiction":
        return contradiction()
    reasons = {
        "month_on_month": "环比数不在保存的口径之内。",
        "share": "比重、占比不在保存的口径之内。",
        "increment": "增减额不在保存的口径之内。",
        "average": "多年平均增速不在保存的口径之内。",
        "plan": "目标、计划和完成进度不从报送文件读取。",
        "points": "百分点的变化不是指标值。",
        "index_base": "只保存以上年同月、上年同期或上年为 100 的指数。",
    }
    return Fault(
        "measure_not_kept",
        reasons[label.fault],
        "无需处理；如应保存，请在指标台账中另立指标。",
        Severity.WARNING,
    )


def _measure(label: Label, words: Words, indicator: Indicator) -> str | Fault:
    measure = label.measure
    if measure in ("", ABSOLUTE):
        inferred = _infer_measure(measure, words, indicator)
        if isinstance(inferred, Fault):
            return inferred
        measure = inferred
    if measure not in indicator.measures:
        return _measure_fault(measure, indicator)
    if measure == "growth" and label.valuation and indicator.valuation not in ("none", label.valuation):
        return _valuation_fault(label, indicator)
    return measure


def _infer_measure(stated: str, words: Words, indicator: Indicator) -> str | Fault:
    """Without a measure word: the absolute measure, unless the unit says that it is a rate."""
    absolute = next((m for m in indicator.measures if m in _ABSOLUTES), "")
    unit = parse_unit(words.unit) if words.unit else None
    if stated == ABSOLUTE or unit is None or unit.dimension != "percent":
        only = indicator.measures[0] if len(indicator.measures) == 1 and not stated else ""
        return absolute or only or "total"
    if _is_percent(indicator.unit) and absolute:
        return absolute
    if not absolute and "growth" in indicator.measures:
        return "growth"
    return Fault(
        "ambiguous_measure",
        f"“{indicator.name}”的单位是 {words.unit}，但没有写明是同比增速还是比重。",
        "请在名称或表头写明口径，例如“同比增长(%)”。",
    )


def _is_percent(unit: str) -> bool:
    parsed = parse_unit(unit)
    return parsed is not None and parsed.dimension == "percent"


def _measure_fault(measure: str, indicator: Indicator) -> Fault:
    kept = "、".join(_MEASURE_NAMES.get(m, m) for m in indicator.measures)
    named = _MEASURE_NAMES.get(measure, measure)
    known = measure in list(Measure)
    return Fault(
        "measure_not_kept" if known else "unknown_measure",
        f"“{indicator.name}”在台账中只有口径：{kept}，没有“{named}”。",
        "请核对口径；如应保存，请负责人在指标台账的 measures 栏补上。",
    )


def _valuation_fault(label: Label, indicator: Indicator) -> Fault:
    stated, kept = ("实际", "名义") if label.valuation == "real" else ("名义", "实际")
    return Fault(
        "wrong_valuation",
        f"文件写的是{stated}增速，台账中“{indicator.name}”用{kept}增速。",
        f"请报{kept}增速。",
    )


def _canonical(measure: str, own: Unit | None) -> Unit:
    if measure == "growth" and _PERCENT:
        return _PERCENT
    return _NO_UNIT if own is None or measure in ("index", "stage") else own


def _unit(words: Words, measure: str, canonical: Unit, indicator: Indicator) -> Unit | None | Fault:
    if words.unit:
        return _stated_unit(words.unit, canonical, indicator, measure)
    fitting = [
        unit for text in words.units if (unit := parse_unit(text)) and unit.dimension == canonical.dimension
    ]
    if fitting:
        return fitting[0]
    if measure in ("growth", "index", "rank", "stage"):
        return canonical  # these have one unit only
    if words.units:
        return _dimension_fault("、".join(words.units), canonical, indicator, measure)
    return None


def _stated_unit(text: str, canonical: Unit, indicator: Indicator, measure: str) -> Unit | Fault:
    unit = parse_unit(text)
    if measure in ("index", "stage") or (measure == "rank" and canonical.dimension == "none"):
        return canonical
    if unit is None:
        return Fault(
            "unknown_unit", f"单位“{text}”不认识。", f"“{indicator.name}”请用 {canonical.text} 或同类单位。"
        )
    return (
        unit
        if unit.dimension == canonical.dimension
        else _dimension_fault(text, canonical, indicator, measure)
    )


def _dimension_fault(text: str, canonical: Unit, indicator: Indicator, measure: str) -> Fault:
    return Fault(
        "wrong_dimension",
        f"“{indicator.name}”（{_MEASURE_NAMES.get(measure, measure)}）的单位应与 {canonical.text} 同类，文件写的是 {text}。",
        "请核对指标与单位是否写错行或写错列。",
    )


def contradiction() -> Fault:
    return Fault("contradiction", "名称里的口径与表头（口径栏）写的矛盾。", "请核对后只写一处。")


def missing_unit(indicator: Indicator) -> Fault:
    return Fault(
        "missing_unit",
        f"“{indicator.name}”没有写明单位。",
        f"请在名称后、单位栏或标题中写明，例如（{indicator.unit}）。",
    )


def basis_of(series: Series, period: Period) -> str | Fault:
    """Words first, then the period's own form, then the book's default where nothing else is possible."""
    stated = series.words.label.basis
    if stated == CURRENT:
        stated = {QUARTER: "quarter", YEAR: "ytd", SPAN: "ytd"}.get(period.kind, "month")
    if series.measure == "level":
        return "point"
    if stated:
        return stated if _agrees(stated, period) else _conflict_fault(stated)
    return _unstated_basis(series, period)


def _agrees(stated: str, period: Period) -> bool:
    month = period.end.month
    allowed = {
        "ytd": period.basis in ("", "ytd"),
        "point": period.basis in ("", "point") or period.kind == YEAR,
        "month": period.kind == MONTH,
        "quarter": month % 3 == 0
        and (period.kind in (MONTH, QUARTER) or (period.kind == SPAN and month == 3)),
    }
    return allowed[stated]


def _conflict_fault(stated: str) -> Fault:
    named = {"ytd": "累计", "month": "当月", "quarter": "当季", "point": "时点"}[stated]
    return Fault(
        "basis_conflict",
        f"时期的写法与“{named}”矛盾。",
        "请核对：累计写 1—3月，当月写 3月，当季写 一季度。",
    )


def _unstated_basis(series: Series, period: Period) -> str | Fault:
    default = series.indicator.basis
    if period.basis:
        return "point" if default == "point" and period.kind != SPAN else period.basis
    if default == "point" or series.measure in ("ratio", "rank", "stage", "index"):
        return default
    if series.words.is_own_month and series.measure == "growth":
        return "quarter" if period.kind == QUARTER else "month"
    return default if _is_unambiguous(default, period, series.words) else _ambiguous_fault(period)


def _is_unambiguous(default: str, period: Period, words: Words) -> bool:
    if period.kind == QUARTER:
        return default == "quarter" or (default == "ytd" and period.end.month == 3)
    if words.takes_default_basis:
        return default != "quarter" or period.end.month % 3 == 0
    return default == "month" or (default == "ytd" and period.end.month == 1)


def _ambiguous_fault(period: Period) -> Fault:
    own, ytd = ("当季", "年初以来累计") if period.kind == QUARTER else ("当月", "年初以来累计")
    return Fault(
        "ambiguous_basis",
        f"没有写明是{own}数还是{ytd}数。",
        f"请在表头写明“{own}”或“累计”，或把时期写成 1—{period.end.month}月。",
    )
