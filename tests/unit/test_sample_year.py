"""The sample year is what its tables say, the same on every machine, and says everywhere that it is simulated."""

from __future__ import annotations

import csv
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from flows.books import load
from flows.receive import Lexicon, read
from flows.receive.layouts import LAYOUTS

PROJECT = Path(__file__).parents[2]
GENERATOR = PROJECT / "data" / "sample_year"
COMMITTED = PROJECT / "data" / "raw" / "sample_2024"
SIDE_ENDING = ".delivery.toml"
LONG_HEADERS = ("地区", "region")
# Targets whose indicator is in no file, and why.
NEVER_DELIVERED = {
    "energy_emission_tasks": "the city's assigned values are not in the report and nobody entered them",
    "project_civil_military_platform": "the story's project that nobody reports on",
}


def run_generator(out: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(GENERATOR / "generate.py"), "--out", str(out), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def side_files() -> Iterator[tuple[Path, dict[str, object]]]:
    for path in sorted(COMMITTED.rglob(f"*{SIDE_ENDING}")):
        yield path, tomllib.loads(path.read_text(encoding="utf-8"))


def table(name: str) -> list[dict[str, str]]:
    with (GENERATOR / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def book(name: str) -> list[dict[str, str]]:
    path = PROJECT / "data" / "reference" / name
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def decoded(path: Path) -> str:
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030")


@pytest.fixture(scope="module")
def figures() -> Iterator[list]:
    """Every figure of the story before it is printed, from the generator itself."""
    sys.path.insert(0, str(GENERATOR))
    try:
        from series import tell  # type: ignore[import-not-found]
        from story import read_stories  # type: ignore[import-not-found]

        yield [figure for story in read_stories(2024) for figure in tell(story)]
    finally:
        sys.path.remove(str(GENERATOR))


def test_generating_again_gives_what_is_committed(tmp_path: Path) -> None:
    done = run_generator(tmp_path / "year")
    assert done.returncode == 0, done.stderr
    assert contents(tmp_path / "year") == contents(COMMITTED)


def test_another_seed_gives_other_figures_in_the_same_files(tmp_path: Path) -> None:
    run_generator(tmp_path / "other", "--seed", "7")
    other, committed = contents(tmp_path / "other"), contents(COMMITTED)
    assert other.keys() == committed.keys()
    assert other != committed


def test_a_folder_with_files_of_another_origin_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    done = run_generator(tmp_path)
    assert done.returncode != 0
    assert f"{tmp_path} holds files that are not from this generator; nothing was changed." in done.stderr
    assert contents(tmp_path) == {"notes.txt": b"mine"}


def test_a_folder_of_real_deliveries_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("x")
    (tmp_path / f"real.csv{SIDE_ENDING}").write_text('provenance = "official"\n')
    assert run_generator(tmp_path).returncode != 0
    assert (tmp_path / "real.csv").exists()


def test_a_folder_of_tables_without_side_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("x")
    assert run_generator(tmp_path).returncode != 0
    assert (tmp_path / "mine.csv").exists()


def test_every_file_has_a_side_file_and_every_side_file_says_simulated() -> None:
    sides = dict(side_files())
    files = {p for p in COMMITTED.rglob("*") if p.is_file() and not p.name.endswith(SIDE_ENDING)}
    assert {p.with_name(p.name + SIDE_ENDING) for p in files} == set(sides)
    assert {side["provenance"] for side in sides.values()} == {"simulated"}
    assert all("模拟" in str(side["source"]) for side in sides.values())


def test_every_readable_text_file_says_itself_that_it_is_simulated() -> None:
    texts = [*COMMITTED.rglob("*.csv"), *COMMITTED.rglob("*.txt")]
    silent = [p.name for p in texts if not ("模拟" in decoded(p) or "simulated" in decoded(p))]
    spoilt = ["tax.csv", "jianqiao_park.csv"]  # without remarks, and mojibake
    assert sorted(silent) == sorted(spoilt)


def test_the_year_holds_a_delivery_of_each_layout_and_kind_of_file() -> None:
    lexicon = Lexicon.of(load(PROJECT / "data" / "reference"))
    found: dict[str, set[str]] = defaultdict(set)
    for path in COMMITTED.rglob("*"):
        if path.is_file() and not path.name.endswith(SIDE_ENDING):
            found[read(path, relative=path.name, books=lexicon, region="500104").layout].add(path.suffix)
    assert {layout.name for layout in LAYOUTS} == found.keys() - {""}
    assert {kind for kinds in found.values() for kind in kinds} == {".csv", ".txt", ".xls", ".xlsx"}


def test_what_came_in_another_form_holds_what_its_office_had_to_send() -> None:
    """Regions in rows under 指标：…, Excel 97, a page's text, regions under indicators: each with its figures."""
    lexicon = Lexicon.of(load(PROJECT / "data" / "reference"))
    read_in = {}
    for row in table("forms.csv"):
        (path,) = (p for p in COMMITTED.glob(f"{row['period']}/{row['package']}.*") if p.suffix != ".toml")
        reading = read(path, relative=path.name, books=lexicon, region="500104")
        assert reading.problems == ()
        read_in[path.name] = (reading.layout, reading.encoding, len(reading.candidates))
    assert read_in == {
        "statistics_annual_2021_2023.csv": ("nbs_columns", "gb18030", 3),
        "sasac.xls": ("long", "xls", 4),
        "statistics_monthly.txt": ("bureau_page", "utf-8", 19),
        "chongqing.csv": ("region_table", "gb18030", 6),
    }


def test_the_sample_is_small() -> None:
    assert sum(len(content) for content in contents(COMMITTED).values()) < 2_000_000


def test_offices_and_indicators_are_those_of_the_books() -> None:
    offices = {(row["region"], row["office_id"]) for row in book("offices.csv")}
    assert {(side["region"], side["reporting_office"]) for _, side in side_files()} <= offices
    names = {row["indicator_id"] for row in book("indicators.csv")}
    told = {row["indicator"] for row in [*table("story.csv"), *table("stages.csv")]}
    assert told <= names


def test_every_target_has_figures_but_the_named_ones() -> None:
    told = {row["indicator"] for row in table("story.csv")}
    told |= {row["indicator"] for row in table("stages.csv") if row["first_month"]}
    assert {row["indicator"] for row in book("targets.csv")} - told == set(NEVER_DELIVERED)


def test_no_package_carries_a_series_that_nobody_tells() -> None:
    told = {row["indicator"] for row in table("story.csv")} | {"projects", "livelihood"}
    carried = [series for row in table("packages.csv") for series in row["series"].split("|")]
    assert set(carried) == told


def test_nothing_arrives_before_its_period_is_over() -> None:
    for path, side in side_files():
        if path.parent.name != "history":
            year, month = map(int, path.parent.name.split("-"))
            end = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
            assert side["received"] > end, path


def test_what_is_late_is_late_by_the_calendar_and_nothing_else() -> None:
    due = {row["indicator_id"]: row for row in book("calendar.csv")}
    packages = {row["package"]: row for row in table("packages.csv")}
    late = set()
    for path, side in side_files():
        name = path.name.split(".")[0]
        if name not in packages:
            continue
        year, month = map(int, path.parent.name.split("-"))
        end = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        for indicator in packages[name]["series"].split("|"):
            entry = due.get(indicator)
            if entry and str(month) in entry["months"].split("|"):
                lag = entry["final_lag_days" if month == 12 else "lag_days"]
                if side["received"] > end + timedelta(days=int(lag)):
                    late.add((name, path.parent.name))
    assert late == {("commerce", "2024-08")}


def test_the_figures_that_the_story_gives_are_the_figures(figures: list) -> None:
    told = {f.key: f.value for f in figures}
    for row in table("story.csv"):
        for month in range(1, 13):
            printed = row[f"m{month}"].removeprefix(">=")
            if printed:
                key = (row["region"], row["indicator"], row["measure"], 2024, month)
                assert told[key] == Decimal(printed), key


def test_no_cumulative_figure_falls_within_a_year(figures: list) -> None:
    years = defaultdict(list)
    for f in figures:
        if f.measure == "total":
            years[f.region, f.indicator, f.year].append((f.month, f.value))
    for key, points in years.items():
        values = [value for _, value in sorted(points)]
        assert values == sorted(values), key


def test_nominal_growth_is_the_growth_of_the_levels_to_one_decimal(figures: list) -> None:
    nominal = {(r["region"], r["indicator"]) for r in table("story.csv") if r["companion"] == "nominal"}
    known = {f.key: f.value for f in figures}
    checked = 0
    for (region, indicator, measure, year, month), growth in known.items():
        before = known.get((region, indicator, "total", year - 1, month))
        if measure == "growth" and (region, indicator) in nominal and before:
            level = known[region, indicator, "total", year, month]
            # 38.5 against 36.8 is 4.6 only to the width of the last printed digit of both.
            width = Decimal("0.06") + 200 * Decimal(1).scaleb(level.as_tuple().exponent) / before
            assert abs((level / before - 1) * 100 - growth) <= width, (indicator, year, month)
            checked += 1
    assert checked > 150


def test_the_year_ends_of_2023_are_those_of_the_report(figures: list) -> None:
    known = {f.key: f.value for f in figures}
    report = {
        ("gdp", "total"): "362.7",
        ("gdp", "growth"): "0.3",
        ("retail_sales", "total"): "141.50",
        ("retail_sales", "growth"): "9.4",
        ("general_public_budget_revenue", "total"): "20.1000",
        ("general_public_budget_revenue", "growth"): "9.0",
        ("resident_income", "growth"): "4.0",
        ("tertiary_value_added", "growth"): "8.7",
        ("construction_value_added", "growth"): "12.1",
        ("industrial_output", "growth"): "3.7",
        ("industrial_value_added", "growth"): "2.0",
        ("foreign_trade", "total"): "31.80",
        ("rd_intensity", "ratio"): "3.6",
        ("good_air_days", "total"): "286",
        ("urban_new_employment", "total"): "18000",
        ("new_tax_registered_entities", "total"): "4533",
        ("upgraded_entities", "total"): "201",
        ("investment_funds_in_place", "total"): "94.4",
        ("greenways_built", "total"): "18.3",
        ("urban_green_space_added", "total"): "70.0",
        ("city_parks_built", "total"): "18",
        ("land_acquisition", "total"): "2056.8",
        ("land_transfer", "total"): "297.0",
        ("house_expropriation", "total"): "10.00",
        ("old_communities_renovated", "total"): "12",
        ("soil_remediation", "total"): "930.0",
        ("park_tax_per_mu", "total"): "36.8",
    }
    said = {key: known["500104", key[0], key[1], 2023, 12] for key in report}
    assert {key: str(value) for key, value in said.items()} == report


def test_figures_that_do_not_exist_in_january_are_not_in_january(figures: list) -> None:
    january = {f.indicator for f in figures if f.month == 1}
    assert january == {"good_air_days"}


def test_each_thing_that_can_go_wrong_went_wrong_once() -> None:
    kinds = {row["what"] for row in table("incidents.csv")}
    assert kinds == {
        "received_on", "unit_slip", "no_unit_no_period", "mojibake", "two_values", "corrected",
        "restated", "series_restated", "disputed", "estimate",
    }  # fmt: skip


def test_the_unit_slip_stands_in_the_file_as_it_was_sent() -> None:
    text = decoded(COMMITTED / "2024-06" / "investment_promotion.csv")
    assert "Investment funds in place,total,ytd,2024-06,,49.5,万元" in text
    again = decoded(COMMITTED / "2024-06" / "investment_promotion_corrected.csv")
    assert "Investment funds in place,total,ytd,2024-06,,49.5,亿元" in again


def test_the_file_that_must_be_refused_says_neither_period_nor_unit() -> None:
    header = decoded(COMMITTED / "2024-07" / "tax.csv").splitlines()[0]
    assert header == "地区,指标,口径,界限,数值"
