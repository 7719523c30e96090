"""The file of series: what is read, and every way in which it can be wrong."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from flows.backtest_data import BacktestDataError, Row, read_rows
from flows.errors import UsageError

HEAD = "series_id,region,name,measure,unit,period_end,value\n"


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "series.csv"
    path.write_bytes(text.encode(encoding))
    return path


def refused(folder: Path, text: str, encoding: str = "utf-8") -> str:
    path = written(folder, text, encoding)
    with pytest.raises(BacktestDataError) as caught:
        read_rows(path)
    assert caught.value.exit_code == 4
    return str(caught.value).replace(str(path), "FILE")


def line(period: str = "2020-03", value: str = "1.5", measure: str = "level_cum", series: str = "a") -> str:
    return f"{series},全国,名称,{measure},亿元,{period},{value}\n"


def test_figures_are_read_exactly(tmp_path: Path) -> None:
    assert read_rows(written(tmp_path, HEAD + line())) == [Row("a", "level_cum", 2020, 3, Decimal("1.5"))]


def test_a_byte_order_mark_and_spare_columns_do_no_harm(tmp_path: Path) -> None:
    text = "value,note,measure,period_end,series_id\n-2,x,growth_cum,2020-12,b\n"
    assert read_rows(written(tmp_path, text, "utf-8-sig")) == [Row("b", "growth_cum", 2020, 12, Decimal(-2))]


def test_an_empty_value_is_missing_not_zero(tmp_path: Path) -> None:
    assert len(read_rows(written(tmp_path, HEAD + line(value="") + line("2020-04")))) == 1


def test_a_month_end_date_is_its_month(tmp_path: Path) -> None:
    assert read_rows(written(tmp_path, HEAD + line("2020-04-30")))[0][2:4] == (2020, 4)


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        read_rows(tmp_path / "none.csv")
    assert str(caught.value) == f"{tmp_path / 'none.csv'}:没有这个文件。"
    assert caught.value.exit_code == 2


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(BacktestDataError, match="无法读取"):
        read_rows(tmp_path)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (line(value="n/a"), "第 2 行 value 列“n/a”不是可用的数。"),
        (line(value="nan"), "第 2 行 value 列“nan”不是可用的数。"),
        (line(value="inf"), "第 2 行 value 列“inf”不是可用的数。"),
        (line(value="1e20"), "第 2 行 value 列“1e20”不是可用的数。"),
        (line(value='"1,234"'), "第 2 行 value 列“1,234”不是可用的数。"),
        (line(period="2020-13"), "第 2 行 period_end 列“2020-13”不是 YYYY-MM。"),
        (line(period="2020年3月"), "第 2 行 period_end 列“2020年3月”不是 YYYY-MM。"),
        (line(period="2020-3"), "第 2 行 period_end 列“2020-3”不是 YYYY-MM。"),
        (line(measure="total"), "第 2 行 measure 列“total”不认识,只能是 level_cum、count_cum、growth_cum。"),
        (line(measure="count_cum", value="-3"), "第 2 行 value 列“-3”为负,count_cum 不能为负。"),
        (line(series=""), "第 2 行 series_id 列为空。"),
    ],
)
def test_a_bad_cell_is_named(tmp_path: Path, row: str, problem: str) -> None:
    assert refused(tmp_path, HEAD + row) == f"FILE:1 处有问题,未作回测。\n{problem}"


def test_the_same_month_twice_is_refused_even_with_the_same_value(tmp_path: Path) -> None:
    assert refused(tmp_path, HEAD + line() + line()) == (
        "FILE:1 处有问题,未作回测。\n第 3 行 与第 2 行重复:a 2020-03 只能有一个值。"
    )


def test_a_series_has_one_measure(tmp_path: Path) -> None:
    assert refused(tmp_path, HEAD + line() + line("2020-04", measure="growth_cum")) == (
        "FILE:1 处有问题,未作回测。\n第 3 行 measure 列“growth_cum”与同一序列此前的“level_cum”不一致。"
    )


def test_all_problems_are_told_at_once_and_a_flood_is_cut(tmp_path: Path) -> None:
    told = refused(tmp_path, HEAD + "".join(line(f"20{n:02d}-03", "x") for n in range(25))).splitlines()
    assert told[0] == "FILE:25 处有问题,未作回测。"
    assert len(told) == 22
    assert told[-1] == "……另有 5 处。"


@pytest.mark.parametrize("text", ["", HEAD.replace("measure,", "").replace("value", "figure") + line()])
def test_missing_columns_are_named(tmp_path: Path, text: str) -> None:
    missing = "measure、value" if text else "series_id、measure、period_end、value"
    assert refused(tmp_path, text) == (
        f"FILE:表头缺少 {missing} 列。需要的列:series_id、region、name、measure、unit、period_end、value。"
    )


def test_a_head_without_rows_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, HEAD) == "FILE:没有数据行。"


def test_a_row_cut_short_has_no_value_and_is_missing(tmp_path: Path) -> None:
    assert refused(tmp_path, HEAD + "a,全国\n") == "FILE:没有数据行。"


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, HEAD + line(), "gb18030") == (
        "FILE:不是 UTF-8 文本(第 56 字节)。请另存为 UTF-8 CSV。"
    )


def test_a_huge_cell_is_refused_plainly(tmp_path: Path) -> None:
    assert refused(tmp_path, HEAD + line(value="9" * 200_000)).startswith("FILE:第 1 行不是可读的 CSV")
