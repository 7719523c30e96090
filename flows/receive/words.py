"""What labels say together of a figure, and the series of the books that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from flows.receive.faults import Fault
from flows.receive.labels import Label
from models.indicator import Indicator
from models.period import Period
from models.quantity import Unit, ratio


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
    is_row: bool = False  # the long form: a row is one figure, and a basis that it leaves out is the book's


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

    @cached_property
    def ratio(self) -> tuple[Decimal, Decimal]:
        """What a figure in the printed unit is multiplied by and divided by."""
        return ratio(self.unit or self.canonical, self.canonical)
