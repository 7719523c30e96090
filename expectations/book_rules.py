"""What the cells of one row of a book must say together, each rule as evidence that must be empty."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from expectations.gate import Expectation, is_null
from models.addressee import is_address
from models.target import CHANGES, NEED_VALUE

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BookRule:
    """One rule of a book: the column it is about, what to tell, and the expectation that decides.

    `offends` makes the evidence of a rule about several cells of a row, in a column of the rule's name.
    """

    column: str
    message: str
    expectation: Expectation
    offends: Callable[[Cells], bool] | None = None


def _row_rule(rule: str, column: str, message: str, offends: Callable[[Cells], bool]) -> BookRule:
    return BookRule(column, message, is_null(rule, rule), offends)


def _number(cells: Cells, column: str) -> Decimal | None:
    """A cell as a number; None where it is blank or no number, which another rule tells."""
    try:
        return Decimal(cells.get(column, "").strip())
    except InvalidOperation:
        return None


def _has(cells: Cells, column: str) -> bool:
    return bool(cells.get(column, "").strip())


def _is_negative(cells: Cells, column: str) -> bool:
    number = _number(cells, column)
    return number is not None and number < 0


def _is_stage(cells: Cells) -> bool:
    return cells["measure"] == "stage"


def _needs_value(cells: Cells) -> bool:
    return cells["comparator"] in NEED_VALUE and not _is_stage(cells) and not _has(cells, "value")


def _must_not_have_value(cells: Cells) -> bool:
    bare = ("relative", "external", *CHANGES)
    return cells["comparator"] in bare and _has(cells, "value")


def _range_is_upside_down(cells: Cells) -> bool:
    low, high = _number(cells, "value"), _number(cells, "value_high")
    return cells["comparator"] == "range" and (low is None or high is None or low >= high)


def _ends_before_its_year(cells: Cells) -> bool:
    return cells["final_period"][:4] < cells["year"]


def _threshold_disagrees(cells: Cells) -> bool:
    return (cells["operator"] == "any") == _has(cells, "threshold")


def _is_not_positive(cells: Cells) -> bool:
    number = _number(cells, "scale")
    return number is not None and number <= 0


def _has_bad_address(cells: Cells) -> bool:
    addresses = [part.strip() for part in cells["emails"].split("|") if part.strip()]
    return not all(map(is_address, addresses))


ROW_RULES: dict[str, tuple[BookRule, ...]] = {
    "targets.csv": (
        _row_rule(
            "stage_has_no_comparator",
            "comparator",
            "节点目标不用比较方式。请清空。",
            lambda c: _is_stage(c) and _has(c, "comparator"),
        ),
        _row_rule("value_needed", "value", "这种比较方式要有目标值。请补上。", _needs_value),
        _row_rule(
            "value_not_wanted",
            "value",
            "同步、增减和上级下达的目标没有目标值；下达后请用 >= 或 <= 写成新行。",
            _must_not_have_value,
        ),
        _row_rule(
            "value_without_comparator",
            "value",
            "有目标值就要有比较方式。请补上 comparator。",
            lambda c: _has(c, "value") and not _has(c, "comparator"),
        ),
        _row_rule(
            "range_ordered", "value_high", "区间目标要有 value 和更大的 value_high。", _range_is_upside_down
        ),
        _row_rule(
            "high_only_for_range",
            "value_high",
            "只有区间目标才有 value_high。请清空。",
            lambda c: _has(c, "value_high") and c["comparator"] != "range",
        ),
        _row_rule(
            "tolerance_not_negative",
            "tolerance",
            "允许的偏差不能为负。",
            lambda c: _is_negative(c, "tolerance"),
        ),
        _row_rule(
            "tolerance_has_use",
            "tolerance",
            "只有“左右”和同步目标才有允许的偏差。请清空。",
            lambda c: _has(c, "tolerance") and c["comparator"] not in ("~=", "relative"),
        ),
        _row_rule(
            "reference_needed",
            "reference_target",
            "同步目标要写参照的目标。",
            lambda c: c["comparator"] == "relative" and not _has(c, "reference_target"),
        ),
        _row_rule(
            "reference_only_for_relative",
            "reference_target",
            "只有同步目标才写参照的目标。请清空。",
            lambda c: _has(c, "reference_target") and c["comparator"] != "relative",
        ),
        _row_rule(
            "growth_in_percent",
            "unit",
            "增速目标的单位是 %。",
            lambda c: c["measure"] == "growth" and c["unit"] != "%",
        ),
        _row_rule("final_not_before_year", "final_period", "终期不能早于目标年度。", _ends_before_its_year),
    ),
    "rules.csv": (
        _row_rule("threshold_agrees", "threshold", "any 不写界值，其余比较符都要写。", _threshold_disagrees),
        _row_rule("scale_positive", "scale", "轻重尺度必须大于零。", _is_not_positive),
    ),
    "offices.csv": (
        _row_rule(
            "severity_not_negative",
            "min_severity",
            "起报轻重不能为负。",
            lambda c: _is_negative(c, "min_severity"),
        ),
        _row_rule(
            "address_plain",
            "emails",
            "邮箱要写成 name@domain，几个用 | 分隔，不能有空格和换行。",
            _has_bad_address,
        ),
    ),
    "figures_not_targets.csv": (
        _row_rule(
            "occurrence_from_one", "occurrence", "第几次出现从 1 数起。", lambda c: c["occurrence"] == "0"
        ),
    ),
}
