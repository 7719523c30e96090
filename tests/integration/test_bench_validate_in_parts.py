"""A country does not fit the gate at once: regions go through it in parts, and that changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from benchmarks.national import Country, make
from flows import validate as stage
from flows import warehouse
from flows.load_books import load_books, reading_fingerprint
from flows.receive import receive
from flows.validate import Validated, validate
from models.delivery import Delivery


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Country:
    made = make(tmp_path_factory.mktemp("country"), 3)
    spoil(made.settings.raw / "2025-01" / "110001.csv")
    return made


@pytest.fixture(scope="module")
def deliveries(country: Country) -> tuple[Delivery, ...]:
    books = load_books(country.settings, country.context)
    return receive(country.settings, country.context, books, reading_fingerprint(books)).deliveries


def spoil(file: Path) -> None:
    """Two figures ten thousand times too large, one of them twice."""
    lines = file.read_text(encoding="utf-8").splitlines()
    for number in (2, 7):
        cells = lines[number].split(",")
        lines[number] = ",".join([*cells[:6], f"{float(cells[6]) * 10_000:.2f}", *cells[7:]])
    file.write_text("\n".join([*lines, lines[7], ""]), encoding="utf-8")


def gated(country: Country, deliveries: tuple[Delivery, ...]) -> Validated:
    return validate(country.settings, country.context, deliveries)


def test_parts_and_whole_give_the_same_problems(
    country: Country, deliveries: tuple[Delivery, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = gated(country, deliveries)
    monkeypatch.setattr(stage, "TOGETHER", 1)
    parts = gated(country, deliveries)
    assert parts == whole
    found = [(p.file, p.rule, p.row) for item in whole.deliveries for p in item.problems]
    assert ("2025-01/110001.csv", "unit_slip", 3) in found
    assert {file for file, _, _ in found} == {"2025-01/110001.csv"}


def test_the_order_of_files_does_not_matter_to_the_parts(
    country: Country, deliveries: tuple[Delivery, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage, "TOGETHER", 1)
    forth, back = gated(country, deliveries), gated(country, deliveries[::-1])
    assert back.deliveries[::-1] == forth.deliveries


def test_a_delivery_about_two_regions_is_put_together_again(
    country: Country, deliveries: tuple[Delivery, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = deliveries[0], deliveries[2]
    both = replace(
        one,
        reading=replace(one.reading, candidates=(*other.reading.candidates, *one.reading.candidates)),
    )
    monkeypatch.setattr(stage, "TOGETHER", 1)
    (done,) = gated(country, (both,)).deliveries
    assert done.accepted == both.reading.candidates


def test_nothing_of_the_past_is_left_lying_beside_the_warehouse(
    country: Country, deliveries: tuple[Delivery, ...]
) -> None:
    gated(country, deliveries[:1])
    assert [path.name for path in country.settings.var.glob(".gate-*")] == []


def test_the_country_is_the_same_every_time(country: Country, tmp_path: Path) -> None:
    again = make(tmp_path / "again", 3)
    assert contents(again.settings.reference) == contents(country.settings.reference)
    sound = "2025-01/110002.csv"
    assert (again.settings.raw / sound).read_bytes() == (country.settings.raw / sound).read_bytes()
    with warehouse.connect(again.settings) as connection:
        found = connection.execute("select count(*), min(period_end), max(period_end) from observation")
        assert found.fetchall() == [(3 * 50 * 48, date(2021, 1, 31), date(2024, 12, 31))]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}
