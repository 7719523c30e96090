"""Two exports of one series, before and after a census: two vintages, the restatements listed, nothing mixed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from tests.e2e.runs import duban, query

NATIONAL = Path(__file__).parents[1] / "reference_national"
EXPORT = "数据库：分省年度数据\r\n指标：地区生产总值(亿元)\r\n时间：最近2年\r\n地区,{years}\r\n{rows}数据来源：国家统计局\r\n"
SIDE = """region = "100000"
reporting_office = "nbs"
received = {received}
provenance = "public"
finality = "revised"
source = "国家统计局"
release_state = "released"
"""
FIRST = EXPORT.format(years="2017年,2016年", rows="北京市,28014.94,25669.13\r\n天津市,18549.19,17885.39\r\n")
LATER = EXPORT.format(years="2018年,2017年", rows="北京市,35161.4,29883.0\r\n天津市,13411.1,18549.19\r\n")


def put(folder: Path, name: str, text: str, received: str) -> None:
    (folder / name).write_bytes(text.encode("gb18030"))
    (folder / f"{name}.delivery.toml").write_text(SIDE.format(received=received), encoding="utf-8")


def test_a_census_restates_and_both_vintages_stay(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    put(raw, "vintage2018.csv", FIRST, "2018-05-01")
    put(raw, "vintage2025.csv", LATER, "2025-12-31")
    duban("run", "--raw", raw, "--var", tmp_path / "var", "--reference", NATIONAL, "--as-of", "2026-01-31")
    layouts = query(tmp_path / "var", "select layout, encoding, rows_accepted from delivery order by file")
    assert layouts == [("nbs_columns", "gb18030", 4), ("nbs_columns", "gb18030", 4)]
    current = query(
        tmp_path / "var",
        "select region, year(period_end), value from observation order by region, period_end",
    )
    assert current == [
        ("110000", 2016, Decimal("25669.13")),
        ("110000", 2017, Decimal("29883")),
        ("110000", 2018, Decimal("35161.4")),
        ("120000", 2016, Decimal("17885.39")),
        ("120000", 2017, Decimal("18549.19")),
        ("120000", 2018, Decimal("13411.1")),
    ]
    restated = query(
        tmp_path / "var",
        "select region, value, superseded_by_value, difference from observation_vintage where difference <> 0",
    )
    assert restated == [("110000", Decimal("28014.94"), Decimal("29883"), Decimal("1868.06"))]
