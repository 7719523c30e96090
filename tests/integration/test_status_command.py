"""`duban status`: from the published copy, coloured for people, plain for pipes, JSON alone for programs."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
import report_year

from flows.cli import main

REFERENCE = Path(__file__).parents[2] / "data" / "reference"


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("status")
    (folder / "published").mkdir()
    report_year.build(folder / "published" / "duban.duckdb", schema="main")
    return folder


def run(capsys: pytest.CaptureFixture[str], var: Path, *flags: str) -> tuple[int, str, str]:
    code = main(["status", "--var", str(var), "--reference", str(REFERENCE), *flags])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_json_alone_goes_to_stdout_with_the_contracts_columns(
    capsys: pytest.CaptureFixture[str], var: Path
) -> None:
    code, out, err = run(capsys, var, "--json")
    rows = json.loads(out)
    assert (code, err) == (0, "")
    assert len(rows) == report_year.TARGETS
    assert rows[0]["period_end"] == "2024-10-31"
    assert isinstance(rows[0]["gap_points"], float)
    assert {"target_id", "status", "data_state", "rule_set", "source_file", "source_row"} <= set(rows[0])


def test_a_pipe_gets_one_plain_line_a_target(capsys: pytest.CaptureFixture[str], var: Path) -> None:
    code, out, _ = run(capsys, var)
    lines = out.splitlines()
    assert code == 0
    assert len(lines) == report_year.TARGETS + 1
    assert {line.count("\t") for line in lines} == {10}
    assert "\x1b" not in out
    assert lines[1].endswith("\t模拟")


def test_the_worst_stands_first(capsys: pytest.CaptureFixture[str], var: Path) -> None:
    severities = [row["severity"] or 0 for row in json.loads(run(capsys, var, "--json")[1])]
    assert severities == sorted(severities, reverse=True)


@pytest.mark.parametrize(
    ("flags", "column", "value"),
    [
        (("--status", "behind"), "status", "behind"),
        (("--status", "滞后"), "status", "behind"),
        (("--office", "finance"), "responsible_office", "finance"),
        (("--office", "区财政局"), "responsible_office", "finance"),
        (("--section", "headline"), "section", "headline"),
        (("--region", "500104"), "region", "500104"),
        (("--region", "重庆市大渡口区"), "region", "500104"),
    ],
)
def test_filters_take_ids_and_words(
    capsys: pytest.CaptureFixture[str], var: Path, flags: tuple[str, ...], column: str, value: str
) -> None:
    rows = json.loads(run(capsys, var, "--json", *flags)[1])
    assert rows
    assert {row[column] for row in rows} == {value}


def test_a_status_that_no_target_has_gives_an_empty_list(
    capsys: pytest.CaptureFixture[str], var: Path
) -> None:
    code, out, _ = run(capsys, var, "--json", "--status", "missed")
    assert (code, json.loads(out)) == (0, [])


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (("--region", "500108"), "没有地区“500108”。可用的地区：500104（重庆市大渡口区）。\n"),
        (("--section", "9"), "没有章节“9”。可用的章节：1（任务一：拼经济促发展）"),
        (("--status", "red"), "没有状态“red”。可用的状态：achieved（已完成）、behind（滞后）"),
        (("--office", "区财政"), "没有责任单位“区财政”。可用的责任单位："),
    ],
)
def test_an_unknown_filter_lists_what_there_is(
    capsys: pytest.CaptureFixture[str], var: Path, flags: tuple[str, ...], message: str
) -> None:
    code, out, err = run(capsys, var, *flags)
    assert (code, out) == (2, "")
    assert err.startswith(message)


def test_before_the_first_run_it_says_what_to_do(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, err = run(capsys, tmp_path)
    assert (code, out) == (4, "")
    assert (
        err == f"还没有发布的数据库 {tmp_path}/published/duban.duckdb。请先运行 duban run（或 make run）。\n"
    )


def on_terminal(var: Path, width: int) -> str:
    """What a terminal of so many columns shows of the targets behind."""
    main_end, terminal = pty.openpty()
    environment = os.environ | {"COLUMNS": str(width), "TERM": "xterm-256color"}
    command = [
        sys.executable,
        "-m",
        "flows.cli",
        "status",
        "--var",
        str(var),
        "--reference",
        str(REFERENCE),
        "--status",
        "behind",
    ]
    with subprocess.Popen(command, stdout=terminal, env=environment) as process:
        os.close(terminal)
        shown = _read_all(main_end)
    assert process.returncode == 0
    return shown


def test_a_terminal_gets_colours_marks_and_the_simulated_band(var: Path) -> None:
    shown = on_terminal(var, 170)
    assert "\x1b[" in shown
    assert "▼ 滞后" in shown
    assert "█" in shown
    assert "模拟数据：全部数字由程序生成" in shown


def test_a_narrow_terminal_keeps_name_and_figures_and_leaves_out_the_rest(var: Path) -> None:
    in_order = ("█", "责任单位", "年末预期", "数据期")
    left_out = {}
    for width in (60, 100, 115, 130, 170):
        shown = on_terminal(var, width)
        left_out[width] = [word for word in in_order if word not in shown]
        assert left_out[width] == [*in_order[: len(left_out[width])]]
        assert "指标" in shown and "状态" in shown
        assert "…" not in shown or width == 60
    assert (left_out[60], left_out[170]) == ([*in_order], [])
    assert 0 < len(left_out[115]) < len(in_order)


def _read_all(descriptor: int) -> str:
    chunks = []
    while True:
        try:
            chunk = os.read(descriptor, 65536)
        except OSError:  # the other end is closed
            break
        if not chunk:
            break
        chunks.append(chunk)
    os.close(descriptor)
    return b"".join(chunks).decode()


def test_status_imports_nothing_heavy(var: Path) -> None:
    script = "import sys; from flows.cli import main; main(sys.argv[1:]); print([m for m in ('pandas', 'prefect', 'great_expectations', 'sqlalchemy', 'rich') if m in sys.modules], file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", script, "status", "--var", str(var)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr.strip() == "[]"
