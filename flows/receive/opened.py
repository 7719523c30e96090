"""What opening a file gives: its sheets, and what its bytes were encoded in."""

from __future__ import annotations

from dataclasses import dataclass

from flows.receive.faults import Fault
from flows.receive.sheet import Sheet


@dataclass(frozen=True)
class Opened:
    """A file's sheets. `faults` are about parts that were left out, each with its sheet."""

    sheets: tuple[Sheet, ...]
    encoding: str
    faults: tuple[tuple[str, Fault], ...] = ()
