"""A made-up country: books, four years of figures, and one month's files, the same every time.

    .venv/bin/python benchmarks/national.py --regions 2850 --out /tmp/country

writes `reference/` (the books), `raw/` (one file a region for the newest month, each with its side file) and fills
`var/warehouse.duckdb` with 48 earlier months as if earlier runs had loaded them: 2,850 regions × 50 indicators × 48
months are 6.84 million observations. All figures come from sql/figures.sql; nothing is random, nothing is committed.
"""

from __future__ import annotations

import argparse
import csv
import io
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from flows import warehouse  # noqa: E402
from flows.settings import Settings  # noqa: E402
from models.run import TIME_ZONE, RunContext, begin  # noqa: E402

REGIONS, INDICATORS, GROWTH_FROM = 2_850, 50, 40
YEAR, MONTH = 2025, 1  # of the newest month, which comes as files: the first of its target year
HISTORY_MONTHS = 48
AS_OF = date(2025, 2, 28)
RECEIVED = date(2025, 2, 20)
ENTERED = "2020-01-01"
SQL = Path(__file__).with_name("sql")


@dataclass(frozen=True)
class Country:
    """Where a made-up country of some size lies."""

    folder: Path
    regions: int

    @property
    def settings(self) -> Settings:
        return Settings(raw=self.folder / "raw", var=self.folder / "var", reference=self.folder / "reference")

    @property
    def context(self) -> RunContext:
        return begin(AS_OF, now=datetime(2025, 2, 28, 9, tzinfo=TIME_ZONE))


def make(folder: Path, regions: int, *, history: bool = True) -> Country:
    """Write a country of `regions` regions into `folder`, anew; without a history there is no warehouse yet."""
    shutil.rmtree(folder, ignore_errors=True)
    country = Country(folder, regions)
    write_books(folder / "reference", regions)
    write_month(folder / "raw", regions)
    if history:
        write_history(country)
    return country


def figures(regions: int, first_month: int, last_month: int) -> str:
    """The SQL of the figures of these months, counted since year 0."""
    text = (SQL / "figures.sql").read_text(encoding="utf-8")
    for name, value in (("regions", regions), ("first_month", first_month), ("last_month", last_month)):
        text = text.replace(f"${name}", str(value))
    return text


def newest_month() -> int:
    return YEAR * 12 + MONTH - 1


def write_month(raw: Path, regions: int) -> None:
    """One file a region in the long form, with its side file."""
    import duckdb

    folder = raw / f"{YEAR}-{MONTH:02d}"
    folder.mkdir(parents=True)
    sql = figures(regions, newest_month(), newest_month())
    with duckdb.connect() as connection:
        rows = connection.execute(
            f"select region, indicator_number, measure, value, unit from ({sql}) order by all"
        ).fetchall()
    for region, own in groupby(rows, key=lambda row: row[0]):
        path = folder / f"{region}.csv"
        path.write_text(_csv(LONG_FORM, map(_long_row, own)), encoding="utf-8")
        path.with_name(f"{path.name}.delivery.toml").write_text(_side_file(region), encoding="utf-8")


LONG_FORM = ("地区", "指标", "口径", "累计或当月", "时期", "界限", "数值", "单位", "备注")


def _long_row(row: tuple[Any, ...]) -> tuple[object, ...]:
    region, indicator, measure, value, unit = row
    return (
        _region_name(int(region)),
        _indicator_name(indicator),
        measure,
        "ytd",
        f"{YEAR}-{MONTH:02d}",
        "",
        f"{value:.2f}",
        unit,
        "",
    )


def _side_file(region: str) -> str:
    return (
        f'region = "{region}"\nreporting_office = "{_office(region)}"\nreceived = {RECEIVED}\n'
        'provenance = "simulated"\nfinality = "preliminary"\nsource = "规模试验（模拟）"\nrelease_state = "released"\n'
    )


def write_history(country: Country) -> None:
    """The months before the newest one, one delivery a region and month, straight into the warehouse."""
    settings = country.settings
    warehouse.prepare(settings, country.context)
    last = newest_month() - 1
    sql = figures(country.regions, last - HISTORY_MONTHS + 1, last)
    with warehouse.connect(settings) as connection, warehouse.transaction(connection):
        connection.execute(f"create temp table made as {sql} order by region, period_end")
        for name in ("history_deliveries", "history_observations"):
            connection.execute((SQL / f"{name}.sql").read_text(encoding="utf-8"))
        connection.execute("drop table made")


