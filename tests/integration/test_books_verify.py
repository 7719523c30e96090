"""`duban targets verify`: the books and the report's text, each disagreement told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from books_folder import Row, figure, indicator, region, target, write_books

from flows import cli
from flows.books import load
from flows.errors import RefusedError, UsageError
from flows.verify_targets import run, verify

REPORT = """样例区人民政府工作报告
二、2030年主要工作
（一）商贸
销售额突破50亿元，比2029年多。
"""
CLAIMED = [
    figure(section="headline", paragraph="0", printed="2030年"),
    figure(printed="2029年"),
]


def found(folder: Path, report: str = REPORT, **changed: list[Row]) -> list[str]:
    books = load(write_books(folder, **({"figures_not_targets": CLAIMED} | changed)))
    return [str(problem) for problem in verify(books, report, region="990001", year=2030)]


def test_books_that_cover_the_text_are_held_to_agree(tmp_path: Path) -> None:
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        (
            {"targets": [target(printed="60亿元", value="60")]},
            [
                "第 1 部分第 1 段：目标 t1 的“60亿元”找不到（该段有：50亿元、2029年）。请核对 printed。",
                "第 1 部分第 1 段：“50亿元”出现 1 次，只被认领 0 次。请录入 targets.csv，或在 figures_not_targets.csv 写明理由。",
            ],
        ),
        (
            {"targets": [target(value="5")]},
            ["第 1 部分第 1 段：目标 t1 的值 5 亿元 与原文“50亿元”不符。请核对 value、unit 和 printed。"],
        ),
        (
            {"targets": [target(printed="0亿元")]},
            [
                "第 1 部分第 1 段：目标 t1 的“0亿元”找不到（该段有：50亿元、2029年）。请核对 printed。",
                "第 1 部分第 1 段：目标 t1 的值 50 亿元 与原文“0亿元”不符。请核对 value、unit 和 printed。",
                "第 1 部分第 1 段：“50亿元”出现 1 次，只被认领 0 次。请录入 targets.csv，或在 figures_not_targets.csv 写明理由。",
            ],
        ),
        (
            {"targets": [target(paragraph="2")]},
            [
                "第 1 部分第 2 段：目标 t1 写的段落在文中不存在。请核对 section 和 paragraph。",
                "第 1 部分第 1 段：“50亿元”出现 1 次，只被认领 0 次。请录入 targets.csv，或在 figures_not_targets.csv 写明理由。",
            ],
        ),
        (
            {"targets": [target(), target(target_id="t2")]},
            ["第 1 部分第 1 段：“50亿元”出现 1 次，却被认领 2 次（目标 t1、目标 t2）。请删去重复的一行。"],
        ),
        (
            {"figures_not_targets": [*CLAIMED, figure(printed="50亿元")]},
            ["第 1 部分第 1 段：“50亿元”出现 1 次，却被认领 2 次（figures_not_targets.csv、目标 t1）。请删去重复的一行。"],
        ),
        (
            {"figures_not_targets": CLAIMED[:1]},
            ["第 1 部分第 1 段：“2029年”出现 1 次，只被认领 0 次。请录入 targets.csv，或在 figures_not_targets.csv 写明理由。"],
        ),
        (
            {"figures_not_targets": [*CLAIMED, figure(printed="2029年", occurrence="2")]},
            [
                "第 1 部分第 1 段：figures_not_targets.csv 的“2029年”只出现 1 次（该段有：50亿元、2029年）。请核对 printed。",
                "第 1 部分第 1 段：“2029年”出现 1 次，却被认领 2 次（figures_not_targets.csv）。请删去重复的一行。",
            ],
        ),
        (
            {"figures_not_targets": CLAIMED[1:]},
            ["主要目标第 0 段：“2030年”出现 1 次，只被认领 0 次。请录入 targets.csv，或在 figures_not_targets.csv 写明理由。"],
        ),
    ],
)  # fmt: skip
def test_a_disagreement_is_told_with_its_place(
    tmp_path: Path, changed: dict[str, list[Row]], problems: list[str]
) -> None:
    assert found(tmp_path, **changed) == problems


def test_a_figure_given_to_several_is_claimed_once_by_their_promise(tmp_path: Path) -> None:
    report = REPORT.replace("突破50亿元", "和利润均突破50亿元")
    shared = [target(promise_id="p"), target(target_id="t2", promise_id="p")]
    assert found(tmp_path, report, targets=shared) == []
    assert len(found(tmp_path, report, targets=[target(promise_id="p"), target(target_id="t2")])) == 1


@pytest.mark.parametrize(
    ("printed", "unit", "value", "agrees"),
    [
        ("0.3万户", "户", "3000", True),
        ("0.3万户", "户", "0.3", False),
        ("0.3万户", "户", "30000", False),
        ("3000户", "户", "3000", True),
        ("0.3万户", "家", "3000", False),
        ("1,200亩", "亩", "1200", True),
        ("40万平方米", "万平方米", "40", True),
        ("400000平方米", "万平方米", "40", True),
    ],
)
def test_the_value_is_what_is_printed_in_the_unit_of_the_book(
    tmp_path: Path, *, printed: str, unit: str, value: str, agrees: bool
) -> None:
    row = target(printed=printed, unit=unit, value=value)
    problems = found(
        tmp_path, REPORT.replace("50亿元", printed), targets=[row], indicators=[indicator(unit=unit)]
    )
    expected = f"第 1 部分第 1 段：目标 t1 的值 {value} {unit} 与原文“{printed}”不符。请核对 value、unit 和 printed。"
    assert problems == ([] if agrees else [expected])


def test_a_range_claims_and_prints_both_its_ends(tmp_path: Path) -> None:
    report = REPORT.replace("50亿元", "50亿元—60亿元")
    row = target(comparator="range", value_high="60", printed="50亿元—60亿元")
    assert found(tmp_path, report, targets=[row]) == []
    assert found(tmp_path, report, targets=[row | {"value_high": "70"}]) == [
        "第 1 部分第 1 段：目标 t1 的值 50—70 亿元 与原文“50亿元—60亿元”不符。请核对 value、unit 和 printed。"
    ]


def test_an_adjusted_value_may_differ_from_print_once_the_printed_one_was_entered(tmp_path: Path) -> None:
    adjusted = target(value="45", entered_on="2030-07-01", reason="人大常委会批准调整")
    assert found(tmp_path, targets=[target(), adjusted]) == []
    assert len(found(tmp_path, targets=[adjusted])) == 1


def test_spaces_and_width_in_print_do_not_matter(tmp_path: Path) -> None:
    assert found(tmp_path, REPORT.replace("50亿元", "５０ 亿元")) == []


def test_a_text_without_a_plan_is_one_problem(tmp_path: Path) -> None:
    assert found(tmp_path, "样例区\n一、回顾\n") == [
        "主要目标第 0 段：文中找不到“二、”开头的计划部分。请检查报告文本是否完整。"
    ]


def test_the_command_finds_region_and_year_in_the_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    books, report = write_books(tmp_path / "books", figures_not_targets=CLAIMED), tmp_path / "report.txt"
    report.write_bytes(REPORT.encode("gb18030"))
    assert cli.main(["targets", "verify", "--report", str(report), "--reference", str(books)]) == 0
    assert (
        capsys.readouterr().out
        == "990001 2030 年：计划部分 3 个数字全部认领，1 个目标与原文相符，2 个数字不是目标。\n"
    )


def test_the_command_exits_3_and_lists_every_problem(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    books, report = write_books(tmp_path / "books"), tmp_path / "report.txt"
    report.write_text(REPORT, encoding="utf-8")
    assert cli.main(["targets", "verify", "--report", str(report), "--reference", str(books)]) == 3
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.splitlines() == [
        f"{report} 与台账有 3 处不符：",
        "主要目标第 0 段：“2030年”出现 1 次，只被认领 0 次。请录入 targets.csv，或在 figures_not_targets.csv 写明理由。",
        "第 1 部分第 1 段：figures_not_targets.csv 的“2030年”找不到（该段有：50亿元、2029年）。请核对 printed。",
        "第 1 部分第 1 段：“2029年”出现 1 次，只被认领 0 次。请录入 targets.csv，或在 figures_not_targets.csv 写明理由。",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("样例区\n二、主要工作\n", "{report}：找不到写明年份的“二、”计划部分。请检查报告文本是否完整。"),
        (
            "别处\n二、2031年工作\n",
            "{report}：开头没有 regions.csv 认得的地区名称。请补上报告标题，或在台账登记地区。",
        ),
    ],
)
def test_a_text_that_cannot_be_placed_is_refused(tmp_path: Path, text: str, message: str) -> None:
    report = tmp_path / "report.txt"
    report.write_text(text, encoding="utf-8")
    with pytest.raises(RefusedError) as refusal:
        run(write_books(tmp_path / "books"), report)
    assert str(refusal.value) == message.format(report=report)


def test_the_longer_of_two_names_in_the_title_is_the_region(tmp_path: Path) -> None:
    city = region(region="990000", name="样例", short_name="例市", name_en="City")
    district = region(short_name="样区", name_en="District")
    report = tmp_path / "report.txt"
    report.write_text(REPORT, encoding="utf-8")
    books = write_books(tmp_path / "books", regions=[city, district], figures_not_targets=CLAIMED)
    assert run(books, report).startswith("990001 2030 年")


def test_a_report_that_is_no_file_or_no_text_is_told(tmp_path: Path) -> None:
    books = write_books(tmp_path / "books")
    with pytest.raises(UsageError) as usage:
        run(books, tmp_path / "none.txt")
    assert str(usage.value) == f"{tmp_path}/none.txt：无法读取（没有这个文件或文件夹）。请给出报告文本文件。"
    (tmp_path / "bad.txt").write_bytes(b"\xff\xff\xff")
    with pytest.raises(RefusedError) as refusal:
        run(books, tmp_path / "bad.txt")
    assert str(refusal.value) == f"{tmp_path}/bad.txt：不是 UTF-8 或 GB18030 文本。请另存为 UTF-8 文本文件。"
