"""What rows of different books must say alike: units, measures, calendars, stages, rule sets for every kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from flows.book_files import RawBook
from flows.book_references import Books
from models.calendar import CalendarEntry
from models.indicator import Indicator
from models.message import joined, say
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
            yield say(
                "indicators.csv 第 {line} 行 unit 栏“{unit}”：不认识的单位。请写 亿元、人、户、%、天 这样的单位。",
                line=line,
                unit=row.unit,
            )


def _missing_calendars(books: Books, raw: Mapping[str, RawBook]) -> Iterator[str]:
    known = raw["calendar"].cells("indicator_id")
    for line, row in books["indicators"]:
        if raw["calendar"].rows is not None and row.indicator_id not in known:
            yield say(
                "indicators.csv 第 {line} 行 {indicator_id}：calendar.csv 里没有它的报数日历。请补一行。",
                line=line,
                indicator_id=row.indicator_id,
            )


def _targets_unlike_their_indicator(books: Books) -> Iterator[str]:
    indicators: dict[str, Indicator] = {row.indicator_id: row for _, row in books["indicators"]}
    calendar: dict[str, CalendarEntry] = {row.indicator_id: row for _, row in books["calendar"]}
    for line, target in books["targets"]:
        indicator, entry = indicators.get(target.indicator), calendar.get(target.indicator)
        problems = [*_unlike_indicator(target, indicator), *_outside_calendar(target, entry)]
        yield from (
            say("targets.csv 第 {line} 行 {problem}", line=line, problem=problem) for problem in problems
        )


def _unlike_indicator(target: Target, indicator: Indicator | None) -> Iterator[str]:
    if indicator is None:
        return
    if target.measure not in indicator.measures:
        yield say(
            "measure 栏“{measure}”：指标 {indicator_id} 只有 {measures}。请改一处。",
            measure=target.measure,
            indicator_id=indicator.indicator_id,
            measures=joined("、", indicator.measures),
        )
    if target.measure != "growth" and target.unit != indicator.unit and parse_unit(indicator.unit):
        yield say(
            "unit 栏“{unit}”：指标 {indicator_id} 的单位是 {own}。请换算成这个单位。",
            unit=target.unit,
            indicator_id=indicator.indicator_id,
            own=indicator.unit,
        )


def _outside_calendar(target: Target, entry: CalendarEntry | None) -> Iterator[str]:
    if entry and not entry.reports_in(target.final_period):
        months = joined("、", map(str, entry.months))
        yield say(
            "final_period 栏“{final_period:%Y-%m}”：指标 {indicator} 只报 {months} 月。请改成有数的月份。",
            final_period=target.final_period,
            indicator=target.indicator,
            months=months,
        )


def _misplaced_points(books: Books) -> Iterator[str]:
    targets: dict[str, Target] = {row.target_id: row for _, row in books["targets"]}
    for line, point in books["schedule_points"]:
        target = targets.get(point.target_id)
        problems = _misplaced(point, target) if target else ()
        yield from (
            say("schedule_points.csv 第 {line} 行 {problem}", line=line, problem=problem)
            for problem in problems
        )


def _misplaced(point: SchedulePoint, target: Target) -> Iterator[str]:
    if point.period > target.final_period:
        yield say(
            "period 栏“{period:%Y-%m}”：晚于目标的终期 {final_period:%Y-%m}。请核对。",
            period=point.period,
            final_period=target.final_period,
        )
    if target.kind == "stage" and point.stage_name is None:
        yield say("stage_name 栏“”：节点目标要写节点名称。请补上。")


def _uncovered_kinds(books: Books) -> Iterator[str]:
    """Targets whose rule set has nothing to say about their kind."""
    choices: list[RuleChoice] = [row for _, row in books["rule_choices"]]
    covered: dict[str, set[str]] = defaultdict(set)
    for _, condition in books["rules"]:
        covered[condition.rule_set] |= {condition.kind} if _is_last_word(condition) else set()
    for line, target in books["targets"]:
        rule_set = chosen_rule_set(choices, region=target.region, target_id=target.target_id)
        if problem := _uncovered(target, rule_set, covered):
            yield say(
                "targets.csv 第 {line} 行 {target_id}：{problem}",
                line=line,
                target_id=target.target_id,
                problem=problem,
            )


def _is_last_word(condition: RuleCondition) -> bool:
    return condition.operator == "any" and condition.nature == ANY_NATURE


def _uncovered(target: Target, rule_set: str | None, covered: Mapping[str, set[str]]) -> str | None:
    if rule_set is None:
        return say("rule_choices.csv 没有为它选规则。请补一行（region 与 target_id 可写 *）。")
    if rule_set in covered and target.kind not in covered[rule_set]:
        return say(
            "规则 {rule_set} 没有管到 {kind} 类目标。请在 rules.csv 补上，最后一条用 any。",
            rule_set=rule_set,
            kind=target.kind,
        )
    return None
