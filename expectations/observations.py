"""The rules every figure passes before it is kept, as one suite: what they look at, how they end, what they say.

Their order is their rank: of several objections to one figure the first names it, so that a person answers one
question about one figure. `is_early` rules are settled before the figures of a delivery are compared with one
another. A rule that a right figure can break now and then quarantines only where a wrong one is the likelier
reading, and a person can always release; small breaches are remarks.
"""

from __future__ import annotations

from dataclasses import dataclass

from expectations import gate
from expectations.gate import Expectation
from models.delivery import Severity

SLIP_WINDOW = 0.4  # powers of ten around 10³, 10⁴, 10⁸: a factor of 2.5 for real change
JUMP = 0.7782  # a factor of 6: a slipped decimal point shows, a doubled series does not
NOTICE = 0.4772  # a factor of 3
GROWTH_JUMP, GROWTH_JUMP_UNPROVEN, GROWTH_NOTICE = 35.0, 100.0, 20.0  # points
FALL = 0.1  # share of the cumulative figure; smaller falls are corrections more often than slips
SUM, SUM_NOTICE = 0.1, 0.005  # share of the cumulative figure, beyond rounding
# Powers of ten from what a target lets expect by the month, for a figure without a past: a factor of 400, which no
# target is missed by; and one of 50 for ratios, of which 0.98 % is 98 % told as a share of one.
FAR_FROM_TARGET, RATIO_FAR_FROM_TARGET = 2.6, 1.7
GROWTH_AGAINST_LEVELS = 1.0  # points, beyond rounding


@dataclass(frozen=True)
class Rule:
    """One rule: its stable id, how a breach ends, and the expectations that decide."""

    id: str
    severity: Severity
    expectations: tuple[Expectation, ...]
    is_early: bool = True


def _rule(id: str, severity: Severity, *expectations: Expectation, is_early: bool = True) -> Rule:
    return Rule(id, severity, expectations, is_early)


_REFUSED, _QUARANTINED, _WARNING = Severity.REFUSED, Severity.QUARANTINED, Severity.WARNING
RULES = (
    _rule("value_unusable", _REFUSED, gate.not_null("value_unusable", "value")),
    _rule("same_key_two_values", _QUARANTINED, gate.at_most("same_key_two_values", "values_of_key", 1.0)),
    _rule("future_period", _QUARANTINED, gate.at_most("future_period", "days_early", 0.0)),
    _rule("outside_calendar", _QUARANTINED, gate.at_least("outside_calendar", "is_on_calendar", 1.0)),
    _rule(
        "unit_slip",
        _QUARANTINED,
        gate.at_least("unit_slip", "slip_distance", SLIP_WINDOW),
        gate.at_most("unit_slip", "aim_slip_distance", FAR_FROM_TARGET),
    ),
    _rule(
        "out_of_range",
        _QUARANTINED,
        gate.at_most("out_of_range", "below_range", 0.0),
        gate.at_most("out_of_range", "above_range", 0.0),
    ),
    _rule("over_capacity", _QUARANTINED, gate.at_most("over_capacity", "over_capacity", 0.0)),
    _rule(
        "far_from_target",
        _QUARANTINED,
        gate.at_most("far_from_target", "aim_distance", FAR_FROM_TARGET),
        gate.at_most("far_from_target", "aim_ratio_distance", RATIO_FAR_FROM_TARGET),
    ),
    _rule("not_whole", _QUARANTINED, gate.at_most("not_whole", "fraction", 0.0)),
    _rule(
        "jump",
        _QUARANTINED,
        gate.at_most("jump", "jump_power", JUMP),
        gate.at_most("jump", "growth_jump", GROWTH_JUMP),
        gate.at_most("jump", "growth_jump_unproven", GROWTH_JUMP_UNPROVEN),
    ),
    _rule(
        "cumulative_falls",
        _QUARANTINED,
        gate.at_most("cumulative_falls", "fall", FALL),
        gate.at_most("cumulative_falls", "fall_after", FALL),
        is_early=False,
    ),
    _rule("sum_of_months", _QUARANTINED, gate.at_most("sum_of_months", "sum_gap", SUM), is_early=False),
    _rule(
        "estimate_before_end",
        _WARNING,
        gate.at_most("estimate_before_end", "days_early_estimated", 0.0),
    ),
    _rule(
        "outside_calendar_then",
        _WARNING,
        gate.at_least("outside_calendar_then", "was_on_calendar", 1.0),
    ),
    _rule("another_office", _WARNING, gate.at_most("another_office", "is_another_office", 0.0)),
    _rule(
        "notable_change",
        _WARNING,
        gate.at_most("notable_change", "jump_power", NOTICE),
        gate.at_most("notable_change", "growth_step", GROWTH_NOTICE),
    ),
    _rule(
        "cumulative_dips",
        _WARNING,
        gate.at_most("cumulative_dips", "fall", 0.0),
        gate.at_most("cumulative_dips", "fall_after", 0.0),
        is_early=False,
    ),
    _rule(
        "sum_of_months_off",
        _WARNING,
        gate.at_most("sum_of_months_off", "sum_gap", SUM_NOTICE),
        is_early=False,
    ),
    _rule(
        "growth_against_levels",
        _WARNING,
        gate.at_most("growth_against_levels", "growth_gap", GROWTH_AGAINST_LEVELS),
        is_early=False,
    ),
    _rule("same_key_repeated", _WARNING, gate.at_most("same_key_repeated", "copy_number", 1.0)),
)
SUITE = tuple(expectation for rule in RULES for expectation in rule.expectations)
BY_ID = {rule.id: rule for rule in RULES}
RANK = {rule.id: rank for rank, rule in enumerate(RULES)}

# A figure in the wrong unit breaks these as well, and says nothing new by it.
EXPLAINED_BY_SLIP = frozenset(
    {
        "out_of_range",
        "over_capacity",
        "far_from_target",
        "not_whole",
        "jump",
        "cumulative_falls",
        "sum_of_months",
    }
)