def write_books(reference: Path, regions: int) -> None:
    """Regions, an office each, fifty indicators and fifty targets a region; rules as the project ships them."""
    reference.mkdir(parents=True)
    for name, rows in _books(regions).items():
        header = _header(name)
        lines = ([row.get(column, "") for column in header] for row in rows)
        (reference / f"{name}.csv").write_text(_csv(header, lines), encoding="utf-8-sig")
    for name in ("rules", "rule_choices"):
        shutil.copy(ROOT / "data" / "reference" / f"{name}.csv", reference)


def _books(regions: int) -> dict[str, Iterable[dict[str, str]]]:
    return {
        "regions": map(_region, range(regions)),
        "offices": (_office_row(str(110000 + number)) for number in range(regions)),
        "indicators": map(_indicator, range(INDICATORS)),
        "calendar": map(_calendar, range(INDICATORS)),
        "targets": (_target(r, i) for r in range(regions) for i in range(INDICATORS)),
        "calendar_moves": (),
        "schedule_points": (),
        "figures_not_targets": (),
    }


def _header(name: str) -> list[str]:
    with (ROOT / "data" / "reference" / f"{name}.csv").open(encoding="utf-8-sig") as handle:
        return next(csv.reader(handle))


def _csv(header: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(header)
    writer.writerows(rows)
    return buffer.getvalue()


def _region_name(code: int) -> str:
    return f"虚构区县{code}"


def _indicator_name(number: int) -> str:
    return f"虚构指标{number + 1:02d}"


def _indicator_id(number: int) -> str:
    return f"made_up_{number + 1:02d}"


def _office(region: str) -> str:
    return f"statistics_{region}"


def _region(number: int) -> dict[str, str]:
    code, name = 110000 + number, _region_name(110000 + number)
    return {
        "region": str(code),
        "name": name,
        "short_name": name,
        "name_en": f"County {code}",
        "entered_on": ENTERED,
    }


def _office_row(region: str) -> dict[str, str]:
    return {
        "office_id": _office(region),
        "region": region,
        "name": f"统计局{region}",
        "name_en": f"Statistics {region}",
        "role": "reporting|responsible",
        "emails": f"statistics@{region}.invalid",
        "language": "zh",
        "wants_workbook": "no",
        "suggested": "yes",
        "entered_on": ENTERED,
    }


def _indicator(number: int) -> dict[str, str]:
    is_growth = number >= GROWTH_FROM
    return {
        "indicator_id": _indicator_id(number),
        "name": _indicator_name(number),
        "name_en": f"Made-up indicator {number + 1:02d}",
        "unit": "%" if is_growth else "亿元",
        "measures": "growth" if is_growth else "total",
        "basis": "ytd",
        "direction": "higher",
        "whole_number": "no",
        "valuation": "nominal",
        "frequency": "month",
        "reporting_office": _office("110000"),
        "definition": "规模试验用的虚构指标",
        "reviewed_on": ENTERED,
        "entered_on": ENTERED,
    }


def _calendar(number: int) -> dict[str, str]:
    return {
        "indicator_id": _indicator_id(number),
        "months": "|".join(map(str, range(1, 13))),
        "lag_days": "25",
        "final_lag_days": "31",
        "grace_days": "90",
        "entered_on": ENTERED,
    }


def _target(region_number: int, number: int) -> dict[str, str]:
    region, is_growth = str(110000 + region_number), number >= GROWTH_FROM
    size = 100 + (region_number * 31 + number * 17) % 400
    value = "6" if is_growth else str(round(size * 1.25))
    return {
        "target_id": f"{region}-{YEAR}-{_indicator_id(number).replace('_', '-')}",
        "region": region,
        "year": str(YEAR),
        "indicator": _indicator_id(number),
        "measure": "growth" if is_growth else "total",
        "comparator": ">=",
        "value": value,
        "unit": "%" if is_growth else "亿元",
        "nature": "预期性",
        "final_period": f"{YEAR}-12",
        "year_end_only": "no",
        "lumpy": "no",
        "responsible_office": _office(region),
        "section": "1",
        "paragraph": "1",
        "printed": value + ("%" if is_growth else "亿元"),
        "entered_on": f"{YEAR}-01-01",
        "reason": "规模试验",
    }


def main() -> None:
    """Write the country that the flags ask for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--regions", type=int, default=REGIONS)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    country = make(chosen.out, chosen.regions)
    print(f"{country.regions} regions in {country.folder}; as of {AS_OF}")


if __name__ == "__main__":
    main()
