"""Which kind a target is, and which rule set judges it: tables that are tests and documentation."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from models.rule import RuleChoice, chosen_rule_set
from models.target import COMPARATORS, JUDGED_MEASURES, KINDS, kind_of

TABLE = [
    # measure, comparator, kind
    ("total", ">=", "total"),
    ("total", "<=", "total"),
    ("total", "range", "total"),
    ("total", None, "total"),  # a promise by name, without a result yet
    ("growth", ">=", "growth"),
    ("growth", "~=", "growth"),
    ("growth", "relative", "relative"),
    ("level", ">=", "level"),
    ("level", "increase", "change"),
    ("ratio", "<=", "ratio"),
    ("ratio", "decrease", "change"),
    ("ratio", "hold", "change"),
    ("ratio", "external", "external"),
    ("rank", "<=", "rank"),
    ("stage", None, "stage"),
]


@pytest.mark.parametrize(("measure", "comparator", "kind"), TABLE)
def test_the_kind_of_a_target(measure: str, comparator: str | None, kind: str) -> None:
    assert kind_of(measure=measure, comparator=comparator) == kind


def test_every_measure_and_comparator_has_one_of_the_nine_kinds() -> None:
    kinds = {kind_of(measure=m, comparator=c) for m, c in product(JUDGED_MEASURES, (*COMPARATORS, None))}
    assert kinds == set(KINDS)


def choice(region: str, target_id: str, rule_set: str) -> RuleChoice:
    return RuleChoice(region=region, target_id=target_id, rule_set=rule_set, entered_on=date(2030, 1, 1))


def test_the_narrowest_choice_of_a_rule_set_wins() -> None:
    choices = [choice("*", "*", "all@1"), choice("990001", "*", "region@1"), choice("*", "t2", "target@1")]
    assert chosen_rule_set(choices, region="990001", target_id="t1") == "region@1"
    assert chosen_rule_set(choices, region="990001", target_id="t2") == "target@1"
    assert chosen_rule_set(choices, region="990002", target_id="t1") == "all@1"
    assert chosen_rule_set(choices[1:], region="990002", target_id="t1") is None
