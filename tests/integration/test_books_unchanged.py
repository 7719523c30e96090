"""Books that did not change are not read again; whatever changed is seen, on the day from which it holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from books_folder import Row, indicator, point, region, target, write_books

from flows import load_books as stage
from flows import warehouse
from flows.books import Books, load
from flows.errors import ConfigurationError
from flows.load_books import load_books
from flows.settings import Settings
from models.run import RunContext

LATER = {"entered_on": "2030-06-01", "reason": "更正"}


@pytest.fixture
def desk(settings: Settings, context: RunContext, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Good books and an empty warehouse; the gate, which has tests of its own, lets everything pass."""
    monkeypatch.setattr(stage, "_gate", lambda settings, books: None)
    warehouse.prepare(settings, context)
    return replace(settings, reference=write_books(settings.raw.parent / "reference"))


def read(desk: Settings, context: RunContext, day: str = "2030-03-28") -> Books:
    return load_books(desk, replace(context, as_of=date.fromisoformat(day)))


def values(desk: Settings) -> list[float]:
    with warehouse.connect(desk) as connection:
        rows = connection.execute("select target_value::double from book_target").fetchall()
    return [value for (value,) in rows]


def forbid_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(reference: Path) -> Books:
        raise AssertionError(f"{reference} was read again")

    monkeypatch.setattr(stage, "read_books", refuse)


def test_the_same_books_on_the_same_day_are_not_read_again(
    desk: Settings, context: RunContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = read(desk, context)
    forbid_reading(monkeypatch)
    assert read(desk, context) == first
    assert values(desk) == [50]


def test_what_comes_back_is_what_reading_a_delivery_asks(desk: Settings, context: RunContext) -> None:
    books = read(desk, context)
    whole = load(desk.reference)
    assert books == whole.for_reading()
    assert books.indicators == whole.indicators
    assert books.targets == ()


@pytest.mark.parametrize(
    "changed",
    [
        {"targets": [target(value="60")]},
        {"targets": [target(), target(value="60", **LATER)]},
    ],
)
def test_a_changed_target_is_seen(desk: Settings, context: RunContext, changed: dict[str, list[Row]]) -> None:
    read(desk, context, "2030-07-28")
    write_books(desk.reference, **changed)
    read(desk, context, "2030-07-28")
    assert values(desk) == [60]


def test_a_row_holds_from_the_day_of_its_entry_and_not_before(desk: Settings, context: RunContext) -> None:
    write_books(desk.reference, targets=[target(), target(value="60", **LATER)])
    found = []
    for day in ("2030-05-31", "2030-06-01", "2030-05-31", "2030-06-02"):
        read(desk, context, day)
        found += values(desk)
    assert found == [50, 60, 50, 60]


def test_an_indicator_entered_later_is_hidden_from_reading_too(desk: Settings, context: RunContext) -> None:
    write_books(
        desk.reference, indicators=[indicator(), indicator(name="样例零售额", **{"entered_on": "2030-06-01"})]
    )
    names = [
        read(desk, context, day).indicators[0].name for day in ("2030-05-31", "2030-06-01", "2030-05-31")
    ]
    assert names == ["样例销售额", "样例零售额", "样例销售额"]


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        (
            {"targets": [target(value="5亿")]},
            "targets.csv 第 2 行 value 栏“5亿”：应为数字，如 6 或 3.7，不带单位和千分号。",
        ),
        (
            {"schedule_points": [point(target_id="t2")]},
            "schedule_points.csv 第 2 行 target_id 栏“t2”：targets.csv 里没有。相近的有：t1。",
        ),
        ({"regions": [region(name="")]}, "regions.csv 第 2 行 name 栏“”：不能为空。"),
    ],
)
def test_books_spoilt_after_good_ones_are_refused(
    desk: Settings, context: RunContext, changed: dict[str, list[Row]], problem: str
) -> None:
    read(desk, context)
    write_books(desk.reference, **changed)
    with pytest.raises(ConfigurationError) as refusal:
        read(desk, context)
    assert problem in str(refusal.value).splitlines()
    assert values(desk) == [50]


def test_a_book_taken_away_is_named(desk: Settings, context: RunContext) -> None:
    read(desk, context)
    (desk.reference / "offices.csv").unlink()
    with pytest.raises(ConfigurationError, match=r"offices\.csv：无法读取"):
        read(desk, context)


def test_another_version_of_the_code_reads_them_again(
    desk: Settings, context: RunContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(desk, context)
    monkeypatch.setattr(stage, "version", lambda name: "99")
    forbid_reading(monkeypatch)
    with pytest.raises(AssertionError, match="was read again"):
        read(desk, context)
