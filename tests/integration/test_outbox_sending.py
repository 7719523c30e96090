"""Sending against a real mail server that misbehaves in every way it can."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from datetime import date, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from flows import warehouse
from flows.alert import outbox
from flows.alert.outbox import FILE, MAIL, Message
from flows.alert.send import Round, Sent, send, send_and_log
from flows.errors import ConfigurationError
from flows.settings import Settings
from models.run import TIME_ZONE, RunContext
from tests.mail_server import PASSWORD, USER, Behaviour, mail_server, plainly, write_certificate

NOON = datetime(2024, 11, 28, 12, tzinfo=TIME_ZONE)
AS_OF = date(2024, 11, 28)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(raw=tmp_path / "raw", var=tmp_path / "var", reference=tmp_path / "books")
    warehouse.prepare(made, RunContext(AS_OF, NOON))
    return made


def put(settings: Settings, *numbers: int, channel: str = MAIL) -> None:
    messages = [
        Message(
            f"n{number}", f"<n{number}@duban.example>", AS_OF, channel, "500104", "commerce",
            f"office{number}@district.example", "zh", f"第{number}封", 1,
            f"Message-ID: <n{number}@duban.example>\r\nTo: office{number}@district.example\r\nSubject: {number}\r\n\r\nbody\r\n",
        )
        for number in numbers
    ]  # fmt: skip
    with warehouse.connect(settings) as connection, warehouse.transaction(connection):
        outbox.put(connection, messages)


def send_at(settings: Settings, moment: datetime = NOON) -> Sent:
    return send(Round(settings, clock=lambda: moment, pause=lambda seconds: None))


def states(settings: Settings) -> dict[str, tuple[str, int]]:
    with warehouse.connect(settings) as connection:
        found = connection.execute(
            "select notification_id, state, attempts from outbox order by 1"
        ).fetchall()
    return {notification_id: (state, attempts) for notification_id, state, attempts in found}


def log(settings: Settings) -> list[tuple[str, int, str, str | None]]:
    with warehouse.connect(settings) as connection:
        return connection.execute(
            "select message_id, number, outcome, text from sending order by notification_id, number"
        ).fetchall()


def ids(behaviour: Behaviour) -> list[str]:
    return [str(message_from_bytes(envelope.content)["Message-ID"]) for envelope in behaviour.kept]


def test_starttls_and_login_deliver_each_message_to_its_recipient(settings: Settings, tmp_path: Path) -> None:
    put(settings, 1, 2)
    behaviour, certificate = Behaviour(), write_certificate(tmp_path)
    secret = tmp_path / "password"
    secret.write_text(PASSWORD + "\n", encoding="utf-8")
    secret.chmod(0o600)
    with mail_server(behaviour, certificate, login=True) as port:
        done = send_at(
            plainly(
                settings,
                port,
                smtp_security="starttls",
                smtp_ca_file=certificate,
                smtp_user=USER,
                smtp_password_file=secret,
            )
        )
    assert (done.sent, done.failed, done.trouble) == (2, 0, "")
    assert behaviour.recipients == ["office1@district.example", "office2@district.example"]
    assert states(settings) == {"n1": ("sent", 1), "n2": ("sent", 1)}


def test_a_certificate_that_nobody_vouches_for_stops_sending_before_the_password_is_told(
    settings: Settings, tmp_path: Path
) -> None:
    put(settings, 1, 2)
    behaviour = Behaviour()
    with mail_server(behaviour, write_certificate(tmp_path), login=True) as port:
        done = send_at(
            plainly(settings, port, smtp_security="starttls", smtp_user=USER, smtp_password=PASSWORD)
        )
    assert "证书不可信" in done.trouble and PASSWORD not in done.trouble
    assert behaviour.kept == []
    assert states(settings) == {"n1": ("waiting", 1), "n2": ("waiting", 0)}


def test_a_line_encrypted_from_the_start_is_trusted_only_by_its_certificate(
    settings: Settings, tmp_path: Path
) -> None:
    put(settings, 1)
    behaviour, certificate = Behaviour(), write_certificate(tmp_path)
    with mail_server(behaviour, certificate, from_the_start=True) as port:
        refused = send_at(plainly(settings, port, smtp_security="tls"))
        assert "证书不可信" in refused.trouble and states(settings) == {"n1": ("waiting", 1)}
        trusted = plainly(settings, port, smtp_security="tls", smtp_ca_file=certificate)
        send_at(trusted, NOON + timedelta(minutes=5))
    assert ids(behaviour) == ["<n1@duban.example>"]


def test_a_certificate_for_another_host_is_not_trusted(settings: Settings, tmp_path: Path) -> None:
    put(settings, 1)
    other = write_certificate(tmp_path, "elsewhere.example")
    with mail_server(Behaviour(), other) as port:
        done = send_at(plainly(settings, port, smtp_security="starttls", smtp_ca_file=other))
    assert "证书不可信" in done.trouble


def test_a_server_without_starttls_gets_nothing_in_the_clear(settings: Settings) -> None:
    put(settings, 1)
    behaviour = Behaviour()
    with mail_server(behaviour) as port:
        done = send_at(plainly(settings, port, smtp_security="starttls"))
    assert (
        done.trouble == f"邮件服务器 localhost:{port} 不支持 STARTTLS，未以明文发送。请核对 smtp_security。"
    )
    assert behaviour.kept == []


@pytest.mark.parametrize(("hangs_up", "words"), [(False, "拒绝登录（535）"), (True, "登录时断开连接")])
def test_a_wrong_password_is_said_and_never_shown(
    settings: Settings, tmp_path: Path, hangs_up: bool, words: str
) -> None:
    put(settings, 1)
    certificate = write_certificate(tmp_path)
    with mail_server(Behaviour(hang_up_on_login=hangs_up), certificate, login=True) as port:
        done = send_at(
            plainly(
                settings,
                port,
                smtp_security="starttls",
                smtp_ca_file=certificate,
                smtp_user=USER,
                smtp_password="falsch",
            )
        )
    assert words in done.trouble
    assert "falsch" not in done.trouble + str(log(settings))
    assert states(settings) == {"n1": ("waiting", 1)}


def test_an_unreachable_server_keeps_every_message_and_never_kills_one(settings: Settings) -> None:
    put(settings, 1)
    nowhere = plainly(settings, 1)
    moment = NOON
    for attempt in range(1, 13):
        done = send_at(nowhere, moment)
        assert "无法连接邮件服务器 localhost:1" in done.trouble
        assert states(settings) == {"n1": ("waiting", attempt)}
        moment += timedelta(hours=13)


def test_a_refused_sender_kills_no_message(settings: Settings) -> None:
    put(settings, 1, 2)
    with mail_server(Behaviour(to_sender="550 not your domain")) as port:
        done = send_at(plainly(settings, port))
    assert done.trouble == "发件地址被拒（550 not your domain）。请核对 mail_from。"
    assert states(settings) == {"n1": ("waiting", 1), "n2": ("waiting", 0)}


def test_a_refused_recipient_is_a_dead_letter_and_the_others_are_sent(settings: Settings) -> None:
    put(settings, 1, 2, 3)
    behaviour = Behaviour(refuse={"office2@district.example": "550 <office2@district.example> unknown user"})
    with mail_server(behaviour) as port:
        done = send_at(plainly(settings, port))
    assert (done.sent, done.dead) == (2, 1)
    assert states(settings) == {"n1": ("sent", 1), "n2": ("dead", 1), "n3": ("sent", 1)}
    assert log(settings)[1] == ("<n2@duban.example>", 1, "refused", "550 <收件人> unknown user")


def test_a_recipient_deferred_by_4xx_is_tried_again_later_and_not_before(settings: Settings) -> None:
    put(settings, 1)
    behaviour = Behaviour(refuse={"office1@district.example": "450 try later"})
    with mail_server(behaviour) as port:
        mine = plainly(settings, port)
        assert send_at(mine).failed == 1
        behaviour.refuse.clear()
        assert send_at(mine, NOON + timedelta(minutes=4, seconds=59)).sent == 0
        assert send_at(mine, NOON + timedelta(minutes=5)).sent == 1
    assert [row[2] for row in log(settings)] == ["deferred", "sent"]


@pytest.mark.parametrize(
    ("answer", "state"),
    [("451 busy", "waiting"), ("452 quota", "waiting"), ("552 too big", "dead"), ("554 spam", "dead")],
)
def test_the_answer_to_the_message_itself_decides_between_later_and_never(
    settings: Settings, answer: str, state: str
) -> None:
    put(settings, 1)
    with mail_server(Behaviour(answer=answer)) as port:
        send_at(plainly(settings, port))
    assert states(settings) == {"n1": (state, 1)}


def test_a_message_deferred_too_often_becomes_a_dead_letter(settings: Settings) -> None:
    put(settings, 1)
    moment = NOON
    with mail_server(Behaviour(answer="451 busy")) as port:
        for _ in range(12):
            send_at(plainly(settings, port), moment)
            moment += timedelta(hours=13)
    assert states(settings) == {"n1": ("dead", 8)}


def test_a_line_cut_after_the_message_repeats_it_under_the_same_id_and_says_so(settings: Settings) -> None:
    put(settings, 1, 2)
    behaviour = Behaviour(cut_after_data=1)
    with mail_server(behaviour) as port:
        mine = plainly(settings, port)
        first = Round(mine, clock=lambda: NOON, pause=lambda seconds: None)
        send_and_log(first, RunContext(AS_OF, NOON))
        send_at(mine, NOON + timedelta(minutes=5))
    assert Counter(ids(behaviour)) == {"<n1@duban.example>": 2, "<n2@duban.example>": 1}
    (logged,) = (settings.var / "log").glob("*.jsonl")
    assert "再发时用同一 Message-ID <n1@duban.example>" in logged.read_text(encoding="utf-8")
    assert [(row[0], row[2]) for row in log(settings)] == [
        ("<n1@duban.example>", "uncertain"), ("<n1@duban.example>", "sent"), ("<n2@duban.example>", "sent"),
    ]  # fmt: skip


def test_a_line_cut_before_the_message_defers_it_and_the_next_gets_a_new_line(settings: Settings) -> None:
    put(settings, 1, 2)
    behaviour = Behaviour(cut_at_mail=1)
    with mail_server(behaviour) as port:
        send_at(plainly(settings, port))
    assert ids(behaviour) == ["<n2@duban.example>"]
    assert log(settings)[0][2] == "deferred"


def test_a_server_that_does_not_answer_is_left_after_the_timeout(settings: Settings) -> None:
    put(settings, 1)
    with mail_server(Behaviour(hang_seconds=2.5)) as port:
        send_at(plainly(settings, port, smtp_timeout_seconds=1))
    assert log(settings) == [("<n1@duban.example>", 1, "uncertain", "连接中断（超时）")]


def test_a_server_that_stays_silent_is_left_after_three_lines_and_the_rest_wait(settings: Settings) -> None:
    put(settings, 1, 2, 3, 4, 5)
    with mail_server(Behaviour(hang_seconds=1.5)) as port:
        done = send_at(plainly(settings, port, smtp_timeout_seconds=1))
    assert done.trouble.startswith("邮件服务器连续 3 次中断，其余邮件稍后再发。")
    assert sorted(states(settings).values()) == [("waiting", 0)] * 2 + [("waiting", 1)] * 3


def test_lines_lost_now_and_then_stop_nothing(settings: Settings) -> None:
    put(settings, 1, 2, 3, 4)
    behaviour = Behaviour(cut_at_mail=2)
    with mail_server(behaviour) as port:
        done = send_at(plainly(settings, port))
    assert (done.sent, done.failed, done.trouble) == (2, 2, "")


def test_two_senders_at_once_send_each_message_once(settings: Settings) -> None:
    put(settings, *range(12))
    behaviour = Behaviour(hang_seconds=0.02)
    code = (
        "import sys; from pathlib import Path; from flows.settings import Settings; from flows import outbox_command;"
        "from flows.alert.send import Round, send; from flows.alert.held import held;"
        "s = Settings(raw=Path('.'), var=Path(sys.argv[1]), reference=Path('.'), smtp_host='localhost',"
        " smtp_port=int(sys.argv[2]), smtp_security='none', mails_per_minute=0);"
        "print(send(Round(s, hold=lambda: held(s, 'test'))).sent)"
    )
    with mail_server(behaviour) as port:
        command = [sys.executable, "-c", code, str(settings.var), str(port)]
        senders = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
        counts = [int(sender.communicate(timeout=120)[0]) for sender in senders]
    assert sum(counts) == 12
    assert Counter(ids(behaviour)) == {f"<n{number}@duban.example>": 1 for number in range(12)}


def test_a_claim_of_a_dead_process_is_freed_and_the_repetition_is_on_record(settings: Settings) -> None:
    put(settings, 1)
    with warehouse.connect(settings) as connection, warehouse.transaction(connection):
        assert outbox.claim(connection, MAIL, NOON)
        connection.execute("update outbox set claimed_by = claimed_by || '0'")  # another process, long gone
    behaviour = Behaviour()
    with mail_server(behaviour) as port:
        mine = Round(plainly(settings, port), clock=lambda: NOON)
        done = send_and_log(mine, RunContext(AS_OF, NOON))
    assert done.repeated == ["<n1@duban.example>"]
    (logged,) = (settings.var / "log").glob("*.jsonl")
    assert json.loads(logged.read_text(encoding="utf-8"))["message_id"] == "<n1@duban.example>"
    assert [row[:3] for row in log(settings)] == [
        ("<n1@duban.example>", 1, "interrupted"), ("<n1@duban.example>", 2, "sent"),
    ]  # fmt: skip


def test_a_claim_of_a_living_process_is_left_alone(settings: Settings) -> None:
    put(settings, 1)
    with warehouse.connect(settings) as connection, warehouse.transaction(connection):
        assert outbox.claim(connection, MAIL, NOON)
    behaviour = Behaviour()
    with mail_server(behaviour) as port:
        assert send_at(plainly(settings, port)).sent == 0
    assert behaviour.kept == []


def test_a_message_can_be_claimed_only_once(settings: Settings) -> None:
    put(settings, 1)
    with warehouse.connect(settings) as connection, warehouse.transaction(connection):
        assert outbox.claim(connection, MAIL, NOON) is not None
        assert outbox.claim(connection, MAIL, NOON) is None


def test_the_rate_limit_pauses_after_every_message(settings: Settings) -> None:
    put(settings, 1, 2, 3)
    pauses: list[float] = []
    with mail_server(Behaviour()) as port:
        mine = plainly(settings, port, mails_per_minute=30)
        send(Round(mine, clock=lambda: NOON, pause=pauses.append))
    assert pauses == [2.0, 2.0, 2.0]


def test_retry_makes_a_dead_letter_due_and_leaves_what_was_sent(settings: Settings) -> None:
    put(settings, 1, 2)
    behaviour = Behaviour(refuse={"office1@district.example": "550 no"})
    with mail_server(behaviour) as port:
        mine = plainly(settings, port)
        send_at(mine)
        behaviour.refuse.clear()
        with warehouse.connect(settings) as connection, warehouse.transaction(connection):
            assert outbox.retry(connection, None) == 1
            assert outbox.retry(connection, "n2") == 0
        assert send_at(mine).sent == 1
    assert Counter(ids(behaviour)) == {"<n1@duban.example>": 1, "<n2@duban.example>": 1}


def test_without_a_server_mail_waits_and_files_are_written(settings: Settings) -> None:
    put(settings, 1)
    put(settings, 2, channel=FILE)
    assert send_at(settings).sent == 1
    assert states(settings) == {"n1": ("waiting", 0), "n2": ("sent", 1)}
    file = settings.var / "outbox" / "2024-11-28" / "commerce-n2.eml"
    assert file.read_bytes().startswith(b"Message-ID: <n2@duban.example>\r\n")


@pytest.mark.parametrize("office", ["../../etc/cron.d/x", "a/b\\c", "区商务委", "", "x" * 300, "a\nb"])
def test_file_names_are_safe_whatever_the_book_holds(settings: Settings, office: str) -> None:
    from dataclasses import replace

    from flows.alert.send import eml_path

    message = Message("abc", "<abc@x>", AS_OF, FILE, "500104", office, "a@b.c", "zh", "s", 1, "")
    path = eml_path(settings, replace(message, office=office))
    assert path.parent == settings.var / "outbox" / "2024-11-28"
    assert path.name.endswith("-abc.eml") and len(path.name) < 80
    assert path.name.isascii() and path.name.isprintable() and "/" not in path.name and ".." not in path.name


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_password_file_that_others_can_read_is_refused(
    settings: Settings, tmp_path: Path, mode: int
) -> None:
    put(settings, 1)
    secret = tmp_path / "password"
    secret.write_text(PASSWORD, encoding="utf-8")
    secret.chmod(mode)
    certificate = write_certificate(tmp_path)
    with (
        mail_server(Behaviour(), certificate, login=True) as port,
        pytest.raises(ConfigurationError) as caught,
    ):
        send_at(
            plainly(
                settings,
                port,
                smtp_security="starttls",
                smtp_ca_file=certificate,
                smtp_user=USER,
                smtp_password_file=secret,
            )
        )
    assert (
        str(caught.value) == f"密码文件 {secret} 可被他人读取（权限 {mode:04o}）。请执行 chmod 600 {secret}。"
    )
    assert PASSWORD not in str(caught.value)


def test_mail_settings_that_cannot_work_do_not_stop_a_run(settings: Settings) -> None:
    put(settings, 1)
    mine = plainly(settings, 1, smtp_user="u", smtp_password_file=settings.var / "none")
    done = send_and_log(Round(mine, clock=lambda: NOON), RunContext(AS_OF, NOON))
    assert done.trouble.startswith("密码文件 ") and (done.sent, done.failed) == (0, 0)
    assert states(settings) == {"n1": ("waiting", 0)}


def test_a_password_file_that_is_missing_is_named(settings: Settings, tmp_path: Path) -> None:
    from flows.alert.smtp import password_file_problem

    missing = tmp_path / "none"
    assert password_file_problem(missing) == (
        f"密码文件 {missing} 无法读取（没有这个文件或文件夹）。请检查 smtp_password_file。"
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"smtp_user": "u", "smtp_password": "密码"},
            "邮件密码含有非 ASCII 字符，登录协议不支持。请在邮件服务器改用授权码或 ASCII 密码。",
        ),
        ({"mail_from": "a@b.c\r\nBcc: x@y.z"}, "设置 mail_from 的值“a@b.c Bcc: x@y.z”不是邮箱地址。请更正。"),
        ({"mail_from": "duban"}, "设置 mail_from 的值“duban”不是邮箱地址。请更正。"),
        ({"smtp_security": "ssl"}, "设置 smtp_security 的值“ssl”不对。可用的有：starttls、tls、none。"),
    ],
)
def test_settings_that_cannot_work_are_said_before_anything_is_claimed(
    settings: Settings, changes: dict[str, object], message: str
) -> None:
    put(settings, 1)
    with pytest.raises(ConfigurationError) as caught:
        send_at(plainly(settings, 1, **changes))
    assert str(caught.value) == message
    assert states(settings) == {"n1": ("waiting", 0)}
