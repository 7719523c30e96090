"""Reading the books: what is wrong is told at once, all of it, with file, line, column and value."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from books_folder import (
    Row,
    calendar,
    figure,
    indicator,
    office,
    point,
    region,
    rule,
    rule_choice,
    target,
    write_books,
)

from flows.books import load
from flows.errors import ConfigurationError


def problems_of(folder: Path, **changed: list[Row]) -> list[str]:
    """The lines of the refusal below its title."""
    write_books(folder, **changed)
    with pytest.raises(ConfigurationError) as refusal:
        load(folder)
    title, *problems = str(refusal.value).splitlines()
    assert title == f"基础台账 {folder} 有 {len(problems)} 处问题，请改正后再运行："
    return problems


def test_good_books_are_read_into_types(tmp_path: Path) -> None:
    books = load(write_books(tmp_path))
    assert books.targets[0].value == Decimal(50)
    assert books.targets[0].final_period == date(2030, 12, 31)
    assert books.indicators[0].measures == ("total", "growth")
    assert books.calendar[0].months == (3, 6, 9, 12)
    assert not books.targets[0].lumpy
    assert books.targets[0].modality is None


def test_books_without_targets_are_books(tmp_path: Path) -> None:
    books = load(
        write_books(
            tmp_path, targets=[], schedule_points=[], figures_not_targets=[], rules=[], rule_choices=[]
        )
    )
    assert books.targets == ()


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"targets": [target(value="5亿")]}, "targets.csv 第 2 行 value 栏“5亿”：应为数字，如 6 或 3.7，不带单位和千分号。"),
        ({"targets": [target(value="1,000")]}, "targets.csv 第 2 行 value 栏“1,000”：应为数字，如 6 或 3.7，不带单位和千分号。"),
        ({"targets": [target(value="NaN")]}, "targets.csv 第 2 行 value 栏“NaN”：应为数字，如 6 或 3.7，不带单位和千分号。"),
        ({"targets": [target(year="")]}, "targets.csv 第 2 行 year 栏“”：不能为空。"),
        ({"targets": [target(comparator="≥")]}, "targets.csv 第 2 行 comparator 栏“≥”：应为 >=、<=、~=、range、relative、increase、decrease、hold、external 之一。"),
        ({"targets": [target(final_period="2030-13")]}, "targets.csv 第 2 行 final_period 栏“2030-13”：应为存在的月份 YYYY-MM。"),
        ({"targets": [target(final_period="Dec-30")]}, "targets.csv 第 2 行 final_period 栏“Dec-30”：应为 YYYY-MM 的月份。"),
        ({"targets": [target(entered_on="2030-02-30")]}, "targets.csv 第 2 行 entered_on 栏“2030-02-30”：应为存在的日期 YYYY-MM-DD。"),
        ({"targets": [target(lumpy="maybe")]}, "targets.csv 第 2 行 lumpy 栏“maybe”：应为 yes、no 之一。"),
        ({"targets": [target(section="0")]}, "targets.csv 第 2 行 section 栏“0”：应为 headline 或章节序号 1、2……。"),
        ({"targets": [target(nature="软")]}, "targets.csv 第 2 行 nature 栏“软”：应为 预期性、约束性 之一。"),
        ({"targets": [target(unit="万元")]}, "targets.csv 第 2 行 unit 栏“万元”：指标 sales 的单位是 亿元。请换算成这个单位。"),
        ({"indicators": [indicator(measures="growth|level")]}, "targets.csv 第 2 行 measure 栏“total”：指标 sales 只有 growth、level。请改一处。"),
        ({"targets": [target(final_period="2030-11")]}, "targets.csv 第 2 行 final_period 栏“2030-11”：指标 sales 只报 3、6、9、12 月。请改成有数的月份。"),
        ({"targets": [target(indicator="sale")]}, "targets.csv 第 2 行 indicator 栏“sale”：indicators.csv 里没有。相近的有：sales。"),
        ({"targets": [target(responsible_office="x")]}, "targets.csv 第 2 行 responsible_office 栏“x”：offices.csv 里没有。没有相近的。"),
        ({"targets": [target(co_responsible="bureau|burea")]}, "targets.csv 第 2 行 co_responsible 栏“burea”：offices.csv 里没有。相近的有：bureau。"),
        ({"targets": [target(region="990002")]}, "targets.csv 第 2 行 region 栏“990002”：regions.csv 里没有。相近的有：990001。"),
        ({"targets": [target(reference_target="t9")]}, "targets.csv 第 2 行 reference_target 栏“t9”：targets.csv 里没有。相近的有：t1。"),
        ({"targets": [target(), target()]}, "targets.csv 第 3 行：与第 2 行重复（t1）。请删去一行，或改 entered_on 写成更正。"),
        ({"schedule_points": [point(target_id="t2")]}, "schedule_points.csv 第 2 行 target_id 栏“t2”：targets.csv 里没有。相近的有：t1。"),
        ({"schedule_points": [point(period="2031-01")]}, "schedule_points.csv 第 2 行 period 栏“2031-01”：晚于目标的终期 2030-12。请核对。"),
        ({"indicators": [indicator(unit="斗")]}, "indicators.csv 第 2 行 unit 栏“斗”：不认识的单位。请写 亿元、人、户、%、天 这样的单位。"),
        ({"indicators": [indicator(proxy="sells")]}, "indicators.csv 第 2 行 proxy 栏“sells”：indicators.csv 里没有。相近的有：sales。"),
        ({"indicators": [indicator(measures="total|speed")]}, "indicators.csv 第 2 行 measures 栏“total|speed”：应为 total、growth、level、ratio、rank、stage、index 之一。"),
        ({"calendar": [calendar(months="12|3")]}, "calendar.csv 第 2 行 months 栏“12|3”：应为 1 至 12 的月份，从小到大，用 | 分隔。"),
        ({"calendar": [calendar(lag_days="-1")]}, "calendar.csv 第 2 行 lag_days 栏“-1”：应为非负整数。"),
        ({"calendar": []}, "indicators.csv 第 2 行 sales：calendar.csv 里没有它的报数日历。请补一行。"),
        ({"offices": [office(leader="boss")]}, "offices.csv 第 2 行 leader 栏“boss”：offices.csv 里没有。没有相近的。"),
        ({"regions": [region(parent="990000")]}, "regions.csv 第 2 行 parent 栏“990000”：regions.csv 里没有。相近的有：990001。"),
        ({"rules": [rule(kind="growth")]}, "targets.csv 第 2 行 t1：规则 plain@1 没有管到 total 类目标。请在 rules.csv 补上，最后一条用 any。"),
        ({"rules": [rule(operator="<", threshold="0")]}, "targets.csv 第 2 行 t1：规则 plain@1 没有管到 total 类目标。请在 rules.csv 补上，最后一条用 any。"),
        ({"rule_choices": []}, "targets.csv 第 2 行 t1：rule_choices.csv 没有为它选规则。请补一行（region 与 target_id 可写 *）。"),
        ({"rule_choices": [rule_choice(rule_set="plain@2")]}, "rule_choices.csv 第 2 行 rule_set 栏“plain@2”：rules.csv 里没有。相近的有：plain@1。"),
        ({"figures_not_targets": [figure(), figure()]}, "figures_not_targets.csv 第 3 行：与第 2 行重复（990001 2030 1 1 2030年 1）。请删去一行，或改 entered_on 写成更正。"),
    ],
)  # fmt: skip
def test_a_slip_gives_one_message(tmp_path: Path, changed: dict[str, list[Row]], problem: str) -> None:
    assert problems_of(tmp_path, **changed) == [problem]


def test_a_stage_point_needs_its_stage(tmp_path: Path) -> None:
    indicators = [indicator(measures="stage", unit="节点")]
    targets = [target(measure="stage", comparator="", value="", unit="节点")]
    assert problems_of(tmp_path, indicators=indicators, targets=targets, rules=[rule(kind="stage")]) == [
        "schedule_points.csv 第 2 行 stage_name 栏“”：节点目标要写节点名称。请补上。"
    ]


def test_all_problems_of_all_books_are_told_at_once(tmp_path: Path) -> None:
    problems = problems_of(
        tmp_path,
        indicators=[indicator(basis="year")],
        targets=[target(value="x", year="y"), target(target_id="t2", leader="nobody")],
        calendar=[calendar(grace_days="long")],
    )
    assert problems == [
        "indicators.csv 第 2 行 basis 栏“year”：应为 ytd、month、quarter、point 之一。",
        "calendar.csv 第 2 行 grace_days 栏“long”：应为非负整数。",
        "targets.csv 第 2 行 year 栏“y”：应为非负整数。",
        "targets.csv 第 2 行 value 栏“x”：应为数字，如 6 或 3.7，不带单位和千分号。",
        "targets.csv 第 3 行 leader 栏“nobody”：offices.csv 里没有。没有相近的。",
    ]


def test_a_name_means_one_indicator(tmp_path: Path) -> None:
    other = indicator(
        indicator_id="sales_large", name="样例大户销售额", name_en="Large sales", aliases="样例 销售额"
    )
    calendars = [calendar(), calendar(indicator_id="sales_large")]
    assert problems_of(tmp_path, indicators=[indicator(), other], calendar=calendars) == [
        "indicators.csv 第 3 行“样例 销售额”：第 2 行 sales 已用此名。请只留一处。"
    ]


def test_a_missing_book_is_told_by_name(tmp_path: Path) -> None:
    folder = write_books(tmp_path)
    (folder / "rules.csv").unlink()
    (folder / "regions.csv").unlink()
    with pytest.raises(ConfigurationError) as refusal:
        load(folder)
    assert str(refusal.value).splitlines()[1:] == [
        f"regions.csv：无法读取（没有这个文件或文件夹）。请把这本台账放进 {folder}。",
        f"rules.csv：无法读取（没有这个文件或文件夹）。请把这本台账放进 {folder}。",
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "regions.csv 第 1 行：缺少栏目 region、name、short_name、name_en、parent、aliases、entered_on。请补上表头。"),
        (b"region,name,short_name,name_en,parent,aliases\n", "regions.csv 第 1 行：缺少栏目 entered_on。请补上表头。"),
        (b"region,name,name,short_name,name_en,parent,aliases,entered_on\n", "regions.csv 第 1 行：栏目 name 重复。请只留一列。"),
        ("region,name\n990001,样例区\n".encode("gb18030"), "regions.csv：不是 UTF-8 编码。请在 Excel 中另存为“CSV UTF-8”。"),
        (b'region,"name\n', "regions.csv：不是完好的 CSV（unexpected end of data）。请检查引号是否成对。"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_book_is_told_once(tmp_path: Path, content: bytes, problem: str) -> None:
    folder = write_books(tmp_path)
    (folder / "regions.csv").write_bytes(content)
    with pytest.raises(ConfigurationError) as refusal:
        load(folder)
    assert str(refusal.value).splitlines()[1:] == [problem]


def test_a_stray_comma_is_told_with_its_line(tmp_path: Path) -> None:
    folder = write_books(tmp_path)
    book = folder / "rule_choices.csv"
    book.write_text(
        book.read_text(encoding="utf-8-sig").replace("2030-01-01", "2030-01-01,x"), encoding="utf-8"
    )
    with pytest.raises(ConfigurationError) as refusal:
        load(folder)
    assert str(refusal.value).splitlines()[1:] == [
        "rule_choices.csv 第 2 行：有 5 个单元格，表头只有 4 个。请给含逗号的内容加引号。"
    ]


def test_the_line_is_the_one_a_record_starts_on(tmp_path: Path) -> None:
    targets = [target(note="第一行\n第二行"), target(target_id="t2", value="x")]
    assert problems_of(tmp_path, targets=targets) == [
        "targets.csv 第 4 行 value 栏“x”：应为数字，如 6 或 3.7，不带单位和千分号。"
    ]


def test_dates_as_excel_saves_them_are_read(tmp_path: Path) -> None:
    books = load(write_books(tmp_path, targets=[target(entered_on="2030/1/2", final_period="2030/12")]))
    assert (books.targets[0].entered_on, books.targets[0].final_period) == (
        date(2030, 1, 2),
        date(2030, 12, 31),
    )


def test_as_of_hides_rows_entered_later(tmp_path: Path) -> None:
    books = load(
        write_books(tmp_path, targets=[target(), target(value="60", entered_on="2030-07-01", reason="调整")])
    )
    assert [row.value for row in books.as_of(date(2030, 6, 30)).targets] == [50]
    assert [row.value for row in books.as_of(date(2030, 7, 1)).targets] == [60]
    assert books.as_of(date(2029, 12, 31)).targets == ()
    assert books.as_of(date(2029, 12, 31)).indicators == ()


def test_the_newest_entry_holds_whatever_the_order_of_lines(tmp_path: Path) -> None:
    rows = [target(value="60", entered_on="2030-07-01"), target()]
    books = load(write_books(tmp_path, targets=rows))
    assert [row.value for row in books.as_of(date(2030, 7, 1)).targets] == [60]
    assert (found := books.target("t1")) is not None
    assert found.value == 60


def test_the_fingerprint_follows_every_byte_of_every_book(tmp_path: Path) -> None:
    folder = write_books(tmp_path)
    seen = {load(folder).fingerprint, load(folder).fingerprint}
    for file in sorted(folder.glob("*.csv")):
        with file.open("ab") as handle:
            handle.write(b"\n")
        seen.add(load(folder).fingerprint)
    assert len(seen) == 12  # the first, and one for each of eleven books


def test_the_reporting_office_is_the_one_of_the_region(tmp_path: Path) -> None:
    offices = [
        office(),
        office(office_id="elsewhere", region="990002", role="reporting"),
        office(office_id="asker", region="990002", role="responsible"),
    ]
    regions = [
        region(),
        region(region="990002", name="他区", short_name="他", name_en="Other"),
        region(region="990003", name="无区", short_name="无", name_en="None"),
    ]
    books = load(write_books(tmp_path, offices=offices, regions=regions))
    found = [books.reporting_office("sales", code) for code in ("990001", "990002", "990003")]
    assert [row.office_id if row else None for row in found] == ["bureau", "elsewhere", "bureau"]


def test_titles_of_sections_are_a_book_that_may_be_missing(tmp_path: Path) -> None:
    folder = write_books(tmp_path)
    assert [row.section_short for row in load(folder).sections] == ["市场"]
    (folder / "sections.csv").unlink()
    assert load(folder).sections == ()
