"""A delivery is read when its bytes, side file or books are new, and not before it has arrived."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from flows import warehouse
from flows.books import Books
from flows.books import load as load_books
from flows.errors import ConfigurationError
from flows.load import load
from flows.receive import Received, receive
from flows.settings import Settings
from models.delivery import Delivery
from models.run import RunContext

CSV = "指标,口径,期间,时期,数值,单位\n地区生产总值,同比增速,累计,2024-09,5.1,%\n"
SIDE = """region = "500104"
reporting_office = "statistics"
received = {received}
provenance = "official"
finality = "preliminary"
source = "测试"
release_state = "released"
"""


def put(settings: Settings, name: str, *, text: str = CSV, received: str | None = "2024-11-20") -> Path:
    file = settings.raw / name
    file.parent.mkdir(exist_ok=True, parents=True)
    file.write_text(text, encoding="utf-8")
    if received:
        file.with_name(f"{name}.delivery.toml").write_text(SIDE.format(received=received), encoding="utf-8")
    return file


@pytest.fixture
def books(settings: Settings, context: RunContext) -> Books:
    warehouse.prepare(settings, context)
    return load_books(settings.reference)


def taken_in(settings: Settings, context: RunContext, books: Books, fingerprint: str = "books") -> Received:
    """Receive and load everything readable, as a run does (the gate has its own tests)."""
    received = receive(settings, context, books, fingerprint)
    accepted = [replace(item, accepted=item.reading.candidates) for item in received.deliveries]
    load(settings, context, accepted, fingerprint)
    return received


def names(received: Received) -> list[str]:
    return [item.raw.path for item in received.deliveries]


def rules(item: Delivery) -> list[str]:
    return [problem.rule for problem in item.problems]


def test_a_known_delivery_is_skipped(settings: Settings, context: RunContext, books: Books) -> None:
    put(settings, "a.csv")
    assert names(taken_in(settings, context, books)) == ["a.csv"]
    again = taken_in(settings, context, books)
    assert (names(again), again.skipped) == ([], 1)


def test_changed_bytes_are_read_again(settings: Settings, context: RunContext, books: Books) -> None:
    put(settings, "a.csv")
    taken_in(settings, context, books)
    put(settings, "a.csv", text=CSV.replace("5.1", "5.2"))
    assert names(taken_in(settings, context, books)) == ["a.csv"]


def test_a_changed_side_file_is_read_again(settings: Settings, context: RunContext, books: Books) -> None:
    file = put(settings, "a.csv")
    taken_in(settings, context, books)
    side = file.with_name("a.csv.delivery.toml")
    side.write_text(side.read_text(encoding="utf-8").replace("preliminary", "revised"), encoding="utf-8")
    assert names(taken_in(settings, context, books)) == ["a.csv"]


def test_changed_books_judge_known_bytes_again(settings: Settings, context: RunContext, books: Books) -> None:
    put(settings, "a.csv")
    taken_in(settings, context, books)
    assert names(taken_in(settings, context, books, "other books")) == ["a.csv"]


def test_what_arrives_later_waits_for_its_day(settings: Settings, context: RunContext, books: Books) -> None:
    put(settings, "a.csv", received="2024-11-29")
    assert names(taken_in(settings, context, books)) == []
    assert names(taken_in(settings, replace(context, as_of=date(2024, 11, 29)), books)) == ["a.csv"]


def test_the_same_bytes_of_one_day_are_one_delivery(
    settings: Settings, context: RunContext, books: Books
) -> None:
    put(settings, "a.csv")
    put(settings, "copy.csv")
    assert names(taken_in(settings, context, books)) == ["a.csv"]
    assert names(taken_in(settings, context, books)) == []


def test_files_without_side_files_are_each_refused_with_the_reason(
    settings: Settings, context: RunContext, books: Books
) -> None:
    put(settings, "a.csv", received=None)
    put(settings, "b.csv", received=None)
    received = taken_in(settings, context, books)
    assert [rules(item) for item in received.deliveries] == [["no_side_file"], ["no_side_file"]]
    assert len({item.delivery_id for item in received.deliveries}) == 2
    assert names(taken_in(settings, context, books)) == []


def test_received_is_written_once_at_first_sight(
    settings: Settings, context: RunContext, books: Books
) -> None:
    file = put(settings, "a.csv")
    side = file.with_name("a.csv.delivery.toml")
    side.write_text(side.read_text(encoding="utf-8").replace("received = 2024-11-20\n", ""), encoding="utf-8")
    assert names(taken_in(settings, context, books)) == ["a.csv"]
    assert "received = 2024-11-28" in side.read_text(encoding="utf-8")
    assert names(taken_in(settings, replace(context, as_of=date(2024, 12, 28)), books)) == []


def test_a_link_is_reported_and_not_followed(settings: Settings, context: RunContext, books: Books) -> None:
    (settings.raw / "link.csv").symlink_to("/etc/hostname")
    received = taken_in(settings, context, books)
    assert rules(received.deliveries[0])[0] == "symlink"


def test_a_region_that_no_book_knows_is_refused(
    settings: Settings, context: RunContext, books: Books
) -> None:
    side = put(settings, "a.csv").with_name("a.csv.delivery.toml")
    side.write_text(side.read_text(encoding="utf-8").replace("500104", "999999"), encoding="utf-8")
    (item,) = taken_in(settings, context, books).deliveries
    assert (rules(item), item.reading.candidates) == (["unknown_region"], ())
    assert item.problems[0].message == "报送说明中的地区 999999 不在 regions.csv 中。"


def test_an_office_that_no_book_knows_is_remarked(
    settings: Settings, context: RunContext, books: Books
) -> None:
    side = put(settings, "a.csv").with_name("a.csv.delivery.toml")
    side.write_text(side.read_text(encoding="utf-8").replace('"statistics"', '"statistic"'), encoding="utf-8")
    (item,) = taken_in(settings, context, books).deliveries
    assert (rules(item), len(item.reading.candidates)) == (["unknown_office"], 1)
    assert "相近的有：statistics" in item.problems[0].advice


@pytest.mark.parametrize("names", [("a.csv", "b.csv"), ("b.csv", "a.csv")])
def test_the_same_bytes_under_two_side_files_stand_once_whatever_their_names(
    settings: Settings, context: RunContext, books: Books, names: tuple[str, str]
) -> None:
    put(settings, names[0])
    side = put(settings, names[1]).with_name(f"{names[1]}.delivery.toml")
    side.write_text(side.read_text(encoding="utf-8").replace("preliminary", "revised"), encoding="utf-8")
    found = {item.raw.path: item for item in taken_in(settings, context, books).deliveries}
    refused = [name for name in names if rules(found[name]) == ["contradicting_side_file"]]
    standing = [found[name].raw.side for name in names if name not in refused]
    assert len(refused) == 1
    assert standing == [min((found[name].raw.side for name in names), key=lambda side: side.sha256)]  # type: ignore[union-attr]
    assert taken_in(settings, context, books).deliveries == ()


def test_a_name_that_is_no_utf8_harms_no_other_file(
    settings: Settings, context: RunContext, books: Books
) -> None:
    put(settings, "a.csv")
    (settings.raw / os.fsdecode("统计.csv".encode("gb18030"))).write_text(CSV, encoding="utf-8")
    found = {tuple(rules(item)): item.raw.path for item in taken_in(settings, context, books).deliveries}
    assert found[()] == "a.csv"
    assert found[("bad_file_name",)].isprintable()


def test_a_raw_folder_that_is_not_there_stops_the_run(
    settings: Settings, context: RunContext, books: Books
) -> None:
    with pytest.raises(ConfigurationError, match="报送文件目录 .*nowhere 不存在。请核对 --raw"):
        receive(replace(settings, raw=settings.raw / "nowhere"), context, books, "books")
