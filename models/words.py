"""Every word a reader meets, once, in Chinese and English: page, workbook, mail and terminal.

A key is `group.name`; the value is (Chinese, English). `word` looks one up, `words` gives a whole language
(for the page). A placeholder is `{name}`, the same in both languages. tests/unit/test_report_words.py holds
both languages complete.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

LANGUAGES = ("zh", "en")
Pair = tuple[str, str]

JUDGED_WORDS: dict[str, Pair] = {
    "status.achieved": ("已达成", "Achieved"),
    "status.on_schedule": ("按进度", "On schedule"),
    "status.slightly_behind": ("略有落后", "Slightly behind"),
    "status.behind": ("落后", "Behind"),
    "status.missed": ("未达成", "Missed"),
    "status.not_due": ("未到考核期", "Not due yet"),
    "status.no_plan": ("未定节点", "No dated plan"),
    "status.no_target": ("未定目标值", "No target set"),
    "status.unknown": ("无法判定", "Cannot be judged"),
    "data_state.current": ("数据已到", "Up to date"),
    "data_state.late": ("逾期未报", "Late"),
    "data_state.disputed": ("数据有争议", "Disputed"),
    "data_state.never_delivered": ("从未报送", "Never delivered"),
    "data_state.not_due": ("未到报送期", "Not due yet"),
    "data_state.closed": ("已结项", "Closed"),
    "outlook.likely": ("预计可完成", "Likely"),
    "outlook.uncertain": ("尚不确定", "Uncertain"),
    "outlook.unlikely": ("预计难完成", "Unlikely"),
    "outlook.unknown": ("暂无预测", "No forecast"),
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
    "section.headline": ("主要预期目标", "Headline targets"),
    "section.1": ("（一）拼经济促发展", "1 Growth and reform"),
    "section.2": ("（二）新型工业化", "2 New industrialisation"),
    "section.3": ("（三）现代服务业", "3 Modern services"),
    "section.4": ("（四）公园城市", "4 Park city"),
    "section.5": ("（五）互联互通", "5 Openness and links"),
    "section.6": ("（六）社会民生福祉", "6 People's wellbeing"),
    "section.7": ("（七）风险防范化解", "7 Risk prevention"),
}
WORDS: Mapping[str, Pair] = MappingProxyType({**JUDGED_WORDS, **FACT_WORDS})


def word(key: str, lang: str = "zh", **values: object) -> str:
    """The word for `key` in `lang`, its placeholders filled; KeyError for an unknown key."""
    text = WORDS[key][LANGUAGES.index(lang)]
    return text.format(**values) if values else text


def words(lang: str) -> dict[str, str]:
    """The whole catalogue in one language."""
    position = LANGUAGES.index(lang)
    return {key: pair[position] for key, pair in WORDS.items()}
