"""Small rules around alerts: addresses, lateness, waits, words."""

from __future__ import annotations

import string
from datetime import date, timedelta
from decimal import Decimal

import pytest

from models.addressee import Addressee, is_address, may_see_unreleased
from models.alert import AlertKind, AlertState
from models.lateness import Missing, Timetable, days_late, first_feeds, missing_periods
from models.sending import MOST_ATTEMPTS, Outcome, SendState, Standing, after, wait_after
from models.words_alert import SUBJECT_WORDS, WORDS, say


@pytest.mark.parametrize(
    "text", ["a@b.cn", "first.last+x@mail.gov.cn", "A_b%c@x-y.example", "a@localhost", f"{'a' * 64}@b.cn"]
)
def test_plain_addresses_are_taken(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "a", "@b.cn", "a@", "a@b@c", "a b@c.cn", "a@b.cn\n", "a@b.cn\r\nBcc: x@y.z", "<a@b.cn>", '"a"@b.cn', "a@-b.cn",
        "a@b.cn-", "a..b@c.cn", "a@b..cn", "区@b.cn", "a@区.cn", "a,b@c.cn", "a@b.cn;c@d.cn", f"{'a' * 65}@b.cn", f"a@{'b' * 254}",
        "a@b.cn\x00", "a\u200b@b.cn",
    ],
)  # fmt: skip
def test_what_is_no_plain_address_is_not_written_to(text: str) -> None:
    assert not is_address(text)


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("a@gov.cn", True),
        ("a@GOV.CN", True),
        ("a@mail.gov.cn", True),
        ("a@evilgov.cn", False),
        ("a@gov.cn.evil.example", False),
        ("gov.cn@evil.example", False),
    ],
)
def test_only_an_allowed_domain_and_what_is_below_it_see_unreleased_figures(
    address: str, allowed: bool
) -> None:
    assert may_see_unreleased(address, ("gov.cn",)) is allowed
    assert not may_see_unreleased(address, ())


def office(**changes: object) -> Addressee:
    facts: dict[str, object] = {
        "region": "500104", "office_id": "o", "name": "单位", "name_en": "Office", "role": (), "leader": "", "emails": (),
        "language": "zh", "sections": (), "min_severity": None, "wants_workbook": False,
    }  # fmt: skip
    return Addressee(**(facts | changes))  # type: ignore[arg-type]


def test_an_address_written_twice_counts_once() -> None:
    assert office(emails=("A@b.cn", "a@B.cn", "nonsense")).addresses == ("a@b.cn",)


@pytest.mark.parametrize(("severity", "wanted"), [("1.9", False), ("2", True), ("2.1", True)])
def test_the_lowest_severity_is_wanted_itself(severity: str, wanted: bool) -> None:
    picky = office(min_severity=Decimal(2))
    assert picky.wants(AlertKind.NEWLY_BEHIND, section="1", severity=Decimal(severity)) is wanted


def test_good_news_and_final_results_come_whatever_the_lowest_severity() -> None:
    picky = office(min_severity=Decimal(2))
    for kind in (AlertKind.RECOVERED, AlertKind.ACHIEVED, AlertKind.MISSED):
        assert picky.wants(kind, section="1", severity=Decimal(0))


def test_an_office_hears_only_of_its_sections() -> None:
    assert office(sections=("2",)).wants(AlertKind.MISSED, section="2", severity=None)
    assert not office(sections=("2",)).wants(AlertKind.MISSED, section="3", severity=None)


MONTHLY = Timetable((2, 3, 6, 12), 25, 31, {date(2024, 3, 31): date(2024, 5, 6)})


