"""The real figures as of 2025-02-01 and 2026-01-31, judged as a careful person would judge them."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from tests.e2e.runs import PUBLIC, duban, query


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("public")
    shutil.copytree(PUBLIC, folder / "raw")
    duban("run", "--raw", folder / "raw", "--var", folder / "var", "--as-of", "2025-02-01")
    return folder / "var"


def judged(var: Path, region: str, indicator: str, measure: str) -> list[tuple[object, ...]]:
    return query(
        var,
        "select actual, target_value, gap_points, status, data_state, rule_set from variance"
        f" where region = '{region}' and indicator = '{indicator}' and measure = '{measure}'",
    )


def test_industry_is_behind_and_late(var: Path) -> None:
    found = judged(var, "500104", "industrial_value_added", "growth")
    assert found == [(Decimal("6.3"), Decimal(8), Decimal("-1.7"), "behind", "late", "default@1")]


def test_investment_is_behind_and_late(var: Path) -> None:
    found = judged(var, "500104", "fixed_asset_investment", "growth")
    assert found == [(Decimal("3.6"), Decimal(5), Decimal("-1.4"), "behind", "late", "default@1")]


def test_contracts_are_achieved(var: Path) -> None:
    ((actual, target, _, status, _, _),) = judged(var, "500104", "investment_contracts", "total")
    assert (actual, target, status) == (413, 300, "achieved")


def test_new_jobs_meet_their_target_at_equality(var: Path) -> None:
    found = query(
        var,
        "select actual, target_value, unit, status from variance where region = '500104' and printed like '1万人%'",
    )
    assert found == [(10000, 10000, "人", "achieved")]


def test_retail_above_the_threshold_is_never_retail_sales(var: Path) -> None:
    names = query(var, "select distinct indicator, value from observation where value = 42.3")
    assert [name for name, _ in names] == ["retail_sales_above_designated"]
    ((actual, _, _, status, data_state, _),) = judged(var, "500104", "retail_sales", "growth")
    assert (actual, status, data_state) == (None, "unknown", "never_delivered")


def test_growth_of_gdp_is_not_made_from_levels(var: Path) -> None:
    ((actual, target, gap, status, _, _),) = judged(var, "500104", "gdp", "growth")
    assert (actual, target, gap, status) == (None, 6, None, "unknown")
    assert query(
        var, "select value, bound from observation where region = '500104' and indicator = 'gdp'"
    ) == [(500, ">=")]


def test_the_city_missed_its_about_six_percent(var: Path) -> None:
    ((actual, target, gap, status, _, _),) = judged(var, "500000", "gdp", "growth")
    assert (actual, target, gap, status) == (Decimal("5.7"), 6, Decimal("-0.3"), "missed")


def test_every_figure_is_public_and_has_its_source(var: Path) -> None:
    assert query(var, "select distinct provenance from observation") == [("public",)]
    assert query(var, "select count(*) from observation where source_row is null or delivery_id is null") == [
        (0,)
    ]


def test_the_census_restates_two_levels_of_the_city(var: Path) -> None:
    duban("run", "--raw", var.parent / "raw", "--var", var, "--as-of", "2026-01-31")
    found = query(
        var,
        "select period_end::text, value, superseded_by_value, difference from observation_vintage"
        " where difference <> 0 order by period_end",
    )
    assert found == [
        ("2023-12-31", Decimal("30145.79"), Decimal("30614.3"), Decimal("468.51")),
        ("2024-12-31", Decimal("32193.15"), Decimal("32046.7"), Decimal("-146.45")),
    ]
    counted = query(
        var, "select value from observation where region = '500000' and measure = 'total' order by period_end"
    )
    assert counted[0] == (Decimal("30614.3"),)
