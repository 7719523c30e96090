"""A table whose title alone names the indicator: 2024年1—9月各区县地区生产总值, above regions or nameless columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from flows.receive.grid import Grid
from flows.receive.headings import Heading
from flows.receive.labels import Label, parse_label
from flows.receive.lexicon import Lexicon
from flows.receive.places import are_places, is_place
from flows.receive.sheet import Sheet
from flows.receive.titles import without_number
from models.indicator import normal_name

_PERIOD = re.compile(
    r"\(?(?:19|20)\d{2}(?:-(?:19|20)\d{2})?年?(?:(?:第?[1-4一二三四]|前[三3])季度|上半年|全年|(?:1月?-)?\d{1,2}月份?|度)?末?\)?"
)
_UNIT = re.compile(r"\(?(?:计量)?单位:([^()]+)\)?")
_BEFORE = re.compile(
    r"^(?:(?:全[国市区省县]|[各分](?:省市?|区县|地区|市|城市|区|地|月份?|季度?|年度?)|主要城市|历年)的?)+"
)
_OF_REGION = re.compile(r"(?:国民经济|社会经济|经济社会|经济|主要|重点|各项|统计月报|统计指标|指标|月报)")
_BEHIND = re.compile(r"(?:[分各逐](?:月|季度?|年度?))?(?:统计表|一览表|完成情况|情况表?|数据|表)$")


def with_titled_indicator(grid: Grid, lexicon: Lexicon) -> Grid:
    """`grid` under the indicator that its titles name, where exactly one does and nothing else says it."""
    if grid.context.indicator is not None:
        return grid
    label = titled_indicator(grid.context.titles, lexicon)
    if label is None:
        return grid
    return replace(grid, context=replace(grid.context, indicator=label))


def with_regions(grid: Grid, sheet: Sheet, lexicon: Lexicon) -> Grid:
    """`grid` with the regions that stand where names of indicators might: in its rows, or above its columns."""
    is_crossed = "indicator" in grid.labels or grid.context.indicator is not None
    headings = {place: _as_region(h, lexicon) if is_crossed else h for place, h in grid.headings.items()}
    return replace(grid, headings=headings, labels=_regions_in_rows(grid, sheet, lexicon))


def titled_indicator(titles: Iterable[str], lexicon: Lexicon) -> Label | None:
    """The one indicator whose whole name is left of a title when period, region and 各区县 are taken off it."""
    found = {label.name: label for title in titles if (label := _label_of(title, lexicon)) is not None}
    return found.popitem()[1] if len(found) == 1 else None


def titled_region(titles: Iterable[str], lexicon: Lexicon) -> str:
    """The code of the one region whose table the titles say this is: 大渡口区2024年1—9月主要经济指标.

    A region that an office, a place or a campaign is named after (大渡口区统计局) says nothing of the figures.
    """
    found = {code for title in titles if (code := _region_of(title, lexicon))}
    return found.pop() if len(found) == 1 else ""


def _region_of(title: str, lexicon: Lexicon) -> str:
    rest, region = _plain(title), ""
    while name := _leading_region(rest, lexicon):  # 重庆市大渡口区: the last of them
        region, rest = name, rest.removeprefix(name)
    label = parse_label(_BEHIND.sub("", rest))
    is_table = not rest or _OF_REGION.match(rest) or lexicon.indicator_named(label.name) is not None
    return lexicon.regions[region] if region and is_table else ""


def _label_of(title: str, lexicon: Lexicon) -> Label | None:
    plain = _plain(title)
    bare = _BEHIND.sub("", _BEFORE.sub("", plain.removeprefix(_leading_region(plain, lexicon))))
    label = parse_label(bare)
    return label if lexicon.indicator_named(label.name) is not None else None


def _plain(title: str) -> str:
    """A title without its number and its period."""
    plain = normal_name(without_number(title)).replace("—", "-").replace("–", "-")
    return _PERIOD.sub("", _UNIT.sub(r"(\1)", plain))


def _leading_region(text: str, lexicon: Lexicon) -> str:
    return max((name for name in lexicon.regions if text.startswith(name)), key=len, default="")


def _as_region(heading: Heading, lexicon: Lexicon) -> Heading:
    """A heading that is a region's name (大渡口区, or 大渡口区 over 增速)."""
    label = heading.label
    if not label.name or not is_place(label.name, lexicon):
        return heading
    return replace(heading, label=replace(label, name="", whole="", text=""), region=label.text)


def _regions_in_rows(grid: Grid, sheet: Sheet, lexicon: Lexicon) -> Mapping[str, int]:
    """The label column holds regions where every name in it is one."""
    place = grid.labels.get("indicator")
    if place is None or "region" in grid.labels:
        return grid.labels
    names = [name for row in range(grid.body, len(sheet.rows)) if (name := sheet.cell(row, place))]
    if not are_places(names, lexicon):
        return grid.labels
    return {("region" if role == "indicator" else role): column for role, column in grid.labels.items()}
