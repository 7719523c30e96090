"""The gate over the books: Great Expectations decides, the message names file, line, column and value."""

from __future__ import annotations

from pathlib import Path

import pytest
from books_folder import Row, figure, good_books, indicator, office, point, rule, target, write_books

from expectations.books import KEYS, check_books
from expectations.books import suite as suite_of
from flows.book_files import BOOK_FILES
from flows.books import load, read_frames

REFERENCE = Path(__file__).parents[2] / "data" / "reference"


def refused(folder: Path, **changed: list[Row]) -> list[str]:
    return [str(failure) for failure in check_books(read_frames(write_books(folder, **changed)))]


def test_the_books_of_the_repository_pass() -> None:
    assert check_books(read_frames(REFERENCE)) == []


def test_every_book_has_a_suite() -> None:
    assert set(KEYS) == {file for file, _ in BOOK_FILES.values()}
    assert all(suite_of(file) for file in KEYS)


def test_good_books_pass_and_so_do_empty_ones(tmp_path: Path) -> None:
    assert refused(tmp_path) == []
    assert refused(tmp_path, **dict.fromkeys(good_books(), [])) == []


STAGE = {"measure": "stage", "unit": "节点", "value": ""}
GOOD_ROWS = [
    target(comparator="", value=""),  # a promise by name, without a result yet
    target(**STAGE, comparator=""),
    target(comparator="external", value=""),
    target(comparator="decrease", value=""),
    target(comparator="range", value_high="60"),
    target(comparator="~=", tolerance="0"),
    target(comparator="relative", value="", reference_target="t2", tolerance="0.5"),
    target(comparator="<=", value="0"),
    target(final_period="2032-12"),  # a promise over several years
]


@pytest.mark.parametrize("row", GOOD_ROWS)
def test_a_target_that_says_what_its_comparator_needs_passes(tmp_path: Path, row: Row) -> None:
    assert refused(tmp_path, targets=[row]) == []


BAD_ROWS: list[tuple[Row, str]] = [
    (target(value=""), "value 栏“”：这种比较方式要有目标值。请补上。"),
    (target(comparator="<=", value=""), "value 栏“”：这种比较方式要有目标值。请补上。"),
    (
        target(comparator="external"),
        "value 栏“50”：同步、增减和上级下达的目标没有目标值；下达后请用 >= 或 <= 写成新行。",
    ),
    (
        target(comparator="hold"),
        "value 栏“50”：同步、增减和上级下达的目标没有目标值；下达后请用 >= 或 <= 写成新行。",
    ),
    (target(comparator=""), "value 栏“50”：有目标值就要有比较方式。请补上 comparator。"),
    (target(**STAGE), "comparator 栏“>=”：节点目标不用比较方式。请清空。"),
    (target(comparator="range"), "value_high 栏“”：区间目标要有 value 和更大的 value_high。"),
    (
        target(comparator="range", value_high="50"),
        "value_high 栏“50”：区间目标要有 value 和更大的 value_high。",
    ),
    (target(value_high="60"), "value_high 栏“60”：只有区间目标才有 value_high。请清空。"),
    (target(tolerance="1"), "tolerance 栏“1”：只有“左右”和同步目标才有允许的偏差。请清空。"),
    (target(comparator="~=", tolerance="-1"), "tolerance 栏“-1”：允许的偏差不能为负。"),
    (target(comparator="relative", value=""), "reference_target 栏“”：同步目标要写参照的目标。"),
    (target(reference_target="t2"), "reference_target 栏“t2”：只有同步目标才写参照的目标。请清空。"),
    (target(measure="growth"), "unit 栏“亿元”：增速目标的单位是 %。"),
    (target(final_period="2029-12"), "final_period 栏“2029-12”：终期不能早于目标年度。"),
    (target(measure="speed"), "measure 栏“speed”：应为 total、growth、level、ratio、rank、stage 之一。"),
    (target(value="五十"), "value 栏“五十”：写法不对。请按 docs/books.md 改正。"),
    (target(final_period="2030-1"), "final_period 栏“2030-1”：写法不对。请按 docs/books.md 改正。"),
]


def test_a_target_that_does_not_is_refused_at_its_line(tmp_path: Path) -> None:
    rows = [row | {"target_id": f"t{line}"} for line, (row, _) in enumerate(BAD_ROWS, start=2)]
    expected = [f"targets.csv 第 {line} 行 {message}" for line, (_, message) in enumerate(BAD_ROWS, start=2)]
    assert sorted(refused(tmp_path, targets=rows)) == sorted(expected)


@pytest.mark.parametrize(
    ("changed", "failure"),
    [
        ({"rules": [rule(scale="0")]}, "rules.csv 第 2 行 scale 栏“0”：轻重尺度必须大于零。"),
        ({"rules": [rule(scale="-5")]}, "rules.csv 第 2 行 scale 栏“-5”：轻重尺度必须大于零。"),
        ({"rules": [rule(operator="<")]}, "rules.csv 第 2 行 threshold 栏“”：any 不写界值，其余比较符都要写。"),
        ({"rules": [rule(threshold="1")]}, "rules.csv 第 2 行 threshold 栏“1”：any 不写界值，其余比较符都要写。"),
        ({"rules": [rule(status="red")]}, "rules.csv 第 2 行 status 栏“red”：应为 on_schedule、slightly_behind、behind 之一。"),
        ({"offices": [office(role="reporting|boss")]}, "offices.csv 第 2 行 role 栏“reporting|boss”：应为 reporting、responsible、leader、leadership、operator 中的一个或几个，用 | 分隔。"),
        ({"offices": [office(emails="a@b.invalid|c d@e")]}, "offices.csv 第 2 行 emails 栏“a@b.invalid|c d@e”：邮箱要写成 name@domain，几个用 | 分隔，不能有空格和换行。"),
        ({"offices": [office(min_severity="-1")]}, "offices.csv 第 2 行 min_severity 栏“-1”：起报轻重不能为负。"),
        ({"figures_not_targets": [figure(occurrence="0")]}, "figures_not_targets.csv 第 2 行 occurrence 栏“0”：第几次出现从 1 数起。"),
        ({"indicators": [indicator(name="")]}, "indicators.csv 第 2 行 name 栏“”：不能为空。请补上。"),
        ({"regions": [{"region": "1", "name": "a", "short_name": "b", "name_en": "c", "entered_on": "soon"}]}, "regions.csv 第 2 行 entered_on 栏“soon”：写法不对。请按 docs/books.md 改正。"),
    ],
)  # fmt: skip
def test_a_cell_that_must_not_be_is_refused(
    tmp_path: Path, changed: dict[str, list[Row]], failure: str
) -> None:
    assert refused(tmp_path, **changed) == [failure]


def test_two_rows_of_one_key_are_both_told(tmp_path: Path) -> None:
    assert refused(tmp_path, schedule_points=[point(), point(value="30")]) == [
        "schedule_points.csv 第 2 行 target_id 栏“t1”：同一键同一录入日期只能有一行。",
        "schedule_points.csv 第 3 行 target_id 栏“t1”：同一键同一录入日期只能有一行。",
    ]


def test_a_correction_entered_later_is_no_double(tmp_path: Path) -> None:
    assert refused(tmp_path, targets=[target(), target(value="60", entered_on="2030-07-01")]) == []


def test_what_reading_accepts_in_a_cell_the_gate_accepts_too(tmp_path: Path) -> None:
    row = target(
        entered_on="2030/1/2", final_period="2030/12", value="+50.0", co_responsible="bureau | bureau"
    )
    load(write_books(tmp_path, targets=[row]))
    assert refused(tmp_path, targets=[row]) == []
