"""研判: where a target stands, whether its figure is here, and whether it will be reached."""

from __future__ import annotations

from enum import StrEnum


class _Word(StrEnum):
    """A state with its words; the value is what tables hold."""

    zh: str
    en: str

    def __new__(cls, value: str, zh: str = "", en: str = "") -> _Word:
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh = zh
        member.en = en
        return member

    def word(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh


class Status(_Word):
    """状态, from best to worst; the grey ones that say nothing about performance come last."""

    ACHIEVED = "achieved", "已完成", "achieved"
    ON_SCHEDULE = "on_schedule", "符合进度", "on schedule"
    SLIGHTLY_BEHIND = "slightly_behind", "略有滞后", "slightly behind"
    BEHIND = "behind", "滞后", "behind"
    MISSED = "missed", "未完成", "missed"
    NOT_DUE = "not_due", "年终考核", "judged at year end"
    NO_PLAN = "no_plan", "无节点计划", "no dated plan"
    NO_TARGET = "no_target", "目标待定", "no target yet"
    UNKNOWN = "unknown", "无法判断", "unknown"

    @property
    def colour(self) -> Colour:
        return _COLOURS.get(self, Colour.GREY)

    @property
    def is_behind(self) -> bool:
        """Whether the target is short, by little or by much, now or for good."""
        return self in (Status.SLIGHTLY_BEHIND, Status.BEHIND, Status.MISSED)

    @property
    def is_judged(self) -> bool:
        """Whether the status says something about performance; the others are grey with a word."""
        return self in _COLOURS

    @property
    def rank(self) -> int:
        """0 is best; orders lists and compares two statuses of one target."""
        return list(Status).index(self)


class Colour(StrEnum):
    """颜色: a colour never stands alone, always with the word of its status."""

    BLUE = "blue"
    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"


_COLOURS = {
    Status.ACHIEVED: Colour.BLUE,
    Status.ON_SCHEDULE: Colour.GREEN,
    Status.SLIGHTLY_BEHIND: Colour.YELLOW,
    Status.BEHIND: Colour.RED,
    Status.MISSED: Colour.RED,
}


class DataState(_Word):
    """数据状态: whether the figure is here; beside the status, never instead of it."""

    CURRENT = "current", "按时", "up to date"
    LATE = "late", "迟报", "late"
    DISPUTED = "disputed", "数据有争议", "disputed"
    NEVER_DELIVERED = "never_delivered", "从未报送", "never delivered"
    NOT_DUE = "not_due", "未到报送期", "not due yet"
    CLOSED = "closed", "已关闭", "closed"


class Outlook(_Word):
    """预期: whether the target will be reached by its final period."""

    LIKELY = "likely", "有望完成", "likely"
    UNCERTAIN = "uncertain", "尚不确定", "uncertain"
    UNLIKELY = "unlikely", "难以完成", "unlikely"
    UNKNOWN = "unknown", "无法预测", "unknown"


class RequiredBasis(_Word):
    """后期需同比增长 rests on what."""

    EXACT = "exact", "由本指标上年同期占比精确推算", "exact, from the indicator's own shares of last year"
    APPROXIMATE = "approximate", "由代用指标上年同期占比近似推算", "approximate, from the shares of a proxy"
    UNKNOWN = "unknown", "缺少上年占比，无法推算", "unknown, no shares of last year"


class Demanding(_Word):
    """How often the same months of earlier years brought what is required now."""

    NEVER = "never", "往年同期从未达到", "never reached in these months of earlier years"
    SOME_YEARS = "some_years", "往年同期有的年份达到", "reached in some earlier years"
    USUALLY = "usually", "往年同期均能达到", "reached in these months of every earlier year"


LIKELY_FROM = 0.8  # probability from which a target is likely, and its mirror below which it is unlikely
UNLIKELY_TO = 0.2
