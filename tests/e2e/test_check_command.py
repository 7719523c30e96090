"""`duban check` as a person or a program calls it: what it says, and with which exit code."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from flows.cli import main

NATIONAL = str(Path(__file__).parents[1] / "reference_national")
GOOD = "地区,指标,口径,累计或当月,时期,数值,单位\n重庆市,出口总值,绝对量,当月,2024年3月,5.1,亿美元\n"
BAD = GOOD + "重庆市,幸福指数,绝对量,当月,2024年3月,5.1,分\n"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def check(*arguments: str) -> int:
    return main(["check", *arguments, "--reference", NATIONAL])


def test_a_good_file_is_described_and_exits_0(capsys: pytest.CaptureFixture[str]) -> None:
    Path("good.csv").write_text(GOOD, encoding="gb18030")
    assert check("good.csv") == 0
    assert capsys.readouterr().out == (
        "good.csv\n  格式 long · 编码 gb18030 · 单位 亿美元 · 时期 2024年3月 · 读到 1 个数，可采纳 1 个\n"
    )


def test_the_same_in_english(capsys: pytest.CaptureFixture[str]) -> None:
    Path("good.csv").write_text(GOOD, encoding="utf-8")
    assert check("good.csv", "--lang", "en") == 0
    told = "  layout long · encoding utf-8 · units 亿美元 · periods Mar 2024 · 1 figure read, 1 acceptable\n"
    assert capsys.readouterr().out == "good.csv\n" + told


def test_a_file_with_a_refused_row_exits_3_and_says_where_and_what_to_do(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("bad.csv").write_text(BAD, encoding="utf-8")
    assert check("bad.csv") == 3
    out = capsys.readouterr().out
    assert "读到 2 个数，可采纳 1 个" in out
    assert "✗ 拒收 第 3 行 指标 列“幸福指数”：指标“幸福指数”不在指标台账中。" in out
    assert out.rstrip().endswith("[unknown_indicator]")


def test_json_is_one_object_a_file_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    Path("in").mkdir()
    Path("in/a.csv").write_text(GOOD, encoding="utf-8")
    Path("in/b.csv").write_text(BAD, encoding="utf-8")
    Path("in/a.csv.delivery.toml").write_text("nonsense", encoding="utf-8")
    assert check("in", "--json") == 3
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert list(first) == ["file", "layout", "encoding", "cells_read", "rows_accepted", "problems"]
    assert [p["rule"] for p in first["problems"]] == ["bad_side_file"]
    assert (second["file"], second["layout"], second["encoding"]) == ("in/b.csv", "long", "utf-8")
    assert (second["cells_read"], second["rows_accepted"]) == (2, 1)
    (problem,) = second["problems"]
    assert (problem["severity"], problem["row"], problem["column"]) == ("refused", 3, "指标")
    assert problem["value"] == "幸福指数"


def test_nothing_is_written(tmp_path: Path) -> None:
    Path("good.csv").write_text(GOOD, encoding="utf-8")
    Path("good.csv.delivery.toml").write_text('region = "500000"\n', encoding="utf-8")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    check("good.csv", "--var", str(tmp_path / "var"))
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_unknown_names_still_show_that_the_file_was_understood(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.csv").write_text("指标,2024年,2023年\n神秘指标(亿元),1.5,\n另一个(元),2,3\n", encoding="utf-8")
    assert check("a.csv", "--json") == 3
    told = json.loads(capsys.readouterr().out)
    assert (told["layout"], told["cells_read"], told["rows_accepted"]) == ("nbs_columns", 3, 0)


def test_a_file_without_region_uses_the_only_one_watched(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.csv").write_text("指标,2024年\n国内生产总值(亿元),1349083.5\n", encoding="utf-8")
    assert check("a.csv") == 0  # the national book watches the country alone
    assert "可采纳 1 个" in capsys.readouterr().out


def test_a_path_that_does_not_exist_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert check("nowhere.csv") == 2
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "没有这个文件或目录：nowhere.csv。请核对路径。\n")


def test_control_characters_in_a_file_do_not_reach_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.csv").write_text(GOOD + "重庆市,\x1b[31m红,绝对量,当月,2024年3月,5,分\n", encoding="utf-8")
    assert check("a.csv") == 3
    assert "\x1b" not in capsys.readouterr().out


def test_a_pipe_is_refused_and_never_waited_for(capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo("pipe.csv")
    assert check("pipe.csv") == 3
    assert "[not_a_file]" in capsys.readouterr().out
