"""Targets: what the report promises, where it says so, and which kind of promise it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from models.cell import (
    Day,
    Flag,
    Month,
    Number,
    OptionalNumber,
    OptionalText,
    OptionalWhole,
    Section,
    Text,
    TextList,
    Whole,
    choice,
    optional_choice,
)
from models.indicator import MEASURES

JUDGED_MEASURES = tuple(
    measure for measure in MEASURES if measure != "index"
)  # 上年同月=100 promises nothing
COMPARATORS = (">=", "<=", "~=", "range", "relative", "increase", "decrease", "hold", "external")
CHANGES = ("increase", "decrease", "hold")
NEED_VALUE = (">=", "<=", "~=", "range")
MODALITIES = ("力争", "确保")
NATURES = ("预期性", "约束性")
KINDS = ("total", "level", "growth", "ratio", "rank", "relative", "change", "stage", "external")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One promise about one indicator, in the indicator's unit (growth in %).

    `comparator` is None for stages and for promises without a result yet; `value` is the limit, `value_high`
    the other end of a range; `final_period` is the last day of the period whose figure settles the target.
    """

    target_id: Text
    region: Text
    year: Whole
    indicator: Text
    measure: Annotated[str, choice(*JUDGED_MEASURES)]
    comparator: Annotated[str | None, optional_choice(*COMPARATORS)]
    value: OptionalNumber
    value_high: OptionalNumber
    tolerance: OptionalNumber
    unit: Text
    modality: Annotated[str | None, optional_choice(*MODALITIES)]
    stretch: OptionalText
    nature: Annotated[str, choice(*NATURES)]
    final_period: Month
    year_end_only: Flag
    lumpy: Flag
    responsible_office: Text
    co_responsible: TextList
    leader: OptionalText
    section: Section
    paragraph: OptionalWhole
    printed: Text
    promise_id: OptionalText
    reference_target: OptionalText
    entered_on: Day
    reason: OptionalText
    note: OptionalText

    @property
    def key(self) -> str:
        return self.target_id

    @property
    def kind(self) -> str:
        return kind_of(measure=self.measure, comparator=self.comparator)

    @property
    def has_no_result_yet(self) -> bool:
        """A promise listed by name only: its status is `no_target` until somebody enters a result."""
        return self.comparator is None and self.measure != "stage"


@dataclass(frozen=True, slots=True, kw_only=True)
class SchedulePoint:
    """What a target should have reached by a period; for a stage target the date of one of its stages."""

    target_id: Text
    period: Month
    value: Number
    stage_name: OptionalText
    entered_on: Day
    reason: Text

    @property
    def key(self) -> tuple[str, date, str | None]:
        return (self.target_id, self.period, self.stage_name)


def kind_of(*, measure: str, comparator: str | None) -> str:
    """The kind that decides how a target is judged: the comparator where it says more than the measure."""
    if measure == "stage":
        return "stage"
    if comparator in CHANGES:
        return "change"
    if comparator in ("relative", "external"):
        return str(comparator)
    return measure
