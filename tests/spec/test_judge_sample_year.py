"""The sample year worked out by hand (sample_year_by_hand.csv): a target of each kind at three dates or more."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from flows import monitor
from flows.settings import Settings
from models.run import TIME_ZONE, begin
from tests.spec.judge_table import in_words

ROOT = Path(__file__).parents[2]
COLUMNS = ("actual", "reference_value", "expected", "gap_points", "severity", "status")
with (Path(__file__).parent / "sample_year_by_hand.csv").open(encoding="utf-8", newline="") as _file:
    CASES = list(csv.DictReader(_file))


def _until_judged(stage: object, *arguments: object) -> object:
    name = stage.__name__  # type: ignore[attr-defined]
    return (
        SimpleNamespace(files=(), transitions=0, messages=0)
        if name in ("report", "alert", "publish")
        else stage(*arguments)
    )  # type: ignore[operator]


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    settings = Settings(
        raw=ROOT / "data" / "raw" / "sample_2024",
        var=tmp_path_factory.mktemp("by_hand"),
        reference=ROOT / "data" / "reference",
    )
    for day in sorted({case["as_of"] for case in CASES}):
        context = begin(date.fromisoformat(day), now=datetime(2026, 1, 1, tzinfo=TIME_ZONE), mode="replay")
        monitor.run(settings, context, step=_until_judged, quiet=True)
    with duckdb.connect(str(settings.warehouse), read_only=True) as connection:
        yield connection


@pytest.mark.parametrize("case", CASES, ids=[f"{case['target']} {case['as_of']}" for case in CASES])
def test_worked_out_by_hand(judged: duckdb.DuckDBPyConnection, case: dict[str, str]) -> None:
    result = judged.execute(
        f"select * from assessment where target_id = '500104-2024-{case['target']}' and as_of = '{case['as_of']}' and is_newest"
    )
    names = [column[0] for column in result.description or ()]
    (values,) = result.fetchall()
    row = dict(zip(names, values, strict=True))
    wanted = [
        case[name] or "-" for name in ("actual", "reference", "expected", "gap_points", "severity", "status")
    ]
    assert in_words(row, COLUMNS).split() == wanted
    assert (f"{row['period_end']:%Y-%m}" if row["period_end"] else "") == case["period"]
