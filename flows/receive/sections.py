"""Lines between the rows of a table that say of what the rows below them are.

地区：吉林省, a region's name alone, 指标：…, 单位：万元, a year or a period alone.
"""

from __future__ import annotations

from dataclasses import replace

from flows.receive.context import Context, read_context
from flows.receive.lexicon import Lexicon
from flows.receive.places import is_place
from models.period import parse_period


def section_context(text: str, above: Context, lexicon: Lexicon) -> Context | None:
    """What holds from the line `text` on; None where it says nothing that figures depend on."""
    period = parse_period(text)
    if period is not None:
        return replace(above, year=period.end.year, period=period)
    if is_place(text, lexicon):
        return replace(above, region=text)
    said = read_context([[text]])
    if said.region:
        return replace(above, region=said.region)
    if said.indicator is not None:
        return replace(above, indicator=said.indicator)
    return replace(above, units=said.units) if said.units and "单位" in text else None
