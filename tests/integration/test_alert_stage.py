"""From judged rows to mails: who is told, once, and what the mail says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.alert_world import REGION, World, as_of, assert_both_say, assert_neither_says, html_of, text_of

MARCH, APRIL, MAY, JUNE, JULY = (as_of(month) for month in (3, 4, 5, 6, 7))


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_the_first_run_sends_one_summary_to_each_office_concerned_and_nothing_else(world: World) -> None:
    world.judged(MARCH, "behind")
    world.tell(MARCH)
    assert world.recipients(MARCH) == ["commerce", "operator"]
    mail = world.mail(MARCH, "commerce")
    assert mail["Subject"] == "[督办] 大渡口 2024-02：首次运行汇总，1 项滞后或略有滞后"
    assert_both_say(mail, "各目标现状", "社会消费品零售总额增速", "8%", "−1.5个百分点")
    assert_neither_says(mail, "转入滞后", "请分析原因")


def test_what_the_summary_told_is_not_told_again(world: World) -> None:
    world.start(status="behind")
    world.judged(as_of(3, 29), "behind", 2)
    told = world.tell(as_of(3, 29))
    assert (told.transitions, told.messages) == (0, 0)


def test_newly_behind_is_one_mail_to_the_owner_with_everything_it_needs(world: World) -> None:
    world.start()
    world.judged(
        as_of(4, 20),
        "behind",
        3,
        probability=0.1,
        outlook="unlikely",
        forecast=6.6,
        forecast_low=6,
        forecast_high=7,
    )
    world.tell(as_of(4, 20))
    assert world.recipients(as_of(4, 20)) == ["commerce"]
    mail = world.mail(as_of(4, 20), "commerce")
    assert mail["Subject"] == "[督办] 大渡口 2024-03：1 项转入滞后"
    assert_both_say(
        mail,
        "区商务委：",
        "截至2024年4月20日",
        "转入滞后",
        "社会消费品零售总额增速",
        "8%（报告“重点任务（三）”第2段）",
        "1—3月同比增长6.5%（初步数，官方报送）",
        "−1.5个百分点",
        "难以完成，预测 6.6%，80% 区间 6%～7%，达标概率 10%",
        "滞后，自2024年3月起（此前符合进度）",
        "2024/retail.csv 第 7 行；规则 default@1",
        "请分析原因，将整改措施和完成期限报区政府督查室。",
    )
    assert_neither_says(mail, "模拟", "首次运行", "区统计局", "恢复", "None")


def test_the_compiler_of_the_figure_is_never_asked_for_measures(world: World) -> None:
    world.start()
    world.judged(APRIL, "behind")
    world.tell(APRIL)
    assert "statistics" not in world.recipients(APRIL)


def test_a_second_run_of_the_same_date_writes_nothing(world: World) -> None:
    world.start()
    world.judged(APRIL, "behind")
    assert world.tell(APRIL).messages == 1
    again = world.tell(APRIL)
    assert (again.transitions, again.messages, again.sent) == (0, 0, 0)


def test_recovery_is_told_once_and_asks_nothing(world: World) -> None:
    world.start()
    world.judged(APRIL, "behind")
    world.tell(APRIL)
    world.judged(as_of(5, 20), "on_schedule", 4, gap_points=0.2)
    world.tell(as_of(5, 20))
    mail = world.mail(as_of(5, 20), "commerce")
    assert mail["Subject"] == "[督办] 大渡口 2024-04：1 项恢复"
    assert_both_say(mail, "恢复", "此前滞后", "无需回复。")
    world.judged(as_of(5, 21), "on_schedule", 4)
    assert world.tell(as_of(5, 21)).messages == 0


def test_escalation_reaches_the_leader_then_the_leadership_and_the_leader_hears_of_the_end(
    world: World,
) -> None:
    world.start()
    for day, month in ((as_of(4, 20), 3), (as_of(5, 20), 4), (as_of(6, 20), 5)):
        world.judged(day, "behind", month)
        world.tell(day)
    assert "leader_a" not in world.recipients(as_of(4, 20))
    assert "leader_a" in world.recipients(as_of(5, 20)) and "leaders" not in world.recipients(as_of(5, 20))
    assert "leaders" in world.recipients(as_of(6, 20))
    assert_both_say(
        world.mail(as_of(5, 20), "leader_a"),
        "提请分管领导关注",
        "请督促区商务委分析原因、落实措施。",
        "责任单位",
    )
    world.judged(as_of(7, 20), "on_schedule", 6)
    world.tell(as_of(7, 20))
    assert world.recipients(as_of(7, 20)) == ["commerce", "leader_a", "leaders"]


def test_a_month_in_which_nothing_stands_sends_no_digest(world: World) -> None:
    world.start()
    world.judged(APRIL, "on_schedule")
    assert world.tell(APRIL).messages == 0


def test_what_stands_is_in_the_monthly_digest_even_when_nothing_changed(world: World) -> None:
    world.start(status="behind")
    world.judged(APRIL, "behind", 2)
    world.tell(APRIL)
    mail = world.mail(APRIL, "commerce")
    assert mail["Subject"] == "[督办] 大渡口 2024-02：月度汇总，1 项仍在督办"
    assert_both_say(mail, "仍在督办", "社会消费品零售总额增速")


def test_a_digest_whose_day_saw_no_run_goes_out_with_the_next_one_once(world: World) -> None:
    world.start(status="behind")
    world.judged(as_of(5, 3), "behind", 2)
    assert world.tell(as_of(5, 3)).messages == 1
    world.judged(as_of(5, 4), "behind", 2)
    assert world.tell(as_of(5, 4)).messages == 0


@pytest.mark.parametrize(
    ("before", "day", "due"),
    [
        (date(2024, 2, 27), date(2024, 2, 28), True),
        (date(2024, 2, 28), date(2024, 2, 29), False),
        (date(2024, 2, 29), date(2024, 3, 27), False),
        (date(2024, 12, 27), date(2025, 1, 2), True),
        (date(2024, 12, 28), date(2025, 1, 27), False),
        (date(2024, 1, 5), date(2024, 9, 1), True),
    ],
)
def test_the_calendar_and_not_the_clock_decides_when_a_digest_is_due(
    before: date, day: date, due: bool
) -> None:
    from flows.alert.derive import is_digest_due

    assert is_digest_due([before], day) is due


def test_a_killed_run_is_made_up_for_by_the_next_with_its_own_mail(world: World, tmp_path: Path) -> None:
    world.start()
    world.judged(as_of(4, 20), "behind", 3)  # judged, then killed before alerting
    world.judged(as_of(5, 20), "behind", 4)
    world.tell(as_of(5, 20))
    unharmed = World(tmp_path / "other")
    unharmed.start()
    unharmed.judged(as_of(4, 20), "behind", 3)
    unharmed.tell(as_of(4, 20))
    unharmed.judged(as_of(5, 20), "behind", 4)
    unharmed.tell(as_of(5, 20))
    ids = "select message_id from notification order by message_id"
    assert world.execute(ids) == unharmed.execute(ids)
    assert world.kinds(as_of(4, 20)) == ["newly_behind"]


def test_assessments_added_after_the_alerts_of_their_date_are_still_told(world: World) -> None:
    world.start()
    world.judged(as_of(4, 20), "on_schedule", 3)
    world.tell(as_of(4, 20))
    world.judged(as_of(4, 20), "behind", 3)  # a second run the same day, killed before alerting
    world.judged(as_of(4, 21), "behind", 3)
    world.tell(as_of(4, 21))
    assert "newly_behind" in world.kinds(as_of(4, 20)) + world.kinds(as_of(4, 21))


def test_what_was_told_and_is_judged_otherwise_the_same_day_is_corrected(world: World) -> None:
    world.start()
    world.judged(as_of(4, 20), "behind", 3)
    world.tell(as_of(4, 20))
    world.judged(as_of(4, 20), "on_schedule", 3)
    world.tell(as_of(4, 20))
    assert world.kinds(as_of(4, 20)) == ["corrected", "newly_behind"]
    mails = world.execute("select subject from notification where as_of = ? order by subject", as_of(4, 20))
    assert [row[0] for row in mails] == [
        "[督办] 大渡口 2024-03：1 项更正",
        "[督办] 大渡口 2024-03：1 项转入滞后",
    ]


def test_a_past_date_judged_anew_is_not_told_anew(world: World) -> None:
    world.start()
    world.judged(as_of(5, 20), "on_schedule", 4)
    world.tell(as_of(5, 20))
    world.judged(as_of(4, 20), "behind", 3)
    told = world.tell(as_of(5, 20))
    assert (told.transitions, told.messages) == (0, 0)


def test_late_figures_are_one_alert_about_the_delivery_not_one_a_target(world: World) -> None:
    for number in range(12):
        world.indicator(f"i{number}", f"指标{number}", months="2|3|4|5|6|7|8|9|10|11|12")
        world.target(f"t{number}", f"i{number}", "industry")
    for day, state in ((as_of(3, 20), "current"), (as_of(3, 28), "late")):
        for number in range(12):
            world.judged(day, "on_schedule", 1, target=f"t{number}", data_state=state)
        world.tell(day)
    assert world.kinds(as_of(3, 28)) == ["late"]
    assert world.recipients(as_of(3, 28)) == ["statistics"]
    mail = world.mail(as_of(3, 28), "statistics")
    assert mail["Subject"] == "[督办] 大渡口 2024-01：1 期数据迟报"
    assert_both_say(mail, "2024年3月25日，已逾期 3 天", "指标0", "指标11", "请尽快补报")
    assert_neither_says(mail, "整改措施")


@pytest.mark.parametrize(("day", "kinds"), [(3, ["late"]), (4, ["late", "late_leader"])])
def test_ten_days_late_goes_to_the_leader_and_nine_do_not(world: World, day: int, kinds: list[str]) -> None:
    world.start(as_of(3, 20))
    world.judged(as_of(4, day), "on_schedule", 1, data_state="late")  # due on 25 March
    world.tell(as_of(4, day))
    assert world.kinds(as_of(4, day)) == kinds


def test_missing_is_late_and_never_recovered(world: World) -> None:
    world.start(status="behind")
    world.judged(as_of(5, 20), "behind", 2, data_state="late")
    world.tell(as_of(5, 20))
    assert "recovered" not in world.kinds(as_of(5, 20))
    assert "escalated_leader" in world.kinds(as_of(5, 20))


def test_figures_that_arrive_end_the_lateness_without_a_mail(world: World) -> None:
    world.start()
    world.judged(as_of(4, 27), "on_schedule", 2, data_state="late")
    world.tell(as_of(4, 27))
    world.judged(as_of(4, 30), "on_schedule", 3)
    assert world.tell(as_of(4, 30)).messages == 0
    assert world.kinds(as_of(4, 30)) == ["arrived"]


def test_a_feed_that_nobody_waits_for_any_more_has_not_arrived(world: World) -> None:
    world.start()
    world.judged(as_of(4, 27), "on_schedule", 2, data_state="late")
    world.tell(as_of(4, 27))
    world.judged(as_of(4, 30), "on_schedule", 2, data_state="closed")
    world.tell(as_of(4, 30))
    assert "arrived" not in world.kinds(as_of(4, 30))


def test_an_owner_without_an_address_reaches_the_operator_by_name(world: World) -> None:
    world.office("commerce", emails="")
    world.start()
    world.judged(as_of(4, 20), "behind", 3)
    world.tell(as_of(4, 20))
    assert world.recipients(as_of(4, 20)) == ["operator"]
    assert_both_say(world.mail(as_of(4, 20), "operator"), "区商务委没有可用邮箱，请代为转达")


@pytest.mark.parametrize(
    "address",
    [
        "commerce",
        "a@b@c",
        "x@district.example\r\nBcc: all@evil.example",
        "a b@c.d",
        '"a"@b.c',
        "<a@b.c>",
        "@b.c",
        "a..b@c.d",
    ],
)
def test_an_address_that_is_none_is_never_written_to(world: World, address: str) -> None:
    world.office("commerce", emails=address)
    world.start()
    world.judged(as_of(4, 20), "behind", 3)
    world.tell(as_of(4, 20))
    assert world.recipients(as_of(4, 20)) == ["operator"]


def test_offices_that_share_an_address_get_one_mail(world: World) -> None:
    world.office("industry", emails="commerce@district.example")
    world.indicator("output", "工业总产值", months="2|3|4|5|6|7|8|9|10|11|12")
    world.target("output-growth", "output", "industry")
    world.judged(MARCH, "on_schedule", target="output-growth")
    world.start()
    for target in ("retail-growth", "output-growth"):
        world.judged(as_of(4, 20), "behind", 3, target=target)
    world.tell(as_of(4, 20))
    mail = world.mail(as_of(4, 20), "commerce")
    assert mail["Subject"] == "[督办] 大渡口 2024-03：2 项转入滞后"
    assert_both_say(mail, "区商务委、区经信委：")


def test_unreleased_figures_reach_only_the_allowed_domains(world: World) -> None:
    world.change(allowed_domains=("gov.example",))
    world.office("commerce", emails="commerce@district.example|commerce@mail.gov.example")
    world.insert(
        "delivery",
        delivery_id="d1",
        region=REGION,
        received=date(2024, 4, 19),
        release_state="unreleased",
        file="f.csv",
        outcome="loaded",
    )
    world.start()
    world.judged(as_of(4, 20), "behind", 3, delivery_id="d1")
    world.tell(as_of(4, 20))
    outside = world.mail(as_of(4, 20), "commerce")
    assert outside["Subject"] == "[督办] 大渡口 2024-03：1 项有未发布的新情况"
    assert_both_say(outside, "社会消费品零售总额增速（未发布）", "该项数据尚未发布，有新情况")
    assert_neither_says(outside, "6.5%", "−1.5", "滞后，", "转入滞后", "请分析")
    inside = world.execute(
        "select subject from notification where recipient = 'commerce@mail.gov.example' and as_of = ?",
        as_of(4, 20),
    )
    assert inside == [("[督办] 大渡口 2024-03：1 项转入滞后",)]


def test_a_target_compared_with_an_unreleased_figure_is_unreleased_too(world: World) -> None:
    world.indicator("gdp", "地区生产总值", months="3|6|9|12", frequency="quarter")
    world.target("gdp-growth", "gdp", "industry")
    world.target("in-step", "retail", "commerce", kind="relative", reference_target="gdp-growth")
    world.insert(
        "delivery",
        delivery_id="d1",
        region=REGION,
        received=date(2024, 4, 19),
        release_state="unreleased",
        file="f.csv",
        outcome="loaded",
    )
    world.start()
    world.judged(as_of(4, 20), "on_schedule", 3, target="gdp-growth", delivery_id="d1")
    world.judged(as_of(4, 20), "behind", 3, target="in-step")
    world.tell(as_of(4, 20))
    assert_neither_says(world.mail(as_of(4, 20), "commerce"), "6.5", "−1.5")


def test_a_silence_holds_the_owners_mail_back_but_not_the_escalation(world: World) -> None:
    world.start()
    world.judged(as_of(4, 20), "behind", 3)
    world.insert(
        "silence",
        silence_id="s",
        target_id="retail-growth",
        author="张三",
        reason="统计口径调整",
        starts_on=MARCH,
        ends_on=as_of(5, 31),
    )
    world.tell(as_of(4, 20))
    assert world.recipients(as_of(4, 20)) == []
    assert world.execute("select alert_state from alert where alert_kind = 'newly_behind'") == [("silenced",)]
    world.judged(as_of(5, 20), "behind", 4)
    world.tell(as_of(5, 20))
    assert world.recipients(as_of(5, 20)) == ["leader_a"]
    assert_both_say(world.mail(as_of(5, 20), "leader_a"), "统计口径调整（张三，至2024年5月31日）")


def test_when_a_silence_ends_the_owner_hears_what_is_still_behind(world: World) -> None:
    world.start()
    world.insert(
        "silence",
        silence_id="s",
        target_id="retail-growth",
        author="张三",
        reason="口径",
        starts_on=MARCH,
        ends_on=as_of(5, 31),
    )
    world.judged(as_of(5, 20), "behind", 4)
    world.tell(as_of(5, 20))
    for day in (as_of(5, 31), as_of(6, 1), as_of(6, 2)):
        world.judged(day, "behind", 4)
        world.tell(day)
    assert world.recipients(as_of(6, 1)) == ["commerce"]
    assert_both_say(world.mail(as_of(6, 1), "commerce"), "静默到期")
    assert world.recipients(as_of(5, 31)) == world.recipients(as_of(6, 2)) == []


def test_promised_measures_are_shown_and_their_date_is_reminded_once(world: World) -> None:
    world.start()
    world.insert(
        "acknowledgement",
        acknowledgement_id="a",
        target_id="retail-growth",
        author="李四",
        measures_taken="发放消费券",
        due_on=as_of(5, 25),
        starts_on=as_of(4, 20),
    )
    for day, month in ((as_of(4, 20), 3), (as_of(5, 24), 3), (as_of(5, 26), 3), (as_of(5, 27), 3)):
        world.judged(day, "behind", month)
        world.tell(day)
    assert world.kinds(as_of(5, 24)) == [] and world.kinds(as_of(5, 27)) == []
    mail = world.mail(as_of(5, 26), "commerce")
    assert mail["Subject"] == "[督办] 大渡口 2024-03：1 项整改到期"
    assert_both_say(
        mail, "发放消费券（李四，期限2024年5月25日）", "整改期限已到，请将落实情况报区政府督查室。"
    )


def test_headline_targets_reach_the_leadership_at_every_figure(world: World) -> None:
    world.target("headline", "retail", "commerce", section="headline")
    world.judged(MARCH, "on_schedule", target="headline")
    world.start()
    world.judged(as_of(4, 20), "on_schedule", 3, target="headline")
    world.tell(as_of(4, 20))
    assert world.recipients(as_of(4, 20)) == ["leaders"]
    assert_both_say(world.mail(as_of(4, 20), "leaders"), "主要目标本期数据", "1—3月 6.5%")


def test_a_headline_target_that_falls_behind_is_named_to_the_leadership_first(world: World) -> None:
    world.target("headline", "retail", "commerce", section="headline")
    world.judged(MARCH, "on_schedule", target="headline")
    world.start()
    world.judged(as_of(4, 20), "behind", 3, target="headline")
    world.tell(as_of(4, 20))
    mail = world.mail(as_of(4, 20), "leaders")
    assert mail["Subject"] == "[督办] 大渡口 2024-03：1 项转入滞后"
    assert_both_say(mail, "供参阅。")
    assert_neither_says(mail, "请分析原因")


def test_sections_and_the_lowest_severity_are_an_offices_own_choice(world: World) -> None:
    world.office("commerce", min_severity=2)
    world.start()
    world.judged(as_of(4, 20), "behind", 3, severity=1.9)
    world.tell(as_of(4, 20))
    assert world.recipients(as_of(4, 20)) == []
    world.judged(as_of(4, 21), "behind", 3, severity=3)
    world.tell(as_of(4, 21))
    assert world.recipients(as_of(4, 21)) == ["commerce"]


def test_co_responsible_offices_are_asked_to_support_the_owner(world: World) -> None:
    world.target("joint", "retail", "commerce", co_responsible="industry")
    world.judged(MARCH, "on_schedule", target="joint")
    world.start()
    world.judged(as_of(4, 20), "behind", 3, target="joint")
    world.tell(as_of(4, 20))
    assert_both_say(world.mail(as_of(4, 20), "industry"), "请配合区商务委做好相关工作。")
    assert_neither_says(world.mail(as_of(4, 20), "industry"), "请分析原因")


def test_an_english_office_reads_english(world: World) -> None:
    world.office("commerce", language="en")
    world.start()
    world.judged(as_of(4, 20), "behind", 3)
    world.tell(as_of(4, 20))
    mail = world.mail(as_of(4, 20), "commerce")
    assert mail["Subject"] == "[Duban] Dadukou 2024-03: 1 newly behind"
    assert_both_say(
        mail,
        "retail in English, growth",
        "−1.5 pp",
        "Please send the reasons, your measures and a date to Supervision Office.",
    )


def test_simulated_figures_are_marked_everywhere(world: World) -> None:
    world.start()
    world.judged(as_of(4, 20), "behind", 3, provenance="simulated")
    world.tell(as_of(4, 20))
    mail = world.mail(as_of(4, 20), "commerce")
    assert str(mail["Subject"]).startswith("【模拟】[督办] ")
    assert_both_say(mail, "本邮件所列数字均为模拟数据")


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "A & B <b>", '" onload="x', "{{ 7*7 }}", "{0.__class__}"]
)
def test_names_from_outside_are_data_in_html(world: World, name: str) -> None:
    world.indicator("odd", name, months="2|3|4|5|6|7|8|9|10|11|12")
    world.target("odd", "odd", "commerce")
    world.judged(MARCH, "on_schedule", target="odd")
    world.start()
    world.judged(as_of(4, 20), "behind", 3, target="odd")
    world.tell(as_of(4, 20))
    mail = world.mail(as_of(4, 20), "commerce")
    assert_both_say(mail, name)
    for sign in ("<script>", "<b>", '" onload="'):
        assert sign not in html_of(mail)


def test_line_breaks_in_names_make_no_header_and_no_line(world: World) -> None:
    world.execute("update book_region set short_name = ?", "大渡口\r\nBcc: all@evil.example")
    world.office("commerce", name="区商务委\nBcc: all@evil.example")
    world.start()
    world.judged(as_of(4, 20), "behind", 3, source_file="a.csv\nX-Evil: 1")
    world.tell(as_of(4, 20))
    mail = world.mail(as_of(4, 20), "commerce")
    assert mail["Bcc"] is None and mail["X-Evil"] is None
    assert "a.csv X-Evil: 1 第 7 行" in text_of(mail)
    assert text_of(mail).splitlines()[0] == "区商务委 Bcc: all@evil.example："


def test_the_same_world_gives_the_same_bytes(tmp_path: Path) -> None:
    bodies = []
    for name in ("one", "two"):
        world = World(tmp_path / name)
        world.start()
        world.judged(as_of(4, 20), "behind", 3)
        world.tell(as_of(4, 20))
        bodies.append(world.execute("select message_id, body from notification order by message_id"))
    assert bodies[0] == bodies[1] and len(bodies[0]) == 2


def test_the_date_is_nine_in_the_morning_in_shanghai_of_the_as_of_day(world: World) -> None:
    world.start(date(2024, 2, 29))
    assert world.mail(date(2024, 2, 29), "commerce")["Date"] == "Thu, 29 Feb 2024 09:00:00 +0800"


def test_the_workbook_is_attached_for_those_who_want_it_unless_it_holds_unreleased_figures(
    world: World,
) -> None:
    world.office("commerce", wants_workbook=True)
    world.start()
    book = world.settings.var / "reports" / REGION / "2024-03" / "variance.xlsx"
    book.parent.mkdir(parents=True)
    book.write_bytes(b"workbook")
    world.judged(as_of(4, 20), "behind", 3)
    world.tell(as_of(4, 20))
    attached = [part.get_filename() for part in world.mail(as_of(4, 20), "commerce").iter_attachments()]
    assert attached == ["variance-500104-2024-03.xlsx"]
    world.insert(
        "delivery",
        delivery_id="d1",
        region=REGION,
        received=date(2024, 4, 20),
        release_state="unreleased",
        file="f.csv",
        outcome="loaded",
    )
    world.judged(as_of(4, 21), "on_schedule", 3, delivery_id="d1")
    world.tell(as_of(4, 21))
    assert list(world.mail(as_of(4, 21), "commerce").iter_attachments()) == []


def test_a_year_that_is_closed_is_told_of_no_more(world: World) -> None:
    world.start(status="behind")
    for day in (date(2025, 4, 28), date(2025, 5, 28)):
        world.judged(day, "missed", 12, data_state="closed")
        assert world.tell(day).messages == 0
    assert world.kinds(date(2025, 4, 28)) == ["closed"]
