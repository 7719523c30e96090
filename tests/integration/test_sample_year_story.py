"""The sample year, replayed: every target stands at every as-of date where its story says it stands."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from flows import monitor
from flows.receive.layouts import LAYOUTS
from flows.settings import Settings
from models.run import TIME_ZONE, begin

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "raw" / "sample_2024"
STATUSES = ROOT / "tests" / "spec" / "sample_year_statuses.csv"
NOTHING_WRITTEN = SimpleNamespace(files=(), transitions=0, messages=0)
Rows = list[tuple[object, ...]]


def until_judged(stage: Callable[..., object], *arguments: object) -> object:
    """Reports, mail and publishing have tests of their own; here the year only has to be judged."""
    if stage.__name__ in ("report", "alert", "publish"):
        return NOTHING_WRITTEN
    return stage(*arguments)


def expected() -> dict[tuple[str, str], str]:
    with STATUSES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row["target_id"], day): row[day] for row in rows for day in row if day != "target_id"}


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse after it lived through every as-of date of the table, in order."""
    var = tmp_path_factory.mktemp("year")
    settings = Settings(raw=SAMPLE, var=var, reference=ROOT / "data" / "reference")
    for day in sorted({day for _, day in expected()}):
        context = begin(date.fromisoformat(day), now=datetime(2026, 1, 1, tzinfo=TIME_ZONE), mode="replay")
        monitor.run(settings, context, step=until_judged, quiet=True)
    with duckdb.connect(str(settings.warehouse), read_only=True) as connection:
        yield connection


def judged(year: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], str]:
    """The status of each target's newest period, as each as-of date saw it."""
    rows = year.execute(
        "select target_id, cast(as_of as varchar), status from assessment"
        " qualify row_number() over (partition by target_id, as_of order by period_end desc nulls last) = 1"
    ).fetchall()
    return {(target, day): status for target, day, status in rows}


def values(year: duckdb.DuckDBPyConnection, column: str) -> set[object]:
    return {row[0] for row in year.execute(f"select distinct {column} from assessment").fetchall()}


def state(year: duckdb.DuckDBPyConnection, target: str, day: str) -> Rows:
    return year.execute(
        "select strftime(period_end, '%Y-%m'), cast(actual as double), status, data_state from assessment"
        f" where target_id = '500104-2024-{target}' and as_of = '{day}'"
        " qualify period_end = max(period_end) over ()"
    ).fetchall()


def test_every_target_stands_where_its_story_says(year: duckdb.DuckDBPyConnection) -> None:
    said, found = expected(), judged(year)
    different = {key: (said[key], found.get(key)) for key in said if found.get(key) != said[key]}
    assert different == {}


def test_every_status_data_state_and_outlook_occurs(year: duckdb.DuckDBPyConnection) -> None:
    assert values(year, "status") == {
        "achieved", "on_schedule", "slightly_behind", "behind", "missed",
        "not_due", "no_plan", "no_target", "unknown",
    }  # fmt: skip
    assert values(year, "data_state") == {
        "current", "late", "disputed", "never_delivered", "not_due", "closed"
    }  # fmt: skip
    assert values(year, "outlook") == {"likely", "uncertain", "unlikely", "unknown"}


def test_only_what_was_spoilt_is_refused_or_quarantined(year: duckdb.DuckDBPyConnection) -> None:
    found = year.execute(
        "select file, rule, count(*) from rejection where gravity <> 'warning' group by all order by all"
    ).fetchall()
    assert found == [
        ("2024-04/economy_it.csv", "same_key_two_values", 2),
        ("2024-06/investment_promotion.csv", "unit_slip", 1),
        ("2024-07/tax.csv", "missing_unit", 1),
        ("2024-07/tax.csv", "no_period", 1),
        ("2024-09/jianqiao_park.csv", "mojibake", 1),
    ]


@pytest.mark.parametrize(
    ("target", "day", "shown"),
    [
        ("five-industries-revenue", "2024-05-28", ("2024-03", 111.9, "on_schedule", "late")),
        ("investment-funds-in-place", "2024-07-28", ("2024-05", 34.9, "behind", "late")),
        ("new-tax-registered-entities", "2024-08-28", ("2024-06", 1432, "slightly_behind", "late")),
        ("foreign-trade", "2024-09-28", ("2024-07", 18.53, "slightly_behind", "late")),
        ("foreign-trade-growth", "2024-09-28", ("2024-07", 3.2, "on_schedule", "late")),
        ("park-industrial-revenue", "2024-10-28", ("2024-09", 246.2, "slightly_behind", "current")),
        ("house-expropriation", "2024-11-28", ("2024-09", None, "unknown", "disputed")),
        ("sewage-treatment", "2024-05-28", ("2024-03", 97, "unknown", "current")),
        ("gdp-growth", "2025-01-28", ("2024-12", 6, "on_schedule", "current")),
        ("gdp-growth", "2025-02-28", ("2024-12", 6.1, "achieved", "current")),
    ],
)
def test_what_went_wrong_shows_as_it_should(
    year: duckdb.DuckDBPyConnection, target: str, day: str, shown: tuple[object, ...]
) -> None:
    assert state(year, target, day) == [shown]


def test_every_layout_and_encoding_occurs(year: duckdb.DuckDBPyConnection) -> None:
    layouts = {row[0] for row in year.execute("select distinct layout from delivery").fetchall() if row[0]}
    assert layouts == {layout.name for layout in LAYOUTS}
    encodings = {
        row[0] for row in year.execute("select distinct encoding from delivery").fetchall() if row[0]
    }
    assert encodings == {"utf-8", "utf-8-sig", "gb18030", "xls", "xlsx"}


def test_everything_is_simulated(year: duckdb.DuckDBPyConnection) -> None:
    assert year.execute("select distinct provenance from delivery").fetchall() == [("simulated",)]
