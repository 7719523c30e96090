"""What the doctor finds, each thing with what to do about it."""

from __future__ import annotations

import argparse
import shutil
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from flows import heartbeat, warehouse
from flows.doctor import command, setting_lines
from flows.examinations import Health, examine
from flows.settings import Settings, load
from models.run import TIME_ZONE, RunContext
from tests.mail_server import Behaviour, mail_server, plainly

REFERENCE = Path(__file__).parents[2] / "data" / "reference"
NOW = datetime(2024, 11, 28, 12, tzinfo=TIME_ZONE)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The repository's books with addresses that could exist."""
    reference = tmp_path / "reference"
    shutil.copytree(REFERENCE, reference)
    change(reference, ".invalid", ".gov.cn")
    (tmp_path / "raw").mkdir()
    return Settings(raw=tmp_path / "raw", var=tmp_path / "var", reference=reference)


def change(reference: Path, old: str, new: str) -> None:
    path = reference / "offices.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def found(settings: Settings, health: Health = Health.BAD) -> list[str]:
    return [finding.text for finding in examine(settings, NOW) if finding.health == health]


def test_sound_books_and_settings_have_nothing_bad(settings: Settings) -> None:
    assert found(settings) == []


def test_a_target_whose_owner_cannot_be_reached_is_named(settings: Settings) -> None:
    change(settings.reference, "sports@dadukou.gov.cn", "")
    (text,) = found(settings)
    assert text.startswith("责任单位 区体育局 没有可用邮箱，目标 500104-2024-")
    assert text.endswith("的提醒只能送督查员。请在 offices.csv 补登 emails。")


def test_an_address_that_is_none_is_named(settings: Settings) -> None:
    change(settings.reference, "sports@dadukou.gov.cn", "sports@dadukou.gov.cn|体育局")
    assert found(settings) == ["单位 区体育局 的邮箱“体育局”不是有效地址。请在 offices.csv 改正。"]


def test_without_an_operator_nobody_would_know_of_a_dead_letter(settings: Settings) -> None:
    change(settings.reference, ",operator,", ",leadership,")
    assert found(settings) == [
        "没有可联系的督查员（role 为 operator）：送不到的邮件无人知晓。请在 offices.csv 登记。"
    ]


@pytest.mark.parametrize(("host", "health"), [("", Health.WARNING), ("localhost", Health.BAD)])
def test_example_addresses_matter_once_mail_is_really_sent(
    settings: Settings, host: str, health: Health
) -> None:
    change(settings.reference, ".gov.cn", ".invalid")
    mine = replace(settings, smtp_host=host, smtp_port=1, smtp_security="none")
    assert any("是保留的示例域名，邮件不会送达" in text for text in found(mine, health))


def test_a_mail_server_that_answers_is_said_and_nothing_is_sent(settings: Settings) -> None:
    behaviour = Behaviour()
    with mail_server(behaviour) as port:
        mine = plainly(settings, port)
        assert f"邮件服务器 localhost:{port} 可连接、可登录。" in found(mine, Health.GOOD)
        assert "smtp_security = none：邮件和密码以明文传输。建议改为 starttls 或 tls。" in found(
            mine, Health.WARNING
        )
    assert behaviour.kept == []


def test_a_mail_server_that_does_not_answer_is_bad(settings: Settings) -> None:
    assert found(plainly(settings, 1)) == ["无法连接邮件服务器 localhost:1（Connection refused）。"]


