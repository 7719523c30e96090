"""What rows of different books must say alike: units, measures, calendars, stages, rule sets for every kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from flows.book_files import RawBook
from flows.book_references import Books
from models.calendar import CalendarEntry
from models.indicator import Indicator
from models.quantity import parse_unit
from models.rule import ANY_NATURE, RuleChoice, RuleCondition, chosen_rule_set
from models.target import SchedulePoint, Target


def agreement_problems(books: Books, raw: Mapping[str, RawBook]) -> list[str]:
    """Every disagreement, with file, line, column, value and what to do."""
    return [
        *_unknown_units(books),
        *_missing_calendars(books, raw),
        *_targets_unlike_their_indicator(books),
        *_misplaced_points(books),
        *(_uncovered_kinds(books) if _all_typed(books, raw, "rules", "rule_choices") else ()),
    ]


def _all_typed(books: Books, raw: Mapping[str, RawBook], *names: str) -> bool:
    return all(raw[name].rows is not None and len(books[name]) == len(raw[name].rows or ()) for name in names)


def _unknown_units(books: Books) -> Iterator[str]:
    for line, row in books["indicators"]:
        if parse_unit(row.unit) is None:
            yield f"indicators.csv 第 {line} 行 unit 栏“{row.unit}”：不认识的单位。请写 亿元、人、户、%、天 这样的单位。"


def _missing_calendars(books: Books, raw: Mapping[str, RawBook]) -> Iterator[str]:
    known = raw["calendar"].cells("indicator_id")
    for line, row in books["indicators"]:
        if raw["calendar"].rows is not None and row.indicator_id not in known:
            yield f"indicators.csv 第 {line} 行 {row.indicator_id}：calendar.csv 里没有它的报数日历。请补一行。"


def _targets_unlike_their_indicator(books: Books) -> Iterator[str]:
    indicators: dict[str, Indicator] = {row.indicator_id: row for _, row in books["indicators"]}
    calendar: dict[str, CalendarEntry] = {row.indicator_id: row for _, row in books["calendar"]}
    for line, target in books["targets"]:
        indicator, entry = indicators.get(target.indicator), calendar.get(target.indicator)
        problems = [*_unlike_indicator(target, indicator), *_outside_calendar(target, entry)]
        yield from (f"targets.csv 第 {line} 行 {problem}" for problem in problems)


def _unlike_indicator(target: Target, indicator: Indicator | None) -> Iterator[str]:
    if indicator is None:
        return
    if target.measure not in indicator.measures:
        yield f"measure 栏“{target.measure}”：指标 {indicator.indicator_id} 只有 {'、'.join(indicator.measures)}。请改一处。"
    if target.measure != "growth" and target.unit != indicator.unit and parse_unit(indicator.unit):
        yield f"unit 栏“{target.unit}”：指标 {indicator.indicator_id} 的单位是 {indicator.unit}。请换算成这个单位。"


def _outside_calendar(target: Target, entry: CalendarEntry | None) -> Iterator[str]:
    if entry and not entry.reports_in(target.final_period):
        months = "、".join(map(str, entry.months))
        yield f"final_period 栏“{target.final_period:%Y-%m}”：指标 {target.indicator} 只报 {months} 月。请改成有数的月份。"


def _misplaced_points(books: Books) -> Iterator[str]:
    targets: dict[str, Target] = {row.target_id: row for _, row in books["targets"]}
    for line, point in books["schedule_points"]:
        target = targets.get(point.target_id)
        problems = _misplaced(point, target) if target else ()
        yield from (f"schedule_points.csv 第 {line} 行 {problem}" for problem in problems)


def _misplaced(point: SchedulePoint, target: Target) -> Iterator[str]:
    if point.period > target.final_period:
        yield f"period 栏“{point.period:%Y-%m}”：晚于目标的终期 {target.final_period:%Y-%m}。请核对。"
    if target.kind == "stage" and point.stage_name is None:
        yield "stage_name 栏“”：节点目标要写节点名称。请补上。"


def _uncovered_kinds(books: Books) -> Iterator[str]:
    """Targets whose rule set has nothing to say about their kind."""
    choices: list[RuleChoice] = [row for _, row in books["rule_choices"]]
    covered: dict[str, set[str]] = defaultdict(set)
    for _, condition in books["rules"]:
        covered[condition.rule_set] |= {condition.kind} if _is_last_word(condition) else set()
    for line, target in books["targets"]:
        rule_set = chosen_rule_set(choices, region=target.region, target_id=target.target_id)
        if problem := _uncovered(target, rule_set, covered):
            yield f"targets.csv 第 {line} 行 {target.target_id}：{problem}"


def _is_last_word(condition: RuleCondition) -> bool:
    return condition.operator == "any" and condition.nature == ANY_NATURE


def _uncovered(target: Target, rule_set: str | None, covered: Mapping[str, set[str]]) -> str | None:
    if rule_set is None:
        return "rule_choices.csv 没有为它选规则。请补一行（region 与 target_id 可写 *）。"
    if rule_set in covered and target.kind not in covered[rule_set]:
        return f"规则 {rule_set} 没有管到 {target.kind} 类目标。请在 rules.csv 补上，最后一条用 any。"
    return None
