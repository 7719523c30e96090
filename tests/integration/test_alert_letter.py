"""What a mail says so that its reader needs nothing else, and what it must not say."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from tests.alert_world import REGION, World, as_of, assert_both_say, assert_neither_says, html_of, text_of

APRIL, MAY, JUNE, JULY = (as_of(month) for month in (4, 5, 6, 7))


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def refused(
    world: World, delivery_id: str, received: date, *, gravity: str = "refused", **facts: object
) -> None:
    """A delivery of the bureau with one problem."""
    delivered(world, delivery_id, received, rows_accepted=0)
    words = {
        "message": "没有写明单位。",
        "advice": "请写明单位。",
        "message_en": "No unit.",
        "advice_en": "Name it.",
    }
    world.insert(
        "rejection", rejection_id=f"r-{delivery_id}", delivery_id=delivery_id, file=f"{delivery_id}.csv", row=3,
        column="value", printed_value="6.5", rule="unit", gravity=gravity, **(words | facts),
    )  # fmt: skip


def delivered(world: World, delivery_id: str, received: date, **facts: object) -> None:
    standard = {
        "file": f"{delivery_id}.csv", "sha256": delivery_id, "region": REGION, "received": received,
        "reporting_office": "statistics", "provenance": "official", "release_state": "released", "outcome": "loaded",
        "finality": "preliminary", "rows_read": 1, "rows_accepted": 1, "rows_quarantined": 0,
    }  # fmt: skip
    world.insert("delivery", delivery_id=delivery_id, **(standard | facts))


def figure(world: World, delivery_id: str, value: float) -> None:
    world.insert(
        "observation", region=REGION, indicator="retail", measure="growth", basis="ytd", period_end=date(2024, 3, 31),
        value=value, unit="%", delivery_id=delivery_id,
    )  # fmt: skip


def test_figures_in_a_row_and_figures_by_count_are_not_mixed_up(world: World) -> None:
    """Two yellow figures count as one red: after them a second red is the third by count, not the third in a row."""
    world.start()
    for day, status, month in (
        (APRIL, "slightly_behind", 3),
        (MAY, "slightly_behind", 4),
        (JUNE, "behind", 5),
    ):
        world.judged(day, status, month)
        world.tell(day)
    world.judged(JULY, "behind", 6, status_since=date(2024, 5, 31), periods_in_status=2)
    world.tell(JULY)
    mail = world.mail(JULY, "leaders")
    assert_both_say(mail, "滞后，自2024年5月起，连续 2 期", "连同此前的滞后和略有滞后", "至今折合滞后 3 期")
    assert_neither_says(mail, "连续滞后 3 期")


def test_a_mail_that_something_worsened_says_how(world: World) -> None:
    world.start()
    world.judged(APRIL, "behind", 3, severity=1.5)
    world.tell(APRIL)
    world.judged(MAY, "behind", 4, severity=2.5, periods_in_status=2)
    world.tell(MAY)
    reason = "差距比上次通知时又扩大了一个判红标准以上；至今连续滞后 2 期"
    assert_both_say(world.mail(MAY, "commerce"), "滞后加重", reason)


def test_what_turned_from_yellow_to_red_says_so(world: World) -> None:
    world.start()
    for day, status, month in (
        (APRIL, "slightly_behind", 3),
        (MAY, "slightly_behind", 4),
        (JUNE, "behind", 5),
    ):
        world.judged(day, status, month)
        world.tell(day)
    assert_both_say(world.mail(JUNE, "commerce"), "滞后加重", "由略有滞后转为滞后；连同此前的滞后和略有滞后")


def counted(world: World) -> dict[str, object]:
    """A target on a number of days, with what a judged row of it holds."""
    world.indicator("air", "空气质量优良天数", months="1|2|3|4|5|6|7|8|9|10|11|12")
    world.target(
        "good-air-days",
        "air",
        "commerce",
        kind="total",
        measure="total",
        target_value=290,
        unit="天",
        printed="290天",
    )
    return {"target": "good-air-days", "required": 40, "limit_value": 290, "gap": -21, "gap_points": -7.2}


@pytest.mark.parametrize(("left", "is_said"), [(39, True), (40, False)])
def test_more_days_than_are_left_are_called_impossible(world: World, left: int, is_said: bool) -> None:
    facts = counted(world)
    world.start()
    world.judged(APRIL, "behind", 3, capacity_left=left, actual=250, expected=271, **facts)
    world.tell(APRIL)
    mail = world.mail(APRIL, "commerce")
    assert_both_say(mail, "后期需", "40天")
    said = f"余下只有 {left} 天，已不可能"
    assert_both_say(mail, said) if is_said else assert_neither_says(mail, "已不可能")


def test_a_target_reached_early_shows_what_its_lead_is_counted_from(world: World) -> None:
    facts = counted(world) | {"gap": 120, "gap_points": 41, "required": 0}
    world.start()
    world.judged(APRIL, "achieved", 3, actual=290, expected=170, **facts)
    world.tell(APRIL)
    assert_both_say(world.mail(APRIL, "commerce"), "已完成", "进度应达", "170天", "+120天")


def test_the_months_in_which_a_project_cannot_be_judged_are_not_listed(world: World) -> None:
    world.start()
    for day, status, month in ((APRIL, "no_plan", 3), (MAY, "no_plan", 4), (JUNE, "achieved", 5)):
        world.judged(day, status, month, kind="stage", actual=status == "achieved", gap=None, gap_points=None)
        world.tell(day)
    mail = world.mail(JUNE, "commerce")
    assert_both_say(mail, "5月★")
    assert_neither_says(mail, "3月◇", "4月◇")


def test_what_is_settled_has_no_outlook_in_the_table(world: World) -> None:
    world.indicator("jobs", "城镇新增就业", months="2|3|4|5|6|7|8|9|10|11|12")
    world.target("jobs", "jobs", "commerce", section="headline")
    world.start()
    world.judged(APRIL, "achieved", 3, target="jobs", outlook="likely", periods_in_status=2)
    world.tell(APRIL)
    world.judged(MAY, "achieved", 4, target="jobs", outlook="likely", periods_in_status=3)
    world.tell(MAY)
    mail = world.mail(MAY, "leaders")
    assert_both_say(mail, "已完成", "城镇新增就业增速")
    assert_neither_says(mail, "有望完成", "起 3 期")


def test_what_cannot_be_judged_says_why(world: World) -> None:
    world.target("income", "retail", "commerce", section="headline", kind="relative", printed="同步")
    world.start()
    world.judged(APRIL, "unknown", 3, target="income", severity=None, gap=None, gap_points=None)
    world.tell(APRIL)
    assert_both_say(world.mail(APRIL, "leaders"), "无法判断", "参照指标同期没有可用的数")


def test_a_digest_tells_what_is_watched_from_what_is_supervised(world: World) -> None:
    world.target("retail-total", "retail", "commerce")
    world.start(status="behind")
    world.judged(APRIL, "behind", 2)
    world.judged(APRIL, "slightly_behind", 3, target="retail-total")
    world.tell(APRIL)
    assert (
        world.mail(APRIL, "commerce")["Subject"]
        == "[督办] 大渡口 2024-03：月度汇总，1 项仍在督办，1 项待观察"
    )


def test_a_first_summary_without_figures_does_not_say_that_all_is_well(world: World) -> None:
    never = {"period_end": None, "actual": None, "gap": None, "gap_points": None, "severity": None}
    world.judged(APRIL, "unknown", data_state="not_due", **never)
    world.tell(APRIL)
    mail = world.mail(APRIL, "commerce")
    assert mail["Subject"] == "[督办] 大渡口 2024-03：首次运行汇总，各目标暂不能研判"
    assert_both_say(mail, "还没有数据")
    assert_neither_says(mail, "无滞后项目")


def test_what_happened_to_deliveries_stands_before_what_stands(world: World) -> None:
    world.office("commerce", role="responsible|reporting", leader="leader_a")
    world.start(status="behind")
    refused(world, "d1", date(2024, 4, 20))
    world.execute("update delivery set reporting_office = 'commerce' where delivery_id = 'd1'")
    world.judged(APRIL, "behind", 2)
    world.tell(APRIL)
    mail = world.mail(APRIL, "commerce")
    for said in (text_of(mail), html_of(mail)):
        assert said.index("数据报送") < said.index("仍在督办")


def test_a_refused_file_that_was_sent_again_is_not_asked_for_blindly_and_then_settled(world: World) -> None:
    world.start()
    refused(world, "d1", date(2024, 4, 20))
    delivered(world, "d2", date(2024, 4, 25))
    world.judged(APRIL, "on_schedule", 3)
    world.tell(APRIL)
    assert_both_say(world.mail(APRIL, "statistics"), "拒收", "2024年4月25日又收到 d2.csv，已采纳")
    world.judged(MAY, "on_schedule", 4)
    world.tell(MAY)
    assert world.kinds(MAY) == ["settled"]
    assert world.recipients(MAY) == []


def test_a_refused_file_that_nobody_sent_again_stays_open(world: World) -> None:
    world.start()
    refused(world, "d1", date(2024, 4, 20))
    world.judged(APRIL, "on_schedule", 3)
    world.tell(APRIL)
    assert_neither_says(world.mail(APRIL, "statistics"), "又收到")
    world.judged(MAY, "on_schedule", 4)
    world.tell(MAY)
    assert world.kinds(MAY) == []


@pytest.mark.parametrize(("received", "kinds"), [(date(2024, 5, 2), ["settled"]), (date(2024, 4, 20), [])])
def test_a_quarantined_figure_is_settled_by_a_later_one_of_its_key(
    world: World, received: date, kinds: list[str]
) -> None:
    key = {
        "region": REGION,
        "indicator": "retail",
        "measure": "growth",
        "basis": "ytd",
        "period_end": date(2024, 3, 31),
    }
    world.start()
    refused(world, "d1", date(2024, 4, 20), gravity="quarantined", value=6.5, unit="%", **key)
    world.judged(APRIL, "on_schedule", 3)
    world.tell(APRIL)
    assert world.recipients(APRIL) == ["operator", "statistics"]
    delivered(world, "d2", received)
    figure(world, "d2", 6.6)
    world.judged(MAY, "on_schedule", 4)
    world.tell(MAY)
    assert world.kinds(MAY) == kinds


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("estimate", "preliminary", []),
        ("estimate", "estimate", ["restated"]),
        ("preliminary", "preliminary", ["restated"]),
    ],
)
def test_a_first_figure_after_its_estimate_restates_nothing(
    world: World, before: str, after: str, told: list[str]
) -> None:
    world.start()
    for number, (finality, value) in enumerate(((before, 6.0), (after, 6.1))):
        delivered(world, f"d{number + 1}", date(2024, 4, 10 + number), finality=finality)
        figure(world, f"d{number + 1}", value)
    world.judged(APRIL, "on_schedule", 3)
    world.tell(APRIL)
    assert world.kinds(APRIL) == told


def test_an_english_office_reads_the_problems_of_its_file_in_english(world: World) -> None:
    world.office("statistics", language="en")
    world.start()
    refused(world, "d1", date(2024, 4, 20))
    world.judged(APRIL, "on_schedule", 3)
    world.tell(APRIL)
    mail = world.mail(APRIL, "statistics")
    assert_both_say(mail, "No unit. Name it.")
    assert_neither_says(mail, "没有写明单位")


def test_promised_measures_stand_wherever_the_target_stands(world: World) -> None:
    world.start(status="behind")
    world.insert(
        "acknowledgement", acknowledgement_id="a1", target_id="retail-growth", author="李四", measures_taken="办促销",
        due_on=date(2024, 8, 15), starts_on=date(2024, 3, 28), recorded_at=datetime(2024, 3, 29, 9),
    )  # fmt: skip
    world.judged(APRIL, "behind", 2)
    world.tell(APRIL)
    assert_both_say(
        world.mail(APRIL, "commerce"), "月度汇总", "整改措施", "办促销（李四，期限2024年8月15日）"
    )


def test_an_english_office_reads_a_printed_amount_in_its_own_unit(world: World) -> None:
    facts = counted(world)
    world.office("commerce", language="en")
    world.start()
    world.judged(APRIL, "behind", 3, actual=250, expected=271, printed="290天", **facts)
    world.tell(APRIL)
    assert_both_say(world.mail(APRIL, "commerce"), "290天, that is 290 days")
