"""Every word a reader meets, once, in Chinese and English: page, workbook, mail and terminal.

A key is `group.name`; the value is (Chinese, English). `word` looks one up, `words` gives a whole language
(for the page). A placeholder is `{name}`, the same in both languages. tests/unit/test_report_words.py holds
both languages complete.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from models.assessment import DataState, Outlook, Status
from models.page_words import PAGE_WORDS
from models.report_words import REPORT_WORDS

LANGUAGES = ("zh", "en")
Pair = tuple[str, str]


def _states(group: str, states: type[Status] | type[DataState] | type[Outlook]) -> dict[str, Pair]:
    return {f"{group}.{state.value}": (state.zh, state.en[0].upper() + state.en[1:]) for state in states}


JUDGED_WORDS: dict[str, Pair] = {
    **_states("status", Status),
    **_states("data_state", DataState),
    **_states("outlook", Outlook),
}
FACT_WORDS: dict[str, Pair] = {
    "kind.total": ("总量", "Total"),
    "kind.growth": ("增速", "Growth"),
    "kind.level": ("时点数", "Level"),
    "kind.ratio": ("比率", "Ratio"),
    "kind.rank": ("位次", "Rank"),
    "kind.relative": ("同步", "In step"),
    "kind.change": ("增减", "Change"),
    "kind.stage": ("节点", "Milestone"),
    "kind.external": ("上级下达", "Assigned"),
    "kind.no_target": ("待定", "Pending"),
    "measure.total": ("绝对量", "total"),
    "measure.growth": ("同比增速", "growth year on year"),
    "measure.level": ("时点数", "level"),
    "measure.ratio": ("比率", "ratio"),
    "measure.rank": ("位次", "rank"),
    "measure.stage": ("节点", "milestone"),
    "measure.index": ("指数", "index"),
    "basis.ytd": ("累计", "year to date"),
    "basis.month": ("当月", "month"),
    "basis.quarter": ("当季", "quarter"),
    "basis.point": ("时点", "point in time"),
    "provenance.official": ("官方报送", "Official"),
    "provenance.public": ("公开页面", "Public page"),
    "provenance.simulated": ("模拟", "Simulated"),
    "finality.estimate": ("预计", "Estimate"),
    "finality.preliminary": ("初步", "Preliminary"),
    "finality.revised": ("修订", "Revised"),
    "finality.final": ("最终", "Final"),
    "outcome.loaded": ("全部采纳", "Loaded"),
    "outcome.partly": ("部分采纳", "Partly loaded"),
    "outcome.refused": ("拒收", "Refused"),
    "outcome.withdrawn": ("已撤回", "Withdrawn"),
    "schedule_basis.interim": ("阶段性目标", "interim targets"),
    "schedule_basis.seasonal": ("往年同期进度", "share of earlier years"),
    "schedule_basis.linear": ("时间进度", "months gone by"),
    "schedule_basis.line": ("自上年末直线推进", "line from last year-end"),
    "schedule_basis.baseline": ("基期", "baseline"),
    "name.with_kind": ("{name}（{kind}）", "{name} ({kind})"),
    "section.headline": ("主要预期目标", "Headline targets"),
    "section.part": ("重点任务（{n}）", "Task {n}"),
    "section.titled": ("任务{n}：{title}", "{n}. {title}"),
    "section.whole": ("（{n}）{title}", "{n}. {title}"),
}
# Units as the books print them; other units keep their Chinese name in English.
UNIT_WORDS: dict[str, Pair] = {
    f"unit.{zh}": (zh, en)
    for zh, en in (
        ("亿元", "¥100m"),
        ("万元", "¥10k"),
        ("元", "yuan"),
        ("亿美元", "US$100m"),
        ("万美元", "US$10k"),
        ("人", "people"),
        ("万人", "10k people"),
        ("人次", "person-times"),
        ("户", "entities"),
        ("家", "companies"),
        ("个", "items"),
        ("件", "projects"),
        ("项", "items"),
        ("套", "homes"),
        ("天", "days"),
        ("亩", "mu"),
        ("平方米", "m²"),
        ("万平方米", "10k m²"),
        ("公里", "km"),
        ("位", "rank"),
        ("节点", "stages"),
        ("吨", "t"),
        ("万吨", "10k t"),
        ("%", "%"),
        ("‰", "‰"),
    )
}
WORDS: Mapping[str, Pair] = MappingProxyType(
    {**JUDGED_WORDS, **FACT_WORDS, **UNIT_WORDS, **PAGE_WORDS, **REPORT_WORDS}
)


def word(key: str, lang: str = "zh", **values: object) -> str:
    """The word for `key` in `lang`, its placeholders filled; KeyError for an unknown key."""
    text = WORDS[key][LANGUAGES.index(lang)]
    return text.format(**values) if values else text


def section_word(section: str | None, lang: str = "zh", title: str = "", *, whole: bool = False) -> str:
    """A section of the report: the headline paragraph, or a numbered part with its title where the book has it."""
    if section in (None, "headline"):
        return word("section.headline", lang)
    n = numeral(int(str(section))) if lang == "zh" else section
    if not title:
        return word("section.part", lang, n=n)
    return word("section.whole" if whole else "section.titled", lang, n=n, title=title)


def reason_word(problem: Mapping[str, object], lang: str = "zh") -> str:
    """What is wrong with a delivery or figure and what to do; in Chinese where no English was kept."""
    if lang == "en" and problem.get("message_en"):
        return f"{problem['message_en']} {problem.get('advice_en') or ''}".rstrip()
    return f"{problem['message']}{problem.get('advice') or ''}"


def numeral(number: int) -> str:
    """1 to 99 in Chinese: 一, 十, 十二, 二十三."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    leading = "" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十"
    return leading + (digits[ones] if ones or not tens else "")


def unit_word(unit: str | None, lang: str = "zh") -> str:
    """The unit in `lang`; one the catalogue does not know stays as it is printed."""
    pair = UNIT_WORDS.get(f"unit.{unit}")
    return pair[LANGUAGES.index(lang)] if pair else unit or ""


def words(lang: str) -> dict[str, str]:
    """The whole catalogue in one language."""
    position = LANGUAGES.index(lang)
    return {key: pair[position] for key, pair in WORDS.items()}
