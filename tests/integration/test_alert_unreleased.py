"""Figures that are not released yet: with numbers to the allowed domains, elsewhere only that there is news."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from tests.alert_world import (
    REGION,
    World,
    as_of,
    assert_both_say,
    assert_neither_says,
    html_of,
    parse,
    text_of,
)
from tests.mail_server import Behaviour, mail_server, plainly

DAY = as_of(4, 20)
INSIDE, OUTSIDE = "commerce@mail.gov.example", "commerce@district.example"
# What of the figure, its gap, its status and its target's course must not leave.
SECRETS = ("6.5", "−1.5", "转入滞后", "判红标准的", "7.25", "请分析")


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path, allowed_domains=("gov.example",), report_link="https://duban.gov.example/")
    made.office("commerce", emails=f"{OUTSIDE}|{INSIDE}", wants_workbook=True)
    return made


def unreleased(
    world: World, delivery_id: str = "d1", received: date = date(2024, 4, 19), **facts: object
) -> str:
    standard = {"region": REGION, "release_state": "unreleased", "file": "f.csv", "outcome": "loaded"}
    world.insert("delivery", delivery_id=delivery_id, received=received, **(standard | facts))
    return delivery_id


def workbook(world: World, month: str = "2024-03") -> None:
    book = world.settings.var / "reports" / REGION / month / "variance.xlsx"
    book.parent.mkdir(parents=True, exist_ok=True)
    book.write_bytes(b"6.5 in a workbook")


def behind(world: World, delivery_id: str) -> None:
    world.start()
    workbook(world)
    world.judged(DAY, "behind", 3, delivery_id=delivery_id, forecast=7.25, forecast_low=7, forecast_high=7.5)


def sent(world: World, day: date = DAY) -> dict[str, EmailMessage]:
    """The alert stage against a real mail server: what each address received."""
    behaviour = Behaviour()
    with mail_server(behaviour) as port:
        world.settings = plainly(world.settings, port)
        world.tell(day)
    mails = [parse(envelope.content) for envelope in behaviour.kept]
    return {str(mail["To"]): mail for mail in mails if f"{day:%d %b %Y}" in str(mail["Date"])}


def test_numbers_go_to_an_allowed_domain_and_nowhere_else(world: World) -> None:
    behind(world, unreleased(world))
    mails = sent(world)
    inside, outside = mails[INSIDE], mails[OUTSIDE]
    assert inside["Subject"] == "[督办] 大渡口 2024-03：1 项转入滞后"
    assert_both_say(inside, "同比增长6.5%", "−1.5个百分点")
    assert outside["Subject"] == "[督办] 大渡口 2024-03：1 项有未发布的新情况"
    assert_both_say(
        outside,
        "社会消费品零售总额增速（未发布）",
        "该项数据尚未发布，有新情况，数字不在邮件中列出。请在督办报告中查看。",
        "详见督办报告：https://duban.gov.example/",
    )
    assert_neither_says(outside, *SECRETS)


def test_the_workbook_goes_only_where_the_numbers_may(world: World) -> None:
    behind(world, unreleased(world))
    mails = sent(world)
    assert [part.get_filename() for part in mails[INSIDE].iter_attachments()] == [
        "variance-500104-2024-03.xlsx"
    ]
    assert list(mails[OUTSIDE].iter_attachments()) == []
    assert [part.get_content_type() for part in mails[OUTSIDE].walk()] == [
        "multipart/alternative", "text/plain", "text/html",
    ]  # fmt: skip
    assert b"6.5 in a workbook" not in mails[OUTSIDE].as_bytes()


@pytest.mark.parametrize("region", [REGION, "500000"])
def test_the_workbook_stays_back_for_any_unreleased_delivery_of_the_region_or_the_one_above(
    world: World, region: str
) -> None:
    world.execute("update book_region set parent = '500000'")
    unreleased(world, region=region)
    behind(world, "d0")  # the figure of the target itself is released
    mails = sent(world)
    assert_both_say(mails[OUTSIDE], "同比增长6.5%")
    assert list(mails[OUTSIDE].iter_attachments()) == []
    assert len(list(mails[INSIDE].iter_attachments())) == 1


@pytest.mark.parametrize(
    "facts", [{"outcome": "withdrawn"}, {"received": date(2024, 4, 21)}, {"region": "500105"}]
)
def test_what_was_withdrawn_comes_later_or_belongs_elsewhere_keeps_nothing_back(
    world: World, facts: dict[str, Any]
) -> None:
    unreleased(world, **facts)
    behind(world, "d0")
    assert len(list(sent(world)[OUTSIDE].iter_attachments())) == 1


def test_the_message_id_does_not_depend_on_what_may_be_shown(tmp_path: Path) -> None:
    found = []
    for number, domains in enumerate(((), ("district.example", "gov.example"))):
        world = World(tmp_path / str(number), allowed_domains=domains)
        world.start()
        world.judged(DAY, "behind", 3, assessment_id="a", delivery_id=unreleased(world))
        world.tell(DAY)
        mail = world.mail(DAY, "commerce")
        found.append((mail["Message-ID"], str(mail["Subject"])))
    (hidden_id, hidden), (shown_id, shown) = found
    assert hidden_id == shown_id
    assert hidden != shown


@pytest.mark.parametrize("address", ["a@gov.example.evil.example", "a@notgov.example", "a@example"])
def test_a_domain_that_only_looks_allowed_gets_no_numbers(world: World, address: str) -> None:
    world.office("commerce", emails=address)
    behind(world, unreleased(world))
    assert_neither_says(sent(world)[address], *SECRETS)


def test_the_figure_before_is_hidden_where_it_is_the_unreleased_one(world: World) -> None:
    world.start()
    world.judged(
        as_of(4, 10), "on_schedule", 3, actual=8.75, delivery_id=unreleased(world, received=as_of(4, 10))
    )
    world.tell(as_of(4, 10))
    before = {"period_previous": date(2024, 3, 31), "actual_previous": 8.75, "status_previous": "on_schedule"}
    world.judged(as_of(5, 20), "behind", 4, **before)
    world.tell(as_of(5, 20))
    found = dict(world.execute("select recipient, body from notification where as_of = ?", as_of(5, 20)))
    inside, outside = (parse(found[address].encode("ascii")) for address in (INSIDE, OUTSIDE))
    assert_both_say(inside, "1—3月 8.75%，符合进度")
    assert_both_say(outside, "同比增长6.5%")
    assert_neither_says(outside, "8.75")


def test_the_table_of_what_stands_and_the_digest_show_no_number(world: World) -> None:
    world.start()
    first = unreleased(world)
    world.judged(DAY, "behind", 3, delivery_id=first)
    world.tell(DAY)
    world.judged(as_of(4, 28), "behind", 3, delivery_id=first)
    world.tell(as_of(4, 28))
    mail = world.mail(as_of(4, 28), "commerce")
    assert mail["Subject"] == "[督办] 大渡口 2024-03：月度汇总，1 项仍在督办"
    assert_both_say(mail, "社会消费品零售总额增速（未发布）")
    assert_neither_says(mail, *SECRETS)
    assert "▼滞后】" not in text_of(mail) and "width:" in html_of(mail)


def test_the_first_summary_does_not_say_that_nothing_is_behind_when_it_may_not_tell(world: World) -> None:
    world.judged(as_of(3), "behind", 2, delivery_id=unreleased(world, received=as_of(3)))
    world.tell(as_of(3))
    mail = world.mail(as_of(3), "commerce")
    assert mail["Subject"] == "[督办] 大渡口 2024-02：首次运行汇总，1 项有未发布的新情况"
    assert_neither_says(mail, *SECRETS, "无滞后项目")


def test_unreleased_problems_of_a_delivery_are_counted_and_not_quoted(world: World) -> None:
    world.office("statistics", emails="statistics@district.example")
    world.start()
    unreleased(world, reporting_office="statistics", outcome="partly")
    world.insert(
        "rejection", rejection_id="r1", delivery_id="d1", file="f.csv", row=3, column="value", printed_value="6.5",
        rule="jump", message="社会消费品零售总额 6.5 与上月相差太大。", advice="", gravity="quarantined",
    )  # fmt: skip
    world.judged(DAY, "on_schedule", 3)
    world.tell(DAY)
    mail = world.mail(DAY, "statistics")
    assert_both_say(mail, "1 个数字待核实", "该项数据尚未发布")
    assert_neither_says(mail, "6.5", "相差太大")
