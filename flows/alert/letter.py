"""What a mail says, before it is text or HTML: one structure, rendered twice by the templates."""

from __future__ import annotations

from dataclasses import dataclass, field

LONGEST = 400  # characters of a cell or note from outside that a mail repeats


@dataclass(frozen=True)
class Chip:
    """A status or kind: always a mark and a word, never a colour alone."""

    word: str
    mark: str = ""
    ink: str = "#1f2933"
    fill: str = "#eef0f2"


@dataclass(frozen=True)
class Step:
    """One period in the course of the year."""

    period: str
    chip: Chip


@dataclass(frozen=True)
class Line:
    """A labelled fact."""

    label: str
    text: str


@dataclass(frozen=True)
class Block:
    """One target, feed or delivery with all that is to be said of it."""

    title: str
    chips: tuple[Chip, ...] = ()
    lines: tuple[Line, ...] = ()
    course: tuple[Step, ...] = ()
    course_label: str = ""
    bar: int | None = None  # per cent of the bar's width
    ask: Line | None = None


@dataclass(frozen=True)
class Entry:
    """One row of the table of what stands."""

    name: str
    chip: Chip
    cells: tuple[Line, ...]
    bar: int = 0


@dataclass(frozen=True)
class Section:
    """A heading with blocks or a table under it."""

    heading: str
    blocks: tuple[Block, ...] = ()
    entries: tuple[Entry, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.blocks or self.entries)


@dataclass(frozen=True)
class Letter:
    """One mail to one address."""

    language: str
    subject: str
    greeting: str
    lead: str
    banner: str = ""
    sections: tuple[Section, ...] = ()
    footer: tuple[str, ...] = field(default=())


def plain(text: str | None) -> str:
    """Text from outside on one line: control characters and line breaks become spaces, the rest is cut."""
    clean = " ".join("".join(c if c.isprintable() else " " for c in text or "").split())
    return clean if len(clean) <= LONGEST else clean[:LONGEST] + "…"
