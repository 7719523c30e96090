"""What the lines above a table say of the whole of it: title, year, period, unit, indicator, region."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from flows.receive.labels import Label, parse_label
from flows.receive.sheet import Row
from flows.receive.tables import is_figure
from flows.receive.titles import period_of_titles, year_of_titles
from models.indicator import normal_name
from models.period import Period
from models.quantity import parse_unit

_KEY = re.compile(r"^(数据库|指标|时间|地区|频度|频率)[:：](.*)$")
_UNIT = re.compile(r"(?:计量)?单位[:：]([^()（）]+)")  # noqa: RUF001
_SEPARATORS = re.compile(r"[、,，;；和及\s]+")  # noqa: RUF001
_NATIONAL = {"月度数据", "季度数据", "年度数据"}


@dataclass(frozen=True)
class Context:
    """The lines above the header, read."""

    titles: tuple[str, ...] = ()
    year: int | None = None
    period: Period | None = None
    units: tuple[str, ...] = ()
    indicator: Label | None = None
    region: str = ""
    database: str = ""
    strays: tuple[int, ...] = ()  # rows (as Excel counts) that hold figures, of a table without a header

    @property
    def is_national_database(self) -> bool:
        """The national bureau's databases without 分省 or 城市 hold figures of the whole country."""
        return self.database in _NATIONAL


def read_context(lines: Sequence[Row]) -> Context:
    """Titles and `指标：…` lines above a table; the order of the lines does not matter."""
    cells = [cell.strip() for line in lines for cell in line if cell.strip()]
    keys = {match[1]: match[2].strip() for cell in cells if (match := _KEY.match(cell))}
    titles = tuple(cell for cell in cells if not _KEY.match(cell))
    indicator = parse_label(keys["指标"]) if keys.get("指标") else None
    return Context(
        titles=titles,
        year=year_of_titles(titles),
        period=period_of_titles(titles),
        units=units_of(cells),
        indicator=indicator,
        region=keys.get("地区", ""),
        database=normal_name(keys.get("数据库", "")),
        strays=_strays(lines),
    )


def _strays(lines: Sequence[Row]) -> tuple[int, ...]:
    """Rows of figures among the titles; a single figure is a title's own: an issue number, a page."""
    counts = {number: sum(map(is_figure, row[1:])) for number, row in enumerate(lines, 1) if len(row) > 1}
    found = tuple(number for number, count in counts.items() if count)
    return found if sum(counts.values()) > 1 else ()


def units_of(cells: Sequence[str]) -> tuple[str, ...]:
    """`单位：亿元、%` anywhere, or a title that ends with (亿元)."""
    found: dict[str, None] = {}
    for cell in cells:
        for match in _UNIT.finditer(cell):
            found.update({part: None for part in _SEPARATORS.split(match[1].strip()) if parse_unit(part)})
    if not found:
        found.update({unit: None for cell in cells if len(cell) < 60 and (unit := parse_label(cell).unit)})
    return tuple(found)
