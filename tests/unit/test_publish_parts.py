"""A country goes through in parts of bounded size, and no row falls between two of them."""

from __future__ import annotations

import duckdb
import pytest

from flows import parts
from flows.parts import REGIONS, ROWS, conditions, first_regions


def test_few_rows_go_through_at_once() -> None:
    assert first_regions([("500104", 10), ("500105", ROWS - 10)]) == []


def test_a_part_ends_before_it_has_too_many_rows() -> None:
    assert first_regions([("500104", 10), ("500105", ROWS - 9)]) == ["500105"]


def test_a_part_ends_before_it_has_too_many_regions() -> None:
    regions = [(f"{number:06}", 1) for number in range(REGIONS + 1)]
    assert first_regions(regions[:-1]) == []
    assert first_regions(regions) == [f"{REGIONS:06}"]


def test_a_region_larger_than_a_part_is_a_part_of_its_own() -> None:
    assert first_regions([("1", 5), ("2", ROWS + 1), ("3", 5)]) == ["2", "3"]


@pytest.mark.parametrize(
    "regions", [["500104"], ["011000", "500104", None], ["a'b", "c", None, "d", "e"], []]
)
def test_every_row_meets_exactly_one_condition(
    regions: list[str | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "REGIONS", 1)
    with duckdb.connect() as connection:
        connection.execute("create table figure (region text)")
        for region in regions:
            text = "null" if region is None else parts.literal(region)
            connection.execute(f"insert into figure values ({text})")
        met = [
            row
            for condition in conditions(connection, "figure")
            for row in connection.execute(f"select region from figure where {condition}").fetchall()
        ]
    assert sorted(map(str, (region for (region,) in met))) == sorted(map(str, regions))
