"""Time: the scheduled date and not the clock; leap days; the turn of the year; a year that stays open and closes."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from flows.alert import alert
from models.run import TIME_ZONE, RunContext
from tests.alert_world import World, as_of, assert_both_say, assert_neither_says, text_of

JANUARY, FEBRUARY, JULY = date(2025, 1, 28), date(2025, 2, 28), date(2025, 7, 28)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def annual(world: World) -> None:
    """An annual figure that arrives in the middle of the next year."""
    world.indicator("rd", "研发经费投入强度", months="12", frequency="year")
    world.execute("update book_calendar set lag_days = 200, final_lag_days = 200 where indicator = 'rd'")
    world.target("rd-ratio", "rd", "industry", kind="ratio", measure="ratio")


@pytest.mark.parametrize(
    "clock", [datetime(2024, 4, 20, 9), datetime(2024, 5, 31, 23, 59), datetime(2031, 1, 1)]
)
def test_a_run_that_comes_late_tells_what_its_date_tells(tmp_path: Path, clock: datetime) -> None:
    found = []
    for number, moment in enumerate((datetime(2024, 4, 20, 9), clock)):
        world = World(tmp_path / str(number))
        world.start()
        world.judged(as_of(4, 20), "behind", 3, assessment_id="a")
        world._prepare(as_of(4, 20))
        alert(world.settings, RunContext(as_of(4, 20), moment.replace(tzinfo=TIME_ZONE)))
        found.append(world.execute("select message_id, body from notification order by 1"))
    assert found[0] == found[1]


def test_the_leap_day_is_a_day_of_february(world: World) -> None:
    world.judged(date(2024, 2, 29), "on_schedule", 1)
    world.tell(date(2024, 2, 29))
    world.judged(date(2024, 3, 1), "behind", 2)
    world.tell(date(2024, 3, 1))
    mail = world.mail(date(2024, 3, 1), "commerce")
    assert mail["Subject"] == "[督办] 大渡口 2024-02：1 项转入滞后"
    assert_both_say(mail, "1—2月同比增长6.5%", "截至2024年3月1日")
    assert world.execute("select period_end from alert where alert_kind = 'newly_behind'") == [
        (date(2024, 2, 29),)
    ]


@pytest.mark.parametrize(("day", "kinds"), [(date(2024, 3, 25), []), (date(2024, 3, 26), ["late"])])
def test_february_of_a_leap_year_is_due_counted_from_its_29th(
    world: World, day: date, kinds: list[str]
) -> None:
    world.start(date(2024, 3, 1))
    world.judged(day, "on_schedule", 1, data_state="late" if kinds else "current")
    world.tell(day)
    assert world.kinds(day) == kinds


@pytest.mark.parametrize("day", [JANUARY, FEBRUARY])
def test_december_arrives_in_the_next_year_and_is_told_as_the_old_ones(world: World, day: date) -> None:
    world.start(date(2024, 12, 28))
    world.judged(day, "missed", 12)
    world.tell(day)
    mail = world.mail(day, "commerce")
    assert mail["Subject"] == "[督办] 大渡口 2024-12：1 项未完成"
    assert_both_say(mail, "全年同比增长6.5%", "终期未完成")
    assert world.execute("select period_end, as_of from alert where alert_kind = 'missed'") == [
        (date(2024, 12, 31), day)
    ]


def test_the_new_years_target_starts_without_the_old_ones_figures(world: World) -> None:
    world.target("retail-growth-2025", "retail", "commerce", year=2025, final_period=date(2025, 12, 31))
    world.start(date(2024, 12, 28), status="behind")
    world.judged(JANUARY, "missed", 12)
    world.tell(JANUARY)
    march = date(2025, 3, 28)
    world.judged(march, "missed", 12)
    world.judged(march, "behind", target="retail-growth-2025", year=2025)
    world.tell(march)
    assert world.execute("select subject_id, alert_kind from alert where as_of = ?", march) == [
        ("retail-growth-2025", "newly_behind")  # one figure behind: no leader is told of last year's
    ]


def test_an_annual_figure_of_the_middle_of_the_next_year_settles_the_year_it_belongs_to(world: World) -> None:
    annual(world)
    world.start(date(2024, 12, 28))
    world.judged(date(2024, 12, 29), "not_due", 11, target="rd-ratio", period_end=None, data_state="not_due")
    world.judged(JANUARY, "not_due", target="rd-ratio", period_end=None, data_state="not_due", actual=None)
    world.tell(JANUARY)
    assert world.kinds(JANUARY) == []
    world.judged(JULY, "missed", 12, target="rd-ratio", actual=3.1)
    world.tell(JULY)
    mail = world.mail(JULY, "industry")
    assert mail["Subject"] == "[督办] 大渡口 2024-12：1 项未完成"
    assert_both_say(mail, "研发经费投入强度", "12月" if "12月" in text_of(mail) else "全年")
    assert world.execute("select period_end from alert where alert_kind = 'missed'") == [
        (date(2024, 12, 31),)
    ]


@pytest.mark.parametrize(
    ("day", "kinds"),
    [(date(2025, 7, 19), []), (date(2025, 7, 20), ["late"]), (date(2025, 7, 29), ["late", "late_leader"])],
)
def test_an_annual_figure_is_asked_for_only_from_its_own_date(
    world: World, day: date, kinds: list[str]
) -> None:
    annual(world)
    world.start(date(2024, 12, 28))
    state = {"period_end": None, "actual": None, "data_state": "never_delivered" if kinds else "not_due"}
    world.judged(day, "unknown", target="rd-ratio", **state)
    world.tell(day)
    assert world.kinds(day) == kinds


def test_a_year_that_closes_without_a_figure_is_written_down_and_asked_of_nobody(world: World) -> None:
    annual(world)
    world.start(date(2024, 12, 28))
    never = {"period_end": None, "actual": None, "gap": None, "gap_points": None, "severity": None}
    world.judged(JULY, "unknown", target="rd-ratio", data_state="never_delivered", **never)
    world.tell(JULY)
    assert world.kinds(JULY) == ["late"]
    for day, kinds in ((date(2025, 11, 28), ["closed"]), (date(2025, 12, 28), [])):
        world.judged(day, "unknown", target="rd-ratio", data_state="closed", **never)
        assert world.tell(day).messages == 0
        assert world.kinds(day) == kinds  # neither late again nor arrived


def test_a_target_that_was_behind_when_its_year_closed_is_reminded_of_no_more(world: World) -> None:
    world.start(date(2024, 12, 28), status="behind")
    world.judged(date(2025, 4, 28), "behind", 11, data_state="closed")
    assert world.tell(date(2025, 4, 28)).messages == 0
    assert world.kinds(date(2025, 4, 28)) == ["closed"]


def test_a_dispute_shows_no_figure_and_says_why(world: World) -> None:
    world.start()
    world.judged(
        as_of(4, 20),
        "unknown",
        3,
        data_state="disputed",
        actual=None,
        gap=None,
        gap_points=None,
        outlook="unlikely",
    )
    world.tell(as_of(4, 20))
    mail = world.mail(as_of(4, 20), "commerce")
    assert_both_say(mail, "同一时期有互相矛盾的数，待核实")
    assert_neither_says(mail, "6.5", "尚无数据", "None")
