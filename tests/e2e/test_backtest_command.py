"""`python -m flows.backtest`: what it prints, what it writes, how it fails."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

from flows.backtest import main
from tests.forecast_series import flow

FORECAST_COLUMNS = "series_id,year,origin_month,actual,forecast,low,high,target,probability"
HEAD = "series_id,region,name,measure,unit,period_end,value"


def data_file(folder: Path, years: range = range(2014, 2021)) -> Path:
    lines = [HEAD]
    for name, measure in (("a", "level_cum"), ("b", "count_cum"), ("g", "growth_cum")):
        for (year, month), value in flow(name, years=years).values.items():
            lines.append(f"{name},某区,名称,{measure},亿元,{year}-{month:02d},{value}")
    path = folder / "series.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def call(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flows.backtest", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_it_prints_every_measure_beside_the_plain_methods_and_writes_each_forecast(tmp_path: Path) -> None:
    done = call(data_file(tmp_path), "--out", tmp_path / "new" / "out")
    assert (done.returncode, done.stderr) == (0, "")
    for word in (
        "误差",
        "覆盖%",
        "宽度",
        "Brier",
        "本方法",
        "时间进度",
        "上年同期进度",
        "近三年同期进度",
        "概率可靠性",
    ):
        assert word in done.stdout
    with (tmp_path / "new" / "out" / "forecasts.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert ",".join(rows[0]) == FORECAST_COLUMNS
    assert len(rows) == 3 * 4 * 9
    assert {path.name for path in (tmp_path / "new" / "out").iterdir()} == {
        "forecasts.csv",
        "scores.csv",
        "reliability.csv",
    }
    assert {row["target"] for row in rows if row["series_id"] == "g"} == {""}
    assert all(float(row["low"]) <= float(row["forecast"]) <= float(row["high"]) for row in rows)


def test_english_on_request(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(data_file(tmp_path)), "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert "three-year share" in out
    assert not any("\u4e00" <= character <= "\u9fff" for character in out)


def test_twice_the_same(tmp_path: Path) -> None:
    data = data_file(tmp_path)
    outs = [tmp_path / "1", tmp_path / "2"]
    for out in outs:
        assert main([str(data), "--out", str(out)]) == 0
    first, second = ((out / "forecasts.csv").read_bytes() for out in outs)
    assert first == second


def test_a_missing_file_is_one_plain_message(tmp_path: Path) -> None:
    done = call(tmp_path / "none.csv")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{tmp_path / 'none.csv'}:没有这个文件。\n"


def test_bad_cells_are_told_without_a_traceback(tmp_path: Path) -> None:
    path = data_file(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace("2014-02", "2014-2"), encoding="utf-8")
    done = call(path)
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr == (
        f"{path}:3 处有问题,未作回测。\n"
        "第 3 行 period_end 列“2014-2”不是 YYYY-MM。\n"
        "第 87 行 period_end 列“2014-2”不是 YYYY-MM。\n"
        "第 171 行 period_end 列“2014-2”不是 YYYY-MM。\n"
    )


def test_too_short_a_history_says_what_is_needed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = data_file(tmp_path, years=range(2018, 2021))
    assert main([str(path)]) == 2
    assert capsys.readouterr().err == (
        f"{path}:没有可以回测的年份。需要一个完整年度(3—12 月或四个季度齐全),且此前至少有三个完整年度。\n"
    )


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    taken = tmp_path / "taken"
    taken.write_text("", encoding="utf-8")
    assert main([str(data_file(tmp_path)), "--out", str(taken)]) == 4
    assert capsys.readouterr().err.startswith(f"{taken / 'forecasts.csv'}:无法写入(")


@pytest.mark.parametrize("arguments", [[], ["x.csv", "--lang", "fr"], ["x.csv", "--what"]])
def test_a_wrong_call_is_a_usage_error(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
