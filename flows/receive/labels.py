"""Label grammar: `社会消费品零售总额累计增长(%)` → name 社会消费品零售总额, growth, ytd, unit %.

Only words with a statistical meaning are taken off a label; what remains is looked up whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from models.indicator import normal_name
from models.period import INVISIBLE
from models.quantity import parse_unit

ABSOLUTE = "absolute"  # 绝对量: total, level or ratio, whichever the indicator keeps
CURRENT = "current"  # 当期值, 同比增长 of the bureau's exports: the month's or the quarter's own


@dataclass(frozen=True, slots=True)
class Label:
    """What a label says; "" where it says nothing. `fault` names a figure that is never kept."""

    name: str = ""
    whole: str = ""  # the name with its measure words, for an indicator that is called so
    measure: str = ""
    basis: str = ""
    unit: str = ""
    valuation: str = ""  # real | nominal, of a growth
    fault: str = ""
    is_part: bool = False  # "of which": #, 其中
    is_prior_year: bool = False
    text: str = ""  # the cell that holds the name, as printed

    @property
    def says_nothing(self) -> bool:
        return not (self.name or self.measure or self.basis or self.fault or self.is_prior_year)


_BASIS_WORDS = {
    "ytd": "本月止累计 本年累计 年初累计 自年初累计 自年初 年初至今 1-本月 1至本月 累计 ytd accumulated",
    "month": "当月 本月 单月 月度",
    "quarter": "当季 本季 单季",
    "point": "期末 本月末 月末 季末 年末 季度末 时点",
    CURRENT: "当期 本期 currentperiod",
}
_BASIS_OF = {word: basis for basis, words in _BASIS_WORDS.items() for word in words.split()}
_ABSOLUTE_WORDS = "绝对值 绝对额 绝对量 绝对数"  # behind any name
_BEHIND_BASIS = "值 额 数 量 总量 总额 总计 合计 完成 完成额 完成值 完成数 实绩 数值"  # 累计值; alone they end a name (零售总额)
_WHOLE_ABSOLUTE = "总量 总额 数值 值 数额 数量 实绩 完成 完成额 完成值 完成数 实际完成 数据 指标值 完成情况 报送值 今年 本年 本年数 本期数"
_RANK_WORDS = "全市排名 全市位次 全省排名 全省位次 全国排名 在全市排名 在全市位次 位次 排名 排位 名次 位序"
_FAULT_WORDS = {
    "month_on_month": "环比增长 环比增速 环比 比上月增长 较上月增长 比上月 较上月 比上季增长",
    "share": "占比 比重 占全市比重 贡献率 拉动",
    "increment": "增减额 增减量 增加额 增加值额 增量 增减绝对额 净增额",
    "average": "两年平均增长 两年平均增速 年均增长 年均增速 平均增速",
    "plan": "目标值 年度目标 全年目标 目标 计划数 年度计划 全年计划 计划 完成率 完成进度 进度 完成目标 占目标 占计划 序时进度 预算数 年初预算 年初预算数 完成预算 占预算 占年初预算 预算完成率 完成年度预算 全年预算",
    "since_january": "比年初增减 比年初增加 比年初增长 比年初 较年初增减 较年初增加 较年初增长 较年初 年初以来增减",
    "points": "增减百分点 回落百分点 提高百分点 提高 加快 回落",
    "earlier": "上月 上月数 上月值 上月完成 上季 上季数 上季度",
}
_PRIOR_WORDS = "上年同期 去年同期 上年同月 去年同月 上年同期数 去年同期数 上年同期值 去年同期值 上年同期累计 去年同期累计 上年同期完成 去年"


def _any_of(words: str) -> str:
    return "|".join(re.escape(word) for word in sorted(words.split(), key=len, reverse=True))


_BASIS = _any_of(" ".join(_BASIS_OF))
_COMPARED = r"同比|yoy|(?:比|较|与)(?:上年|去年)(?:同期|同月|同季)?(?:相比)?|(?:比|较)同期|上年同期|上年同月|去年同期|去年同月"
_GROWN = r"增长率|增长速度|增减率|增长|增速|增幅|growthrate|增减|升降|涨跌幅|涨跌|\+/?-|±|\+-"
_GROWTH = (
    rf"(?=(?:.*?)(?:{_COMPARED}|{_GROWN}))"
    rf"(?P<compared>{_COMPARED})?(?P<valuation>实际|名义|可比价)?(?P<grown>{_GROWN})?(?P<valuation2>实际|名义)?"
)
_TAIL = re.compile(
    rf"(?P<name>.*?)[_:\-,;|]*(?P<basis>{_BASIS})?[_:\-,]*(?:"
    rf"(?P<fault>{_any_of(' '.join(_FAULT_WORDS.values()))})"
    rf"|(?P<prior>{_any_of(_PRIOR_WORDS)})"
    rf"|(?P<rank>{_any_of(_RANK_WORDS)})"
    rf"|(?P<absolute>{_any_of(_ABSOLUTE_WORDS)}|(?(basis)(?:{_any_of(_BEHIND_BASIS)})|(?!)))"
    rf"|(?P<growth>{_GROWTH}))?[%_:\-,]*"
)
_FAULT_OF = {word: fault for fault, words in _FAULT_WORDS.items() for word in words.split()}
_BALANCE = ("余额", "期末余额", "本月末余额", "月末余额", "季末余额", "年末余额")
_PART = re.compile(r"^(?:[#*+]+|其中[:,]?|(?:of\s*which)[:,]?|--+|-)+", re.IGNORECASE)
_NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十\d]+\)|\d{1,2}[、.)](?!\d)|[①-⑳])"
)
_DASHES = str.maketrans("—–~", "---")  # noqa: RUF001
_BRACKET = re.compile(r"\(([^()]*)\)")
_INDEX = re.compile(r"(上年同月|上年同期|上年同季|上年|去年同月|去年同期|上月|上季|上季度|.*?)=100")
_NOTE_MARKS = re.compile(r"(?:[\u2460-\u2473※†‡*]|\[\d{1,2}\]|[\u00b9\u00b2\u00b3])+$")
_INNER_MARKS = re.compile(r"(?<=[^\s(（])[\u2460-\u2487]+(?=\s*[(（])")  # 国内生产总值①(亿元)  # noqa: RUF001
_ENGLISH = {
    "total": Label(measure="total"),
    "growth": Label(measure="growth"),
    "level": Label(measure="level"),
    "ratio": Label(measure="ratio"),
    "rank": Label(measure="rank"),
    "stage": Label(measure="stage"),
    "index": Label(measure="index"),
    "yoy": Label(measure="growth"),
    "growth(%)": Label(measure="growth", unit="%"),
    "ytd": Label(basis="ytd"),
    "cumulative": Label(basis="ytd"),
    "month": Label(basis="month"),
    "monthly": Label(basis="month"),
    "quarter": Label(basis="quarter"),
    "quarterly": Label(basis="quarter"),
    "point": Label(basis="point"),
    **{word: Label(measure=ABSOLUTE) for word in _WHOLE_ABSOLUTE.split()},
    **{word: Label(measure=ABSOLUTE, basis="point") for word in _BALANCE},
    "时点数": Label(measure="level", basis="point"),
    "比率": Label(measure="ratio"),
    "节点": Label(measure="stage"),
    "指数": Label(measure="index"),
}


@lru_cache(maxsize=8192)
def parse_label(text: str) -> Label:
    """Take the words of measure, basis, unit and valuation off a label; the rest is its name."""
    marked = _NOTE_MARKS.sub("", _INNER_MARKS.sub("", text.translate(INVISIBLE).strip()))
    plain = normal_name(_loose_unit_in_brackets(marked)).translate(_DASHES)
    if plain in _ENGLISH:
        return _ENGLISH[plain]
    is_part = bool(_PART.match(plain)) and plain not in {"-", "--"}
    bare = _NUMBERING.sub("", _PART.sub("", plain) if is_part else plain)
    bare = _NUMBERING.sub("", _PART.sub("", bare))
    label = _read(bare)
    return replace(label, is_part=is_part or "其中" in plain[:6], text=text.strip() if label.name else "")


def printed_name(text: str, name: str) -> str:
    """The part of a cell that is called `name` once width, spaces and case are made alike, as it is printed."""
    folded, places = "", []
    for place, character in enumerate(text):
        plain = normal_name(character).translate(_DASHES)
        folded += plain
        places += [place] * len(plain)
    at = folded.find(name) if name else -1
    if at < 0:
        return text or name
    start = places[at] if any(map(str.isalnum, text[: places[at]])) else 0  # marks before a name are shown
    return text[start : places[at + len(name) - 1] + 1]


def _loose_unit_in_brackets(text: str) -> str:
    """`零售总额 亿元` → `零售总额(亿元)`: a unit set off by a space, before spaces stop counting."""
    words = text.split()
    if len(words) > 1 and parse_unit(words[-1]):
        return f"{''.join(words[:-1])}({words[-1]})"
    return text


def _read(bare: str) -> Label:
    rest, label = _take_brackets(bare)
    rest, label = _take_loose_unit(rest, label)
    if rest in _ENGLISH:
        return merge(_ENGLISH[rest], label)
    return _take_tail(rest, label)


def _take_brackets(text: str) -> tuple[str, Label]:
    """Brackets that hold a unit, an index base or a measure word; others stay in the name."""
    label = Label()

    def take(match: re.Match[str]) -> str:
        nonlocal label
        found = _bracket(match[1])
        if found is None:
            return match[0]
        label = merge(label, found)
        return ""

    return _BRACKET.sub(take, text), label


def _bracket(inside: str) -> Label | None:
    inside = inside.removeprefix("单位:").removeprefix("单位")
    if not inside:
        return Label()
    index = _INDEX.fullmatch(inside)
    if index:
        return _index(index[1])
    if parse_unit(inside):
        return Label(unit=inside)
    if inside in {"元,%", "亿元,%", "万元,%", "+-%", "±%"}:
        return Label(unit=inside.split(",")[0]) if "," in inside else Label(measure="growth", unit="%")
    words = _take_tail(inside, Label())
    return words if not words.name and not words.says_nothing else None


def _index(base: str) -> Label:
    if base in {"上年同月", "去年同月"}:
        return Label(measure="index", basis="month")
    if base in {"上年同期", "去年同期", "上年同季", "上年"}:
        return Label(measure="index")
    return Label(fault="index_base")


_LOOSE = re.compile(r"(.+?)[,、:;](?:单位:?)?([^,、:;()]+)")


def _take_loose_unit(text: str, label: Label) -> tuple[str, Label]:
    """`地区生产总值,亿元` and `社会消费品零售总额:亿元`."""
    match = _LOOSE.fullmatch(text)
    if match and not label.unit and parse_unit(match[2]) and match[2] != "度":
        return match[1], replace(label, unit=match[2])
    return text, label


def _take_tail(text: str, label: Label) -> Label:
    """Take measure words off the end until none is left: 同比增长:累计 has two."""
    name, found = text, label
    for _ in range(3):
        match = _TAIL.fullmatch(name)
        if match is None or match["name"] == name:
            break
        found, name = merge(found, _tail_label(match, name)), match["name"].rstrip("_:-,;|")
    return replace(found, name=name, whole=text)


def _tail_label(match: re.Match[str], text: str) -> Label:
    """The words of one tail as a label."""
    basis = _BASIS_OF.get(match["basis"] or "", "")
    unit = "%" if text.endswith("%") and (match["growth"] or match["basis"]) else ""
    if match["fault"]:
        return Label(basis=basis, fault=_FAULT_OF[match["fault"]])
    if match["prior"]:
        return Label(basis=basis, is_prior_year=True)
    if match["rank"]:
        return Label(basis=basis, measure="rank")
    if match["absolute"]:
        return Label(basis=basis, measure=ABSOLUTE)
    if match["growth"]:
        valuation = {"实际": "real", "可比价": "real", "名义": "nominal"}.get(
            match["valuation"] or match["valuation2"] or "", ""
        )
        return Label(basis=basis or _compared_basis(match), measure="growth", valuation=valuation, unit=unit)
    return Label(basis=basis, unit=unit)


def _compared_basis(match: re.Match[str]) -> str:
    compared = match["compared"] or ""
    if compared.endswith("同月"):
        return "month"
    return "quarter" if compared.endswith("同季") else ""


def merge(first: Label, second: Label) -> Label:
    """Both labels' words; the first wins where both speak (see `conflict`)."""
    return Label(
        name=first.name or second.name,
        whole=first.whole if first.name else second.whole,
        measure=first.measure or second.measure,
        basis=first.basis or second.basis,
        unit=first.unit or second.unit,
        valuation=first.valuation or second.valuation,
        fault=first.fault or second.fault,
        is_part=first.is_part or second.is_part,
        is_prior_year=first.is_prior_year or second.is_prior_year,
        text=first.text if first.name else second.text,
    )


def contradict(first: Label, second: Label) -> bool:
    """Whether two labels around one figure say different things of its measure or basis."""
    absolute = {ABSOLUTE, "total", "level", "ratio"}
    measures = {first.measure, second.measure} - {""}
    bases = {first.basis, second.basis} - {"", CURRENT}
    return (len(measures) > 1 and not measures <= absolute) or len(bases) > 1
