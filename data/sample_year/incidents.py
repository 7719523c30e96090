"""What went wrong with some deliveries, and what was sent again: incidents.csv, one kind a function."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from deliveries import Delivery, Line
from story import YEAR, Figure, read_table


def with_incidents(deliveries: list[Delivery]) -> list[Delivery]:
    """Apply incidents.csv in its order: some change a delivery, some add one."""
    by_key = {(d.folder, d.name): d for d in deliveries}
    for row in read_table("incidents.csv"):
        key = (row["period"], row["package"])
        changed, added = _INCIDENTS[row["what"]](by_key[key], row, list(by_key.values()))
        by_key[key] = changed
        if added:
            by_key[added.folder, added.name] = added
    return list(by_key.values())


def _received_on(sent: Delivery, row: dict[str, str], _all: Iterable[Delivery]) -> tuple[Delivery, None]:
    return replace(sent, received=date.fromisoformat(row["received"])), None


def _unit_slip(sent: Delivery, row: dict[str, str], _all: Iterable[Delivery]) -> tuple[Delivery, None]:
    lines = [replace(x, unit="万元") if x.figure.indicator == row["indicator"] else x for x in sent.lines]
    return replace(sent, lines=tuple(lines)), None


def _spoilt(sent: Delivery, row: dict[str, str], _all: Iterable[Delivery]) -> tuple[Delivery, None]:
    return replace(sent, fault=row["what"]), None


def _two_values(sent: Delivery, row: dict[str, str], _all: Iterable[Delivery]) -> tuple[Delivery, None]:
    """The same key stands twice in one file with two values."""
    first = _find(sent, row["indicator"], "total")
    second = replace(first, value=Decimal(row["value"]))
    return replace(sent, lines=(*sent.lines, Line(second))), None


def _corrected(sent: Delivery, row: dict[str, str], _all: Iterable[Delivery]) -> tuple[Delivery, Delivery]:
    """The same package again, as it should have been; only the named indicator where one is named."""
    lines = [replace(x, unit="") for x in sent.lines if row["indicator"] in ("", x.figure.indicator)]
    again = _further(sent, row, lines, "corrected")
    return sent, replace(
        again, fault="", source=f"{sent.source}（更正）" if sent.language == "zh" else sent.source
    )


def _restated(sent: Delivery, row: dict[str, str], _all: Iterable[Delivery]) -> tuple[Delivery, Delivery]:
    """A growth rate is revised to a comparable base; its level stays as it is."""
    old = _find(sent, row["indicator"], "growth")
    line = Line(replace(old, value=Decimal(row["value"])), note="按可比口径修订")
    again = _further(sent, row, [line], "restated")
    return sent, replace(again, finality="revised", source=f"{sent.source}（修订）")


def _series_restated(
    sent: Delivery, row: dict[str, str], _all: Iterable[Delivery]
) -> tuple[Delivery, Delivery]:
    """Last year's whole series was first sent too high by the factor `value`, and is verified later."""
    before = (row["indicator"], YEAR - 1)
    lines = [_scaled(x, row["value"]) if _series_and_year(x) == before else x for x in sent.lines]
    right = [replace(x, note="核定") for x in sent.lines if _series_and_year(x) == before]
    verified = replace(
        _further(sent, row, right, "restated"), finality="final", source=f"{sent.source}（核定）"
    )
    return replace(sent, lines=tuple(lines)), verified


def _series_and_year(line: Line) -> tuple[str, int]:
    return line.figure.indicator, line.figure.year


def _scaled(line: Line, factor: str) -> Line:
    value = line.figure.value
    return replace(line, figure=replace(line.figure, value=(value * Decimal(factor)).quantize(value)))


def _disputed(sent: Delivery, row: dict[str, str], everything: Iterable[Delivery]) -> tuple[Delivery, None]:
    """Another office sends another value for the same key on the same day."""
    other = next(d for d in everything if d.folder == sent.folder and _has(d, row["indicator"]))
    rival = replace(_find(other, row["indicator"], "total"), value=Decimal(row["value"]))
    return replace(sent, received=other.received, lines=(*sent.lines, Line(rival))), None


def _estimate(sent: Delivery, row: dict[str, str], _all: Iterable[Delivery]) -> tuple[Delivery, Delivery]:
    guess = replace(_find(sent, row["indicator"], "growth"), value=Decimal(row["value"]))
    early = _further(sent, row, [Line(guess, note="预计数")], "estimate")
    return sent, replace(early, office=row["office"], finality="estimate", source="区发展改革委全年预计")


_INCIDENTS = {
    "received_on": _received_on,
    "unit_slip": _unit_slip,
    "no_unit_no_period": _spoilt,
    "mojibake": _spoilt,
    "two_values": _two_values,
    "corrected": _corrected,
    "restated": _restated,
    "series_restated": _series_restated,
    "disputed": _disputed,
    "estimate": _estimate,
}


def _further(sent: Delivery, row: dict[str, str], lines: list[Line], ending: str) -> Delivery:
    received = date.fromisoformat(row["received"])
    name = f"{sent.name}_{ending}"
    return replace(sent, name=name, received=received, lines=tuple(lines), layout="long")


def _has(delivery: Delivery, indicator: str) -> bool:
    return any(f.indicator == indicator for f in delivery.figures)


def _find(delivery: Delivery, indicator: str, measure: str) -> Figure:
    return next(f for f in delivery.figures if (f.indicator, f.measure) == (indicator, measure))