def missing(as_of: date, after_period: date | None = None) -> list[str]:
    found = missing_periods(
        MONTHLY, year=2024, final_period=date(2024, 12, 31), after=after_period, as_of=as_of
    )
    return [f"{m.period_end:%m}:{m.due_on}" for m in found]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2024, 3, 24), []),
        (date(2024, 3, 25), []),  # due today is not late
        (date(2024, 3, 26), ["02:2024-03-25"]),
        (date(2024, 5, 6), ["02:2024-03-25"]),  # March moved for the holiday
        (date(2024, 5, 7), ["02:2024-03-25", "03:2024-05-06"]),
    ],
)
def test_a_figure_is_late_from_the_day_after_it_was_due(as_of: date, expected: list[str]) -> None:
    assert missing(as_of) == expected


def test_the_final_figure_has_its_own_number_of_days() -> None:
    assert missing(date(2025, 1, 31), date(2024, 6, 30)) == []
    assert missing(date(2025, 2, 1), date(2024, 6, 30)) == ["12:2025-01-31"]


def test_an_annual_figure_due_in_the_middle_of_the_next_year_is_not_late_before() -> None:
    annual = Timetable((12,), 200, 200, {})
    due = date(2024, 12, 31) + timedelta(days=200)
    for as_of, count in ((due, 0), (due + timedelta(days=1), 1)):
        found = missing_periods(annual, year=2024, final_period=date(2024, 12, 31), after=None, as_of=as_of)
        assert len(found) == count


def test_a_series_that_never_came_is_told_as_late_once_and_not_month_by_month() -> None:
    periods = [Missing(date(2024, 2, 29), date(2024, 3, 25)), Missing(date(2024, 3, 31), date(2024, 4, 25))]
    assert first_feeds(periods, ever_delivered=False) == (periods[0],)
    assert first_feeds(periods, ever_delivered=True) == tuple(periods)
    assert days_late(periods[0], date(2024, 4, 4)) == 10


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(1, 5), (2, 15), (3, 45), (4, 135), (5, 405), (6, 720), (7, 720), (1000, 720)]
)
def test_waits_grow_and_are_capped_at_twelve_hours(attempts: int, minutes: int) -> None:
    assert wait_after(attempts) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("outcome", "attempts", "state"),
    [
        (Outcome.SENT, 1, SendState.SENT),
        (Outcome.REFUSED, 1, SendState.DEAD),
        (Outcome.DEFERRED, MOST_ATTEMPTS - 1, SendState.WAITING),
        (Outcome.DEFERRED, MOST_ATTEMPTS, SendState.DEAD),
        (Outcome.UNCERTAIN, MOST_ATTEMPTS, SendState.DEAD),
        (Outcome.UNAVAILABLE, 10 * MOST_ATTEMPTS, SendState.WAITING),
    ],
)
def test_what_becomes_of_a_message_after_an_attempt(
    outcome: Outcome, attempts: int, state: SendState
) -> None:
    wait = wait_after(attempts) if state == SendState.WAITING else None
    assert after(outcome, attempts) == Standing(state, wait)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", sorted(WORDS))
def test_both_languages_say_the_same(key: str) -> None:
    chinese, english = WORDS[key]
    assert chinese.strip() and english.strip()
    assert placeholders(chinese) == placeholders(english)


def test_every_kind_and_state_has_its_words() -> None:
    assert {f"kind.{kind}" for kind in AlertKind} | {f"state.{state}" for state in AlertState} <= set(WORDS)
    told = {
        kind
        for kind in AlertKind
        if kind not in ("pending", "cleared", "closed", "arrived", "settled", "acknowledged", "silenced")
    }
    assert told == {key for key in SUBJECT_WORDS if "." not in key}


def test_what_is_told_of_a_yellow_target_does_not_call_it_behind() -> None:
    fitted = [key for key in WORDS if key.endswith(".slightly_behind") and not key.startswith("status")]
    assert len(fitted) == 8
    assert not [WORDS[key] for key in fitted if "滞后" in WORDS[key][0] and "略有滞后" not in WORDS[key][0]]


def test_an_unknown_key_is_a_bug_and_not_an_empty_word() -> None:
    with pytest.raises(KeyError):
        say("mail.nonsense")
