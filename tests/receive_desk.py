"""Reading small files that a test writes itself, with the national book."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

from flows.books import load
from flows.receive import Lexicon, Limits, read
from models.delivery import Candidate, Finality, Provenance, Reading, SideFile

NATIONAL = Path(__file__).parent / "reference_national"
CHONGQING = "500000"


@cache
def lexicon() -> Lexicon:
    return Lexicon.of(load(NATIONAL))


def side(region: str = CHONGQING, period: str = "") -> SideFile:
    return SideFile(
        region=region,
        reporting_office="nbs",
        received=date(2024, 11, 20),
        provenance=Provenance.OFFICIAL,
        finality=Finality.PRELIMINARY,
        period=period,
    )


def read_bytes(
    folder: Path,
    content: bytes,
    *,
    name: str = "file.csv",
    of: SideFile | None = None,
    limits: Limits | None = None,
) -> Reading:
    path = folder / name
    path.write_bytes(content)
    return read(path, relative=name, books=lexicon(), side=of or side(), limits=limits or Limits())


def read_text(folder: Path, text: str, *, encoding: str = "utf-8", of: SideFile | None = None) -> Reading:
    return read_bytes(folder, text.encode(encoding), of=of)


def figures(reading: Reading) -> list[str]:
    """Each figure as one short line: what, when, how much and where it stood."""
    return [figure(candidate) for candidate in reading.candidates]


def figure(c: Candidate) -> str:
    value = f"{c.bound}{c.value.normalize():f}{c.unit}"
    return f"{c.region} {c.indicator} {c.measure} {c.basis} {c.period_end:%Y-%m} {value} @{c.row}{c.column}"


def complaints(reading: Reading) -> list[str]:
    """Each problem as one line: rule and place."""
    return [f"{p.rule} {p.row}{p.column}".strip() for p in reading.problems]


def messages(reading: Reading) -> Sequence[str]:
    return [f"{p.message}{p.advice}" for p in reading.problems]
