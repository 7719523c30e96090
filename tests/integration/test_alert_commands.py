"""`duban alerts` and `duban outbox`, as a person types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows.cli import main
from flows.publish import publish
from tests.alert_world import World, as_of, assert_both_say


@pytest.fixture
def world(tmp_path: Path) -> World:
    """One target newly behind on 20 April, told and published."""
    made = World(tmp_path)
    made.start()
    made.judged(as_of(4, 20), "behind", 3)
    made.tell(as_of(4, 20))
    publish(made.settings)
    return made


def duban(world: World, *arguments: str) -> int:
    folders = [
        "--var",
        str(world.settings.var),
        "--reference",
        str(world.settings.reference),
        "--raw",
        str(world.settings.raw),
    ]
    return main([*arguments, *folders])


ACK = (
    "alerts",
    "ack",
    "retail-growth",
    "--author",
    "李四",
    "--measures",
    "发放消费券",
    "--due",
    "2024-05-25",
)
SILENCE = (
    "alerts",
    "silence",
    "retail-growth",
    "--author",
    "张三",
    "--reason",
    "口径调整",
    "--until",
    "2024-05-31",
)


def test_list_shows_what_is_firing(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert duban(world, "alerts", "list") == 0
    assert (
        capsys.readouterr().out
        == "【督办中】retail-growth 社会消费品零售总额 转入滞后，滞后，轻重 1.5，2024-04-20：滞后折合 1 期\n"
    )


def test_json_is_json_alone(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert duban(world, "alerts", "list", "--json") == 0
    listed = json.loads(capsys.readouterr().out)
    assert [(row["subject_id"], row["alert_state"]) for row in listed["alerts"]] == [
        ("retail-growth", "firing")
    ]
    assert duban(world, "outbox", "list", "--json") == 0
    assert len(json.loads(capsys.readouterr().out)) == 2


def test_an_acknowledgement_is_listed_told_of_and_in_the_history(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    assert duban(world, *ACK) == 0
    assert capsys.readouterr().out == "已登记 retail-growth 的整改措施，期限 2024-05-25。\n"
    duban(world, "alerts", "list")
    assert capsys.readouterr().out.startswith("【整改中】retail-growth 社会消费品零售总额 已报整改措施")
    duban(world, "alerts", "history", "retail-growth")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("2024-04-20 转入滞后 符合进度 → 滞后 滞后折合 1 期 [")
    assert lines[1].startswith("2024-04-20 已报整改措施 发放消费券（李四，期限 2024-05-25） [")
    for day, month in ((as_of(5, 20), 4), (as_of(6, 20), 5), (as_of(7, 20), 6)):
        world.judged(day, "behind", month)
        world.tell(day)
    assert_both_say(world.mail(as_of(7, 20), "commerce"), "发放消费券（李四，期限2024年5月25日）")


def test_a_silence_is_listed_and_holds_the_next_mail_back(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    assert duban(world, *SILENCE) == 0
    assert capsys.readouterr().out == "retail-growth 静默至 2024-05-31；提级不受影响。\n"
    duban(world, "alerts", "list")
    assert "【静默中】retail-growth 社会消费品零售总额 静默，" in capsys.readouterr().out
    world.judged(as_of(4, 25), "behind", 3, severity=9)
    world.tell(as_of(4, 25))
    assert world.kinds(as_of(4, 25)) == ["worsened"] and world.recipients(as_of(4, 25)) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("alerts", "ack", "retail-grow", *ACK[3:]), "没有目标 retail-grow。相近的有：retail-growth。"),
        (("alerts", "silence", "zzz", *SILENCE[3:]), "没有目标 zzz。请用 duban status 查看目标编号。"),
        (("alerts", "history", "zzz"), "没有目标 zzz。请用 duban status 查看目标编号。"),
        ((*ACK[:4], " ", *ACK[5:]), "--author 不能为空。请填写后再试。"),
        ((*ACK[:6], "\n\t", *ACK[7:]), "--measures 不能为空。请填写后再试。"),
        ((*SILENCE[:6], "", *SILENCE[7:]), "--reason 不能为空。请填写后再试。"),
        ((*ACK[:8], "2024-04-19"), "日期 2024-04-19 早于最近一次运行的截至日 2024-04-20。请填写之后的日期。"),
        (
            (*SILENCE[:8], "2024-04-19"),
            "日期 2024-04-19 早于最近一次运行的截至日 2024-04-20。请填写之后的日期。",
        ),
        (("outbox", "retry", "nope"), "没有邮件 nope。请用 duban outbox list 查看邮件编号。"),
    ],
)
def test_what_is_wrong_is_said_in_one_message_and_changes_nothing(
    world: World, arguments: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert duban(world, *arguments) == 2
    assert capsys.readouterr().err == f"{message}\n"
    assert world.execute("select count(*) from acknowledgement") == [(0,)]
    assert world.execute("select count(*) from silence") == [(0,)]


@pytest.mark.parametrize("left_out", ["--author", "--reason", "--until"])
def test_a_silence_without_author_reason_or_end_is_refused(
    world: World, left_out: str, capsys: pytest.CaptureFixture[str]
) -> None:
    place = SILENCE.index(left_out)
    with pytest.raises(SystemExit) as stopped:
        duban(world, *SILENCE[:place], *SILENCE[place + 2 :])
    assert stopped.value.code == 2
    assert left_out in capsys.readouterr().err


def test_before_the_first_run_nothing_is_created(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    var = tmp_path / "none"
    for arguments in (("alerts", "list"), ("outbox", "list"), ("outbox", "send"), ACK, SILENCE):
        assert main([*arguments, "--var", str(var)]) == 4
        assert capsys.readouterr().err.startswith("还没有")
    assert not var.exists()


def test_a_message_that_was_sent_is_not_sent_again_by_hand(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    (notification_id,) = world.execute(
        "select notification_id from notification where as_of = ?", as_of(4, 20)
    )[0]
    assert duban(world, "outbox", "retry", notification_id) == 2
    assert capsys.readouterr().err == f"邮件 {notification_id} 已经发出或正在发送，不再重发。\n"


def test_the_outbox_shows_no_address(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    duban(world, "outbox", "list")
    shown = capsys.readouterr().out
    assert "c***@d***" in shown and "commerce@district.example" not in shown
    assert "【已写成文件】" in shown


def test_a_mail_server_that_cannot_be_used_is_exit_4_and_the_mail_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(tmp_path, smtp_host="localhost", smtp_port=1, smtp_security="none")
    world.start()
    publish(world.settings)
    world.execute("update outbox set next_attempt_at = null")
    for name, value in (("SMTP_HOST", "localhost"), ("SMTP_PORT", "1"), ("SMTP_SECURITY", "none")):
        monkeypatch.setenv(f"DUBAN_{name}", value)
    assert duban(world, "outbox", "send") == 4
    assert capsys.readouterr().err == (
        "无法连接邮件服务器 localhost:1（Connection refused）。邮件仍在发件箱，稍后用 duban outbox send 重发。\n"
    )
    duban(world, "alerts", "list")
    assert "【未送达】2024-03-28 commerce" in capsys.readouterr().out


def test_a_dead_letter_reaches_the_operator_by_name_once(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.start()
    world.execute("update outbox set state = 'dead', last_error = '550 <收件人> unknown'")
    for day in (as_of(4, 20), as_of(4, 21)):
        world.judged(day, "on_schedule", 3)
        world.tell(day)
    assert world.recipients(as_of(4, 20)) == ["operator"] and world.recipients(as_of(4, 21)) == []
    mail = world.mail(as_of(4, 20), "operator")
    assert mail["Subject"] == "[督办] 大渡口 2024-03：1 封邮件未送达"
    assert_both_say(
        mail,
        "区商务委《[督办] 大渡口 2024-02：首次运行汇总，无滞后项目》：550 <收件人> unknown",
        "duban outbox retry",
    )


def test_a_dead_letter_that_went_out_after_all_is_settled_and_told_again_only_when_it_dies_again(
    tmp_path: Path,
) -> None:
    world = World(tmp_path)
    world.start()
    letter = "recipient = 'commerce@district.example'"
    kinds = []
    for day, state in ((20, "dead"), (21, "sent"), (22, "dead"), (22, "sent"), (22, "dead"), (23, "dead")):
        world.execute(
            f"update outbox set state = '{state}' where notification_id in"
            f" (select notification_id from notification where {letter})"
        )
        world.judged(as_of(4, day), "on_schedule", 3)
        world.tell(as_of(4, day))
        kinds.append(world.kinds(as_of(4, day)))
    twice = ["settled", "undeliverable"]
    assert kinds == [["undeliverable"], ["settled"], ["undeliverable"], twice, twice, ["undeliverable"]]


def test_days_without_a_scheduled_run_reach_the_operator(tmp_path: Path) -> None:
    from dataclasses import replace
    from datetime import datetime

    from flows import heartbeat
    from flows.alert import alert
    from models.run import TIME_ZONE, RunContext

    world = World(tmp_path)
    world.start(as_of(4, 1))
    now = datetime(2024, 4, 1, 9, tzinfo=TIME_ZONE)
    heartbeat.beat(world.settings, RunContext(as_of(4, 1), now, scheduled_for=as_of(4, 1)), now=now)
    world.judged(as_of(4, 4), "on_schedule", 2)
    alert(world.settings, replace(world._prepare(as_of(4, 4)), scheduled_for=as_of(4, 4)))
    assert world.kinds(as_of(4, 4)) == ["run_missed"]
    assert_both_say(
        world.mail(as_of(4, 4), "operator"), "2024-04-02 – 2024-04-03", "请检查 duban serve 是否一直在运行。"
    )
