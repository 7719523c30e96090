"""`duban explain` reads the published copy alone, and names what it does not find."""

from __future__ import annotations

import argparse
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest

from flows import warehouse
from flows.errors import CannotOpen, NotFoundError
from flows.explain import command
from flows.publish import publish
from flows.settings import Settings
from models.message import in_language
from models.run import TIME_ZONE, RunContext
from tests.builders import World, insert, judge_again


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A target judged on two dates, restated between them, and published."""
    world = World(as_of="2024-10-28")
    world.target("growth >= 6", "500104-2024-gdp-growth", printed="6%")
    world.figures("growth", "2024-08: 6, 2024-09: 6", received="2024-10-20")
    world.figures("growth", "2024-08: 4", received="2024-11-20", finality="revised", file="later.csv")
    settings = Settings(var=tmp_path_factory.mktemp("explain"))
    context = RunContext(date(2024, 10, 28), datetime(2024, 11, 28, tzinfo=TIME_ZONE))
    warehouse.prepare(settings, context)
    with warehouse.connect(settings) as connection:
        for relation, rows in world.rows.items():
            insert(connection, relation, rows)
        for as_of in ("2024-10-28", "2024-11-28"):
            judge_again(connection, as_of)
            insert(
                connection,
                "run",
                [{"run_id": f"run-{as_of}", "as_of": date.fromisoformat(as_of), "outcome": "done"}],
            )
    publish(settings)
    return settings


def explained(
    settings: Settings, target_id: str, period: date | None, capsys: pytest.CaptureFixture[str]
) -> str:
    assert command(settings, argparse.Namespace(target_id=target_id, period=period)) == 0
    return capsys.readouterr().out


def test_the_newest_period_is_explained(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    text = explained(settings, "500104-2024-gdp-growth", None, capsys)
    assert text.startswith(
        "大渡口区 gdp（500104-2024-gdp-growth），截至2024年11月28日\n目标：2024年政府工作报告主要预期目标第3段“6%”"
    )
    assert "实际：1—9月同比增长6%" in text


def test_a_period_is_explained_as_it_is_known_now(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    text = explained(settings, "500104-2024-gdp-growth", date(2024, 8, 1), capsys)
    assert "实际：1—8月同比增长4%（来源：later.csv" in text
    assert "差距：4 − 6 = −2个百分点。" in text


def test_an_unknown_target_names_the_nearest(settings: Settings) -> None:
    with pytest.raises(NotFoundError) as error:
        command(settings, argparse.Namespace(target_id="500104-2024-gdp", period=None))
    assert str(error.value) == "没有目标“500104-2024-gdp”。相近的有：500104-2024-gdp-growth。"


@pytest.mark.parametrize("target_id", ["gdp", "gdp-grwth", "500104-2025-gdp-growth"])
def test_the_own_part_of_an_id_is_enough_to_be_near(settings: Settings, target_id: str) -> None:
    with pytest.raises(NotFoundError) as error:
        command(settings, argparse.Namespace(target_id=target_id, period=None))
    assert str(error.value) == f"没有目标“{target_id}”。相近的有：500104-2024-gdp-growth。"


@pytest.mark.parametrize("target_id", ["nope", "500105-2023-x", "x' or 1=1 --"])
def test_what_is_not_near_is_not_suggested(settings: Settings, target_id: str) -> None:
    with pytest.raises(NotFoundError) as error:
        command(settings, argparse.Namespace(target_id=target_id, period=None))
    assert (
        str(error.value) == f"没有目标“{target_id}”，也没有相近的编号。用 duban status 列出全部目标及其编号。"
    )
    assert in_language(error.value.message, "en") == (
        f"There is no target “{target_id}”, nor one like it. duban status lists all targets with their ids."
    )


def test_an_unknown_period_lists_those_there_are(settings: Settings) -> None:
    with pytest.raises(NotFoundError) as error:
        command(settings, argparse.Namespace(target_id="500104-2024-gdp-growth", period=date(2024, 7, 1)))
    assert str(error.value) == "目标 500104-2024-gdp-growth 没有 2024-07 的研判。已有：2024-08、2024-09。"


def test_a_target_id_is_never_sql(settings: Settings) -> None:
    with pytest.raises(NotFoundError):
        command(settings, argparse.Namespace(target_id="x' or 1=1 --", period=None))


def test_before_the_first_run_there_is_nothing_to_explain(tmp_path: Path) -> None:
    with pytest.raises(CannotOpen) as error:
        command(Settings(var=tmp_path), argparse.Namespace(target_id="x", period=None))
    assert (
        str(error.value)
        == f"还没有发布的数据库 {tmp_path / 'published' / 'duban.duckdb'}。请先运行 duban run（或 make run）。"
    )


def test_explaining_imports_nothing_heavy(settings: Settings) -> None:
    code = (
        "import sys, argparse; from pathlib import Path; from flows.explain import command; from flows.settings import Settings;"
        f"command(Settings(var=Path({str(settings.var)!r})), argparse.Namespace(target_id='500104-2024-gdp-growth', period=None));"
        "print([n for n in ('pandas', 'great_expectations', 'prefect', 'sqlalchemy') if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"
