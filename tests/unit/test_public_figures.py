"""The published figures keep the traps of the field: a bound, a restated base, 限上社零 beside nothing."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

import pytest

PUBLIC = Path(__file__).parents[2] / "data" / "raw" / "public"
FILES = sorted(PUBLIC.glob("*.csv"))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def side(path: Path) -> dict[str, object]:
    return tomllib.loads(path.with_name(f"{path.name}.delivery.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_one_publication_of_one_region_on_its_day(path: Path) -> None:
    said = side(path)
    assert str(said["received"]) == path.name[:10]
    assert said["provenance"] == "public"
    assert said["source"]
    assert {row["地区"] for row in rows(path)} == {
        {"500104": "大渡口区", "500000": "重庆市"}[str(said["region"])]
    }


def test_only_what_came_after_the_census_is_revised() -> None:
    revised = {path.name for path in FILES if side(path)["finality"] == "revised"}
    assert revised == {"2025-12-31_chongqing_nbs_census.csv"}
    assert {str(side(path)["finality"]) for path in FILES} == {"preliminary", "revised"}


def test_all_published_figures_are_there() -> None:
    assert sum(len(rows(path)) for path in FILES) == 27


def test_a_bound_stays_a_bound() -> None:
    bounds = [row for path in FILES for row in rows(path) if row["界限"]]
    assert [(r["指标"], r["界限"], r["数值"], r["单位"]) for r in bounds] == [
        ("地区生产总值", ">=", "500", "亿元")
    ]


def test_sales_above_designated_size_are_not_called_retail_sales() -> None:
    district = [row for path in FILES for row in rows(path) if row["地区"] == "大渡口区"]
    assert {row["指标"] for row in district if "零售" in row["指标"]} == {"限上单位社会消费品零售总额"}


def test_the_census_gives_both_years_of_chongqing_a_second_vintage() -> None:
    levels = [
        (row["时期"], row["数值"], str(side(path)["finality"]))
        for path in FILES
        for row in rows(path)
        if (row["指标"], row["口径"]) == ("地区生产总值", "绝对量")
        and row["时期"].endswith("-12")
        and not row["界限"]
    ]
    assert sorted(levels) == [
        ("2023-12", "30145.79", "preliminary"),
        ("2023-12", "30614.3", "revised"),
        ("2024-12", "32046.7", "revised"),
        ("2024-12", "32193.15", "preliminary"),
    ]
