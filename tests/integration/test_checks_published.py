"""The checks hold for the sample year, find what they look for, and keep a contradiction from being published."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from flows import checks, warehouse
from flows.examinations import Health, _contents
from flows.publish import publish
from flows.settings import Settings
from models.relations import PUBLISHED
from models.run import TIME_ZONE, RunContext

# What is broken in a copy of the published sample year, and the check that must say so.
BREAKAGES = {
    "actual_has_file_row_and_hash": "update assessment set source_row = null where actual is not null",
    "gap_is_actual_against_expected": "update assessment set gap = gap + 1 where kind = 'total'",
    "severity_is_shortfall_by_scale": "update assessment set severity = severity * 2 where severity > 0",
    "successor_is_of_the_same_series": "update observation_vintage set superseded_by = 'nobody' where superseded_by is not null",
    "restatement_is_new_less_old": "update observation_vintage set difference = difference + 1 where difference is not null",
    "row_names_a_run": "delete from run where as_of = '2024-05-28'",
    "figure_leads_to_its_delivery": "delete from delivery where file like '2024-05/%'",
    "rejection_leads_to_its_delivery": "delete from delivery where outcome = 'refused'",
    "variance_is_an_assessment": "update variance set status = 'missed' where status = 'behind'",
    "judged_target_is_in_the_book": "delete from target where indicator = 'gdp'",
    "figure_has_a_known_indicator": "delete from indicator where indicator = 'gdp'",
    "forecast_lies_in_its_interval": "update assessment set forecast = forecast_high + 1 where forecast_high is not null",
    "key_of_observation": "insert into observation select * from observation limit 1",
    "key_of_variance": "insert into variance select * from variance limit 1",
}


@pytest.fixture
def copy(sample_year: Path, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    file = tmp_path / "copy.duckdb"
    shutil.copyfile(sample_year / "published" / "duban.duckdb", file)
    with duckdb.connect(str(file)) as connection:
        yield connection


def test_all_checks_hold_for_the_sample_year(copy: duckdb.DuckDBPyConnection) -> None:
    assert checks.failures(copy) == []


def test_every_relation_has_a_check_of_its_key() -> None:
    assert {f"key_of_{relation.name}" for relation in PUBLISHED} <= set(checks.statements())


@pytest.mark.parametrize("name", BREAKAGES)
def test_a_check_finds_what_it_looks_for(copy: duckdb.DuckDBPyConnection, name: str) -> None:
    copy.execute(BREAKAGES[name])
    assert name in {failure.check for failure in checks.failures(copy)}


def test_keys_join(copy: duckdb.DuckDBPyConnection) -> None:
    joins = {
        "observation": "indicator region delivery",
        "observation_vintage": "indicator region delivery",
        "target": "indicator region",
        "variance": "indicator region target run",
        "assessment": "indicator region target run",
        "rejection": "delivery",
        "alert": "run region",
    }
    keys = {"delivery": "delivery_id", "run": "run_id", "target": "target_id"}
    for relation, others in joins.items():
        for other in others.split():
            key = keys.get(other, other)
            lost = copy.execute(
                f"select {key} from {relation} anti join {other} using ({key}) where {key} is not null"
            ).fetchall()
            assert lost == [], f"{relation}.{key}"


def test_the_doctor_names_a_figure_whose_indicator_left_the_books(
    sample_year: Path, settings: Settings
) -> None:
    settings.published.parent.mkdir(parents=True)
    shutil.copyfile(sample_year / "published" / "duban.duckdb", settings.published)
    with duckdb.connect(str(settings.published)) as connection:
        connection.execute("delete from indicator where indicator = 'urban_new_employment'")
        checks.require(connection)  # no reason to stop a publication
    (finding,) = _contents(settings, datetime.now(TIME_ZONE))
    assert finding.health == Health.WARNING
    assert finding.text.startswith("发布的数据库不符合检查 figure_has_a_known_indicator: ")


def test_a_contradiction_is_named_and_not_published(settings: Settings, context: RunContext) -> None:
    warehouse.prepare(settings, context)
    publish(settings)
    before = settings.published.read_bytes()
    with warehouse.connect(settings) as connection:
        connection.execute("insert into run (run_id) values ('twice'), ('twice')")
    with pytest.raises(checks.CheckFailed, match=r"not published: key_of_run: 1 rows, e.g. \('twice', '2'\)"):
        publish(settings)
    assert settings.published.read_bytes() == before
    assert sorted(path.name for path in settings.published.parent.glob("*.new*")) == []
