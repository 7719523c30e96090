"""What a layout finds out about a table with labels on two sides, before a figure is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flows.receive.context import Context
from flows.receive.headings import Heading
from flows.receive.labels import Label


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
    dated: tuple[int, ...] = ()  # columns of the periods, where rows are periods
    unread: tuple[int, ...] = ()  # columns whose heading is not understood
    # Where cells stood in the file, where that is not their place in the table.
    source_rows: Mapping[tuple[int, int], int] = field(default_factory=dict)


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
