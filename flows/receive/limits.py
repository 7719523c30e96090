"""How much of a file a reader is willing to take in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Beyond these a file is refused before it can fill the memory."""

    bytes: int = 64 * 1024 * 1024
    unpacked_bytes: int = 512 * 1024 * 1024  # of a workbook, all its parts together
    packing_ratio: int = 200  # unpacked : packed, of a part above 1 MiB
    parts: int = 2_000
    rows: int = 1_048_576  # what a sheet of Excel holds
    columns: int = 1_024
    cells: int = 12_000_000  # rows × columns of one sheet
    sheets: int = 100
