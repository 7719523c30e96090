"""From the words of a label to a series of the books: indicator, measure and unit, or a reason why not."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flows.receive.faults import Fault
from flows.receive.labels import ABSOLUTE, Label, printed_name
from flows.receive.lexicon import Lexicon
from flows.receive.series_faults import (
    dimension_fault,
    measure_fault,
    not_kept_fault,
    not_kept_row,
    valuation_fault,
)
from flows.receive.words import Series, Words
from models.indicator import Indicator, normal_name
from models.message import joined, say
from models.quantity import Unit, parse_unit

_PERCENT = parse_unit("%")
_NO_UNIT = Unit("", "none", _PERCENT.factor if _PERCENT else 1)  # type: ignore[arg-type]
_PART_MARKS = "#＃*+-—– \u3000"  # noqa: RUF001
_SHOWN = 80  # characters of an unknown name that a message repeats
_ABSOLUTES = ("total", "level", "ratio", "rank", "stage")


@dataclass
class SeriesFinder:
    """Finds series by words and remembers what it found."""

    lexicon: Lexicon

    def find(self, words: Words) -> Series | Fault:
        known = self.lexicon.known_series
        found = known.get(words)
        if found is None:
            found = known[words] = self._find(words)
        return found

    def _find(self, words: Words) -> Series | Fault:
        indicator, label = self._indicator(words)
        if indicator is None:
            return self._unknown(words)
        if label.fault or label.is_prior_year:
            return not_kept_row(label, indicator) if words.is_row else not_kept_fault(label)
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
            return named, Label(name=label.whole, whole=label.whole, unit=label.unit, text=label.text)
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
        printed = printed_name(words.label.text, name)[:_SHOWN]
        shown = f"{words.parent}#{printed.lstrip(_PART_MARKS)}" if words.parent else printed
        near = self.lexicon.nearest_indicators(name)
        hint = say("最接近的名称：{near}。", near=near) if near else say("台账中没有相近的名称。")
        how = say("若确是同一指标，请由负责人用 duban alias add 登记这个全称；否则请改用台账中的名称。")
        return Fault("unknown_indicator", say("指标“{shown}”不在指标台账中。", shown=shown), hint + how)


def _is_full_name(indicator: Indicator, name: str) -> bool:
    return name == normal_name(indicator.name)


def _measure(label: Label, words: Words, indicator: Indicator) -> str | Fault:
    measure = label.measure
    if measure in ("", ABSOLUTE):
        inferred = _infer_measure(measure, words, indicator)
        if isinstance(inferred, Fault):
            return inferred
        measure = inferred
    if measure not in indicator.measures:
        return measure_fault(measure, indicator)
    if measure == "growth" and label.valuation and indicator.valuation not in ("none", label.valuation):
        return valuation_fault(label, indicator)
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
        say("“{name}”的单位是 {unit}，但没有写明是同比增速还是比重。", name=indicator.name, unit=words.unit),
        say("请在名称或表头写明口径，例如“同比增长(%)”。"),
    )


def _is_percent(unit: str) -> bool:
    parsed = parse_unit(unit)
    return parsed is not None and parsed.dimension == "percent"


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
        return dimension_fault(joined("、", words.units), canonical, indicator, measure)
    return None


def _stated_unit(text: str, canonical: Unit, indicator: Indicator, measure: str) -> Unit | Fault:
    unit = parse_unit(text)
    if measure in ("index", "stage") or (measure == "rank" and canonical.dimension == "none"):
        return canonical
    if unit is None:
        return Fault(
            "unknown_unit",
            say("单位“{text}”不认识。", text=text),
            say("“{name}”请用 {text} 或同类单位。", name=indicator.name, text=canonical.text),
        )
    return (
        unit
        if unit.dimension == canonical.dimension
        else dimension_fault(text, canonical, indicator, measure)
    )
