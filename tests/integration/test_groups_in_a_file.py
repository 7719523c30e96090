"""Groups of regions over a file: one run of each and a roll-up, by one process, on the command line too."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.national import AS_OF, Country, make
from flows import monitor, warehouse
from flows.settings import COMMON, Settings
from tests.e2e.runs import comparable, duban, files, query
from tests.lake import REGIONS, context_of

GROUPS = {"north": REGIONS[:1], "south": REGIONS[1:2]}


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Country:
    """Three regions: two in groups of their own, one in none."""
    return make(tmp_path_factory.mktemp("country"), 3, history=False)


@pytest.fixture(scope="module")
def grouped(country: Country, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = replace(country.settings, var=tmp_path_factory.mktemp("grouped"), groups=GROUPS)
    summary = monitor.run(settings, context_of(), quiet=True)
    assert (summary.loaded.deliveries, summary.loaded.accepted, summary.messages) == (3, 150, 3)
    assert len(summary.files) == 3 * 4 + 1
    return settings


def test_every_group_has_a_run_of_its_own_and_the_whole_is_told_once(grouped: Settings) -> None:
    with warehouse.connect(grouped) as connection:
        rows = connection.execute(
            "select region_group, outcome, deliveries_new, messages_written from run order by all"
        ).fetchall()
    assert rows == [
        (COMMON, "done", 1, 0),
        ("north", "done", 1, 0),
        ("south", "done", 1, 0),
        (None, "done", 0, 3),
    ]
    assert len(files(grouped.var / "outbox")) == 3


def test_a_group_judges_its_own_regions_only(grouped: Settings) -> None:
    found = query(
        grouped.var,
        "select region, count(*), count(distinct run_id) from assessment group by all order by all",
    )
    assert found == [(region, 50, 1) for region in REGIONS[:3]]
    assert len(query(grouped.var, "select distinct run_id from assessment")) == 3


def test_the_parts_by_hand_in_another_order_end_in_the_same_tables(
    country: Country, grouped: Settings, tmp_path: Path
) -> None:
    lines = "".join(f"{name} = {json.dumps(regions)}\n" for name, regions in GROUPS.items())
    config = tmp_path / "duban.toml"
    config.write_text(f"[groups]\n{lines}", encoding="utf-8")
    var = tmp_path / "var"
    same = ("--raw", country.settings.raw, "--reference", country.settings.reference, "--as-of", AS_OF)
    for part in (("--group", "common"), ("--group", "south"), ("--group", "north"), ("--roll-up",)):
        done = duban("run", *part, *same, "--var", var, "--config", config)
        assert done.stdout.startswith("装载 "), done.stdout
    assert comparable(var) == comparable(grouped.var)


def test_a_decision_between_the_groups_of_a_new_day_publishes_the_day_that_is_told(
    country: Country, grouped: Settings
) -> None:
    from flows.decisions import Order, decide

    later = replace(context_of(9, COMMON), as_of=AS_OF.replace(month=3))
    monitor.run_group(grouped, later, quiet=True)
    before = query(grouped.var, "select target_id, as_of from variance order by all")
    delivery_id, *_ = query(grouped.var, "select delivery_id from delivery order by all")[0]
    order = Order("delivery", str(delivery_id), "restore", "张三", "试验")
    decide(grouped, replace(order, decision="withdraw"), now=later.started_at)
    assert query(grouped.var, "select target_id, as_of from variance order by all") == before
    assert {as_of for _, as_of in before} == {AS_OF}


def test_a_run_of_an_unknown_group_is_wrong_usage(country: Country, tmp_path: Path) -> None:
    done = duban("run", "--group", "west", "--var", tmp_path, "--raw", country.settings.raw, check=False)
    assert (done.returncode, done.stderr) == (2, "没有分组 west。现有：common。\n")
