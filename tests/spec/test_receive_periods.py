"""How periods are printed, and what each way of printing means."""

from __future__ import annotations

from datetime import date

import pytest

from models.period import needs_year, parse_period, period_name, settle_lost_zeros

READ = [
    ("2024年3月", "2024-03-31", "month"),
    ("2024年03月份", "2024-03-31", "month"),
    ("2024-03", "2024-03-31", "month"),
    ("2024-3", "2024-03-31", "month"),
    ("202403", "2024-03-31", "month"),
    ("20240331", "2024-03-31", "month"),
    ("2024.03", "2024-03-31", "month"),
    ("2024.10", "2024-10-31", "month"),
    ("2024/3", "2024-03-31", "month"),
    ("2024M03", "2024-03-31", "month"),
    ("2024-03-31", "2024-03-31", "month"),
    ("2024/3/1", "2024-03-31", "month"),
    ("2024-03-01T00:00:00", "2024-03-31", "month"),
    ("03/2024", "2024-03-31", "month"),
    ("Mar 2024", "2024-03-31", "month"),
    ("2024-Mar", "2024-03-31", "month"),
    ("Mar-24", "2024-03-31", "month"),  # how Excel shows a month that it was given as 2024-03
    ("Dec-98", "1998-12-31", "month"),
    ("1/31/2020", "2020-01-31", "month"),
    ("31/01/2020", "2020-01-31", "month"),
    ("Q1 2024", "2024-03-31", "quarter"),
    ("２０２４年３月", "2024-03-31", "month"),
    (" 2024 年 3 月 ", "2024-03-31", "month"),
    ("2024年1-3月", "2024-03-31", "span"),
    ("2024年1—3月份", "2024-03-31", "span"),
    ("2024年1－2月", "2024-02-29", "span"),
    ("2024年1至3月", "2024-03-31", "span"),
    ("2024年1～3月", "2024-03-31", "span"),
    ("2024年1月-3月", "2024-03-31", "span"),
    ("2024年第一季度", "2024-03-31", "quarter"),
    ("2024年4季度", "2024-12-31", "quarter"),
    ("2024Q2", "2024-06-30", "quarter"),
    ("2024年上半年", "2024-06-30", "span"),
    ("2024H1", "2024-06-30", "span"),
    ("2024年前三季度", "2024-09-30", "span"),
    ("2024年1-3季度", "2024-09-30", "span"),
    ("2024年", "2024-12-31", "year"),
    ("2024", "2024-12-31", "year"),
    ("2024年度", "2024-12-31", "year"),
    ("2024年全年", "2024-12-31", "year"),
    ("2024年末", "2024-12-31", "point"),
    ("2024年3月末", "2024-03-31", "point"),
]
WITHOUT_YEAR = ["3月", "1-3月", "1—3月份", "一季度", "上半年", "前三季度", "全年", "十二月", "年末"]
REFUSED = [
    "",
    "2019.1",  # January, or the lost zero of October
    "13月",
    "2024年13月",
    "2024-00",
    "2024-03-15",  # a day of publication is no period
    "2024年6月14日",
    "2024年下半年",
    "2024年5季度",
    "1023年3月",
    "2024.13",
    "24年3月",
    "本月",
    "12.3",
    "三",
    "2024年3",
    "2024-1-3",
    "24-Mar",  # March 2024 or the 24th of March
    "1/2/2020",  # the first of February or the second of January
    "30/1/2020",
    "13/31/2020",
]


@pytest.mark.parametrize(("text", "end", "kind"), READ)
def test_a_period_is_read_as_printed(text: str, end: str, kind: str) -> None:
    period = parse_period(text)
    assert period is not None
    assert (period.end.isoformat(), period.kind) == (end, kind)


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_period_is_not_read_as_one(text: str) -> None:
    assert parse_period(text) is None
    assert not needs_year(text)


@pytest.mark.parametrize("text", WITHOUT_YEAR)
def test_a_period_without_a_year_waits_for_one(text: str) -> None:
    assert parse_period(text) is None
    assert needs_year(text)
    period = parse_period(text, year=2023)
    assert period is not None
    assert period.end.year == 2023


def test_a_printed_year_is_not_overruled() -> None:
    period = parse_period("2024年3月", year=2019)
    assert period is not None
    assert period.end == date(2024, 3, 31)


LOST_ZEROS = [
    ("ascending", ["2016.09", "2016.1", "2016.11"], ["2016.09", "2016.10", "2016.11"]),
    ("descending", ["2016.11", "2016.1", "2016.09"], ["2016.11", "2016.10", "2016.09"]),
    ("january", ["2016.12", "2017.1", "2017.2"], ["2016.12", "2017.01", "2017.2"]),
    (
        "both",
        ["2016.1", "2016.2", "2016.9", "2016.1", "2016.11"],
        ["2016.01", "2016.2", "2016.9", "2016.10", "2016.11"],
    ),
    ("first of an even series", ["2016.1", "2016.11", "2016.12"], ["2016.10", "2016.11", "2016.12"]),
    ("last", ["2016.08", "2016.09", "2016.1"], ["2016.08", "2016.09", "2016.10"]),
    ("alone", ["2016.1"], [None]),
    ("one neighbour gives no direction", ["2016.1", "2016.11"], [None, "2016.11"]),
    ("no order", ["2016.05", "2016.1", "2016.02", "2016.07"], ["2016.05", None, "2016.02", "2016.07"]),
    ("twice", ["2016.09", "2016.1", "2016.1", "2016.11"], ["2016.09", "2016.10", "2016.10", "2016.11"]),
    ("nothing to settle", ["2016年1月", "2016.02"], ["2016年1月", "2016.02"]),
]


@pytest.mark.parametrize(
    ("labels", "settled"), [case[1:] for case in LOST_ZEROS], ids=[c[0] for c in LOST_ZEROS]
)
def test_a_lost_zero_is_put_back_only_where_neighbours_prove_it(
    labels: list[str], settled: list[str | None]
) -> None:
    assert settle_lost_zeros(labels) == settled


@pytest.mark.parametrize(
    ("end", "basis", "name"),
    [
        (date(2024, 10, 31), "ytd", "2024年1—10月"),
        (date(2024, 1, 31), "ytd", "2024年1月"),
        (date(2024, 12, 31), "ytd", "2024年"),
        (date(2024, 6, 30), "quarter", "2024年二季度"),
        (date(2024, 6, 30), "month", "2024年6月"),
        (date(2024, 6, 30), "point", "2024年6月末"),
    ],
)
def test_a_period_is_named_so_that_it_reads_back(end: date, basis: str, name: str) -> None:
    assert period_name(end, basis) == name
    period = parse_period(name)
    assert period is not None
    assert period.end == end
