"""Column headings: which columns are labels, and what a heading says of the figures below it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from flows.receive.labels import Label, merge, parse_label
from flows.receive.sheet import Sheet
from models.indicator import normal_name
from models.period import is_doubtful, normal_label, parse_period
from models.period_years import hold_years
from models.quantity import parse_unit

_LABEL_COLUMNS = {
    "indicator": "指标 指标名称 主要指标 项目 名称 统计指标 指标名 项目名称 经济指标 主要经济指标 indicator 分组 行业",
    "region": "地区 地区名称 区县 省份 省市 省 城市 区域 各区县 省(区、市) 省市区 行政区 行政区划 region province city area 地区/年份 地区/时间 省份/年份",
    "unit": "单位 计量单位 unit",
    "period": "时间 时期 日期 报告期 年月 期间 period date 数据时期 时间(年月) 统计期",
    "year": "年份 年 年度 year",
    "month": "月份 月 month",
    "quarter": "季度 季 quarter",
    "ignored": "序号 编号 代码 指标代码 no no. id 频度 频率 行政区划代码 地区代码 代号",
    "measure": "口径 指标口径 统计口径 measure",
    "note": "备注 说明 note remarks",
}
_FULL_PERIOD = re.compile(r"\d{4}年(?:.*[月度年])?")
PERIOD_ROLES = ("period", "year", "month", "quarter")
_ROLES = {normal_name(name): role for role, names in _LABEL_COLUMNS.items() for name in names.split()}
_BRACKETS = re.compile(r"(?<=.)\([^()]*\)$")


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a column (or beside a row): a period, words, or both."""

    period: str = ""
    label: Label = Label()
    region: str = ""
    frequency: str = ""

    @property
    def is_words_only(self) -> bool:
        """Measure and period words, no name of anything."""
        return not self.label.name

    @property
    def is_empty(self) -> bool:
        return not self.period and self.label == Label()


@lru_cache(maxsize=8192)
def label_role(text: str) -> str:
    """The role of a label column by its heading, or ""; a unit in brackets behind it does not matter."""
    return _ROLES.get(_BRACKETS.sub("", normal_name(text)).replace(":", ""), "")


@lru_cache(maxsize=8192)
def is_period(text: str) -> bool:
    """Whether a cell is a period and nothing else, its year included or not."""
    return parse_period(text, year=2000) is not None or is_doubtful(text)


def is_year(text: str) -> bool:
    """2024年: a year that cells beside or below it may be of."""
    return bool(re.fullmatch(r"(?:19|20)\d{2}年", text))


@lru_cache(maxsize=8192)
def parse_heading(text: str) -> Heading:
    """`1—10月累计同比增长(%)` → period 1-10月, growth, ytd, %."""
    if not text.strip():
        return Heading()
    if is_period(text):
        return Heading(period=text.strip())
    if parse_unit(text):
        return Heading(label=Label(unit=text.strip()))
    plain = normal_label(text)
    for end in range(min(len(plain) - 1, 16), 1, -1):
        rest = parse_label(plain[end:])
        if not is_period(plain[:end]) or plain[:end].isdigit():
            continue
        if not rest.name:
            return Heading(plain[:end], replace(rest, whole="", text=""))
        if _FULL_PERIOD.fullmatch(plain[:end]):  # 2023年地区生产总值(亿元)
            return Heading(plain[:end], rest)
    return Heading(label=parse_label(text))


def with_names(headings: Mapping[int, Heading]) -> dict[int, Heading]:
    """Rates and ranks without a name (增速) take that of the one named amount left of them, if it is one."""
    named: dict[int, Heading] = {}
    amounts: list[Label] = []  # left of a rate, since the last rate
    after_rate = False
    for place, heading in headings.items():
        label = heading.label
        is_rate = not label.name and (label.measure in ("growth", "rank") or label.fault in RATE_FAULTS)
        if is_rate and len(amounts) == 1 and is_said_of(label, amounts[0]):
            heading = replace(heading, label=named_as(label, amounts[0]))
        elif not is_rate and not label.fault and not label.is_prior_year:
            amounts = [label] if after_rate else [*amounts, label]
        after_rate = is_rate
        named[place] = heading
    return named


RATE_FAULTS = ("month_on_month", "since_january", "average", "points", "share")


def is_said_of(label: Label, owner: Label) -> bool:
    """Whether a rate or rank without a name can be that of `owner`, which must not be a rate itself."""
    return not label.name and label.measure in ("growth", "rank") and owner.measure != label.measure


def named_as(label: Label, owner: Label) -> Label:
    """`label` with the name of the amount that it is said of."""
    basis = label.basis or owner.basis
    return replace(label, name=owner.name, whole=owner.name, text=owner.text, basis=basis)


def stacked(sheet: Sheet, rows: Sequence[int], columns: Sequence[int]) -> dict[int, Heading]:
    """What the header rows above each column say together; a merged upper heading holds for the empty cells
    right of it."""
    headings = {place: Heading() for place in columns}
    for number in rows:
        carried = Heading()
        for place in columns:
            text = sheet.cell(number, place)
            own = parse_heading(text)
            carried = own if text else carried
            headings[place] = stack(headings[place], carried if number < rows[-1] else own)
    return headings


def stack(upper: Heading, lower: Heading) -> Heading:
    """A heading over another: the lower one is the closer, the upper one adds what it leaves open."""
    label = merge(lower.label, upper.label)
    if (
        lower.label.name and upper.label.name
    ):  # 地区生产总值 over 总量 has one name; two names are one indicator's parts
        label = replace(label, name=lower.label.name, whole=lower.label.whole, text=lower.label.text)
    return Heading(_closer_period(upper.period, lower.period), label)


def with_years(headings: Mapping[int, Heading]) -> dict[int, Heading]:
    """Headings whose periods lack the year that one left of them prints: 2024年9月, 1—9月."""
    dated = {place: heading.period for place, heading in headings.items() if heading.period}
    held = dict(zip(dated, hold_years(list(dated.values())), strict=True))
    return {place: replace(heading, period=held.get(place, "")) for place, heading in headings.items()}


def _closer_period(upper: str, lower: str) -> str:
    """2024年 over 3月 is 2024年3月; of two whole periods the lower one is the closer."""
    return _year_and_part(upper, lower) or lower or upper


def meeting_period(column: str, row: str) -> str:
    """2024年 and 3月 are 2024年3月, whichever of them stands above and whichever beside."""
    return _year_and_part(column, row) or _year_and_part(row, column) or f"{column}{row}"


def _year_and_part(year: str, part: str) -> str:
    is_joined = re.fullmatch(r"\d{4}年?度?", year) and part and parse_period(part) is None
    return f"{year[:4]}年{part}" if is_joined else ""
