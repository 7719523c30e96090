"""`default@1` and `linear@1` as the tests know them, written apart from the book so that a slip in it shows."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

RED_BELOW = {
    "total": "-5", "level": "-5", "growth": "-1", "ratio": "-0.5", "relative": "-0.5", "change": "-5",
    "rank": "-1", "stage": "-30", "external": "-0.5",
}  # fmt: skip


def _rule(
    rule_set: str, kind: str, priority: int, subject: str, operator: str, threshold: str | None, status: str
) -> dict[str, Any]:
    return {
        "rule_set": rule_set, "kind": kind, "nature": "约束性" if priority == 10 else "*", "priority": priority,
        "rule_subject": subject, "operator": operator, "threshold": None if threshold is None else Decimal(threshold),
        "status": status, "scale": abs(Decimal(RED_BELOW[kind])), "label": f"{subject}{operator}{threshold or ''}",
        "label_en": f"{subject} {operator} {threshold or ''}".strip(),
    }  # fmt: skip


def _default(kind: str, red: str) -> list[dict[str, Any]]:
    return [
        _rule("default@1", kind, 10, "gap", "<", "0", "behind"),
        _rule("default@1", kind, 20, "gap_points", "<", red, "behind"),
        _rule("default@1", kind, 30, "gap_points", "<", "0", "slightly_behind"),
        _rule("default@1", kind, 40, "gap", "<", "0", "behind"),
        _rule("default@1", kind, 90, "gap", "any", None, "on_schedule"),
    ]


def _linear(kind: str) -> list[dict[str, Any]]:
    subject = "linear_gap_points" if kind == "total" else "gap_points"
    return [
        _rule("linear@1", kind, 20, subject, "<", "0", "behind"),
        _rule("linear@1", kind, 40, "gap", "<", "0", "behind"),
        _rule("linear@1", kind, 90, "gap", "any", None, "on_schedule"),
    ]


PEER = [
    _rule("peer@1", "growth", 20, "actual", "<", "0", "behind"),
    _rule("peer@1", "growth", 30, "gap_points", "<", "0", "slightly_behind"),
    _rule("peer@1", "growth", 40, "peer_gap", "<", "0", "slightly_behind"),
    _rule("peer@1", "growth", 90, "gap", "any", None, "on_schedule"),
]
RULES: list[dict[str, Any]] = [
    rule for kind, red in RED_BELOW.items() for rule in _default(kind, red) + _linear(kind)
] + PEER