def test_a_password_file_open_to_others_is_bad(settings: Settings, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("geheim", encoding="utf-8")
    secret.chmod(0o644)
    mine = plainly(settings, 1, smtp_user="u", smtp_password_file=secret)
    assert found(mine) == [f"密码文件 {secret} 可被他人读取（权限 0644）。请执行 chmod 600 {secret}。"]


def test_broken_books_are_told_and_the_other_checks_go_on(settings: Settings) -> None:
    (settings.reference / "targets.csv").write_text("nothing\n", encoding="utf-8")
    assert "处问题，请改正后再运行" in found(settings)[0]
    assert any("所在磁盘可用" in text for text in found(settings, Health.GOOD))


def run_for(settings: Settings, day: date, *, scheduled: bool) -> None:
    context = RunContext(day, NOW, scheduled_for=day if scheduled else None)
    heartbeat.beat(settings, context, now=datetime(day.year, day.month, day.day, 8, 40, tzinfo=TIME_ZONE))


@pytest.mark.parametrize(
    ("last", "hour", "missed"),
    [
        (date(2024, 11, 28), 12, []),
        (date(2024, 11, 27), 9, []),
        (date(2024, 11, 27), 10, ["2024-11-28 的定时运行没有发生。请检查 duban serve 是否在运行。"]),
        (
            date(2024, 11, 25),
            9,
            ["2024-11-26 至 2024-11-27 的定时运行没有发生。请检查 duban serve 是否在运行。"],
        ),
    ],
)
def test_scheduled_days_without_a_run_are_named(
    settings: Settings, last: date, hour: int, missed: list[str]
) -> None:
    run_for(settings, last, scheduled=True)
    now = NOW.replace(hour=hour)
    assert [f.text for f in examine(settings, now) if f.health == Health.BAD] == missed


def test_a_run_by_hand_does_not_hide_that_the_schedule_stopped(settings: Settings) -> None:
    run_for(settings, date(2024, 11, 20), scheduled=True)
    run_for(settings, date(2024, 11, 28), scheduled=False)
    assert any("2024-11-21 至 2024-11-28 的定时运行没有发生" in text for text in found(settings))


def test_an_installation_that_never_served_a_schedule_is_only_told_how(settings: Settings) -> None:
    run_for(settings, date(2024, 11, 1), scheduled=False)
    assert found(settings) == []
    assert "还没有定时运行过。需要每日自动运行的，请启动 duban serve。" in found(settings, Health.WARNING)


def test_a_damaged_heartbeat_is_said_and_stops_nothing(settings: Settings) -> None:
    settings.var.mkdir()
    (settings.var / "heartbeat.json").write_text('{"as_of": 1}', encoding="utf-8")
    assert any(text.startswith("心跳文件损坏") for text in found(settings, Health.WARNING))


def test_a_replay_leaves_no_heartbeat(settings: Settings) -> None:
    heartbeat.beat(settings, RunContext(date(2024, 11, 28), NOW, "replay"), now=NOW)
    assert heartbeat.read(settings) is None


@pytest.mark.parametrize(("days", "missed"), [(0, 0), (1, 0), (2, 1), (31, 30)])
def test_the_days_between_two_scheduled_runs_are_counted(days: int, missed: int) -> None:
    last = date(2024, 2, 28)
    assert len(heartbeat.missed_days(last, last + timedelta(days=days))) == missed


def test_who_holds_the_warehouse_is_said(settings: Settings) -> None:
    with warehouse.locked(settings, purpose="duban run --as-of 2024-11-28"):
        assert any("duban run --as-of 2024-11-28" in text for text in found(settings, Health.WARNING))


def test_every_setting_is_shown_with_its_origin_and_no_secret(tmp_path: Path) -> None:
    config = tmp_path / "duban.toml"
    config.write_text('smtp_host = "mail.example"\n', encoding="utf-8")
    settings = load({"lang": "en"}, config=config, environ={"DUBAN_SMTP_PASSWORD": "geheim"})
    lines = list(setting_lines(settings))
    assert f"smtp_host = mail.example  （{config}）" in lines
    assert "smtp_password = 已设置  （DUBAN_*）" in lines
    assert "lang = en  （flag）" in lines
    assert not any("geheim" in line for line in lines)


def test_the_exit_code_tells_a_monitor(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(settings, argparse.Namespace()) == 0
    change(settings.reference, ",operator,", ",leadership,")
    assert command(settings, argparse.Namespace()) == 4
    assert "[错误] 没有可联系的督查员" in capsys.readouterr().out
