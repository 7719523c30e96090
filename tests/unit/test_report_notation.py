"""Figures, dates and stretches of time as people write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from models import notation


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (None, None, "—"),
        (Decimal("0"), None, "0"),
        (Decimal("-0.000000"), None, "0"),
        (Decimal("8.000000"), None, "8"),
        (Decimal("6.300000"), None, "6.3"),
        (Decimal("-1.7"), None, "−1.7"),
        (Decimal("2.345"), 2, "2.35"),
        (Decimal("2.5"), 0, "3"),
        (Decimal("-2.5"), 0, "−3"),
        (Decimal("-0.04"), 1, "0"),
        (Decimal("9999"), None, "9999"),
        (Decimal("10000"), None, "10,000"),
        (Decimal("1415000"), None, "1,415,000"),
    ],
)
def test_numbers_lose_needless_zeros_and_never_their_value(
    value: Decimal | None, places: int | None, text: str
) -> None:
    assert notation.number(value, places) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "—"),
        (Decimal("0"), "0"),
        (Decimal("0.3"), "+0.3"),
        (Decimal("-0.3"), "−0.3"),
        (Decimal("0.04"), "0"),
    ],
)
def test_a_gap_shows_its_sign_and_nothing_has_none(value: Decimal | None, text: str) -> None:
    assert notation.signed(value, 1) == text


def test_a_bound_is_shown_as_a_bound() -> None:
    assert notation.quantity(Decimal(6), "%", bound=">=") == "≥6%"
    assert notation.quantity(None, "%", bound=">=") == "—"


def test_gaps_of_rates_are_points() -> None:
    assert notation.points(Decimal("-1.7")) == "−1.7个百分点"
    assert notation.points(Decimal("-1.7"), "en") == "−1.7 pp"


@pytest.mark.parametrize(
    ("end", "basis", "zh", "en"),
    [
        (date(2024, 10, 31), "ytd", "1—10月", "Jan–Oct"),
        (date(2024, 12, 31), "ytd", "全年", "Jan–Dec"),
        (date(2024, 1, 31), "ytd", "1月", "Jan"),
        (date(2024, 9, 30), "quarter", "3季度", "Sep"),
        (date(2024, 9, 30), "point", "9月末", "end of Sep"),
        (date(2024, 9, 30), "month", "9月", "Sep"),
        (None, "ytd", "—", "—"),
    ],
)
def test_a_period_says_what_it_covers(end: date | None, basis: str, zh: str, en: str) -> None:
    assert notation.stretch(end, basis) == zh
    assert notation.stretch(end, basis, "en") == en


def test_dates_follow_the_language() -> None:
    assert notation.day(date(2024, 11, 28)) == "2024年11月28日"
    assert notation.day(date(2024, 11, 28), "en") == "28 Nov 2024"
    assert notation.month(date(2024, 11, 28)) == "2024年11月"
    assert notation.day(None) == "—"


@pytest.mark.parametrize(
    ("rate", "zh", "en"),
    [
        ("6.3", "同比增长6.3%", "up 6.3% on last year"),
        ("-29.2", "同比下降29.2%", "down 29.2% on last year"),
        ("0", "与上年同期持平", "level with last year"),
        ("-0.04", "与上年同期持平", "level with last year"),
        ("-0.05", "同比下降0.1%", "down 0.1% on last year"),
        (None, "—", "—"),
    ],
)
def test_a_fall_is_said_as_a_fall_and_never_as_a_negative_growth(rate: str | None, zh: str, en: str) -> None:
    value = Decimal(rate) if rate else None
    assert (notation.growth(value), notation.growth(value, "en")) == (zh, en)


def test_running_text_in_chinese_groups_no_digits() -> None:
    assert notation.amount(Decimal("13180"), "人") == "13180人"
    assert notation.amount(Decimal("13180"), " people", lang="en") == "13,180 people"
    assert notation.amount(Decimal("-1234567.85"), "万元", 1) == "−1234567.9万元"
    assert notation.amount(Decimal(10060), "人", bound=">=") == "≥10060人"
    assert notation.amount(None, "人") == "—"
