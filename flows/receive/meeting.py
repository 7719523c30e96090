"""What the labels of a row and of a column say together of the figure where they meet."""

from __future__ import annotations

from flows.receive.context import Context
from flows.receive.faults import Fault
from flows.receive.grid import Grid, Side
from flows.receive.grid_faults import no_indicator
from flows.receive.headings import Heading
from flows.receive.labels import Label, contradict, merge
from flows.receive.series_faults import contradiction, two_names
from flows.receive.words import Words
from models.period import MONTH, QUARTER, SPAN, YEAR, Period


def words_of(side: Side, heading: Heading, grid: Grid) -> Words | Fault:
    """Name, measure, basis and unit of a figure; a row and a column that contradict each other are a fault."""
    if contradict(heading.label, side.label):
        return contradiction()
    label = merge(heading.label, side.label)
    if side.label.name and heading.label.name not in ("", side.label.name):
        return two_names(side.label.text, heading.label.text)
    if not label.name and grid.context.indicator:
        label = merge(label, grid.context.indicator)
    if not label.name:
        return no_indicator()
    strict, units = _units(side, heading, grid.context)
    return Words(label, unit=strict, units=units, parent=side.parent, is_own_month=grid.is_own_month)


def _units(side: Side, heading: Heading, context: Context) -> tuple[str, tuple[str, ...]]:
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


def context_period(stated: Period | None, label: Label) -> Period | None:
    """本月 and 累计 are those of the table's period; a heading without any is for the table's own stretch.

    Which month they are of, a bare year does not say.
    """
    if stated is None or (stated.kind == YEAR and label.basis in ("month", "ytd")):
        return None
    if label.basis == "ytd":
        return Period(stated.end, SPAN)
    if label.basis == "month":
        return Period(stated.end, MONTH)
    return stated


def at_frequency(period: Period | Fault, frequency: str) -> Period | Fault:
    """A vendor's date is the last day of a month, a quarter or a year, as its 频度 says."""
    if isinstance(period, Fault) or not frequency or period.kind != MONTH:
        return period
    if frequency.startswith(("季", "quarter")) and period.end.month % 3 == 0:
        return Period(period.end, QUARTER)
    if frequency.startswith(("年", "annual", "year")) and period.end.month == 12:
        return Period(period.end, YEAR)
    return period
