"""What the doctor looks at: books, owners, mail, schedule, disk, lock. Nothing is written or sent."""

from __future__ import annotations

import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from flows import checks, heartbeat, warehouse
from flows.alert import smtp
from flows.alert.letter import plain
from flows.books import Books
from flows.books import load as load_books
from flows.errors import DubanError, LockedError
from flows.settings import Settings, unknown_variables
from models.addressee import is_address
from models.message import joined, say
from models.office import Office

FREE_MEGABYTES = 500  # below this a run may not find room for a new published copy
NOT_MEANT_TO_ARRIVE = (".invalid", ".example", ".test", ".localhost")  # reserved by RFC 2606


class Health(StrEnum):
    """How a check ended; only `bad` makes the command fail."""

    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, and what to do about it."""

    health: Health
    text: str


Check = Callable[[Settings, datetime], Iterable[Finding]]


def examine(settings: Settings, now: datetime) -> Iterator[Finding]:
    """All checks, in the order in which a run would need what they look at."""
    for check in CHECKS:
        try:
            yield from check(settings, now)
        except DubanError as error:
            yield Finding(Health.BAD, error.message)


def _environment(settings: Settings, now: datetime) -> Iterator[Finding]:
    if unheard := unknown_variables(os.environ):
        yield Finding(Health.WARNING, unheard)


def _books(settings: Settings, now: datetime) -> Iterator[Finding]:
    books = load_books(settings.reference).as_of(now.date())
    counts = say(
        "目标 {targets} 个，指标 {indicators} 个，单位 {offices} 个",
        targets=len(books.targets),
        indicators=len(books.indicators),
        offices=len(books.offices),
    )
    yield Finding(
        Health.GOOD, say("基础台账 {reference} 可读：{counts}。", reference=settings.reference, counts=counts)
    )
    yield from _owners(books)
    yield from _roles(books)
    yield from _reserved(settings, books)


def _owners(books: Books) -> Iterator[Finding]:
    """Every target needs an owner that mail can reach."""
    offices = {(office.region, office.office_id): office for office in books.offices}
    unreachable: dict[str, list[str]] = defaultdict(list)
    for target in books.targets:
        owner = offices.get((target.region, target.responsible_office))
        if owner is None or not _addresses(owner):
            unreachable[plain(owner.name) if owner else target.responsible_office].append(target.target_id)
    for name, targets in sorted(unreachable.items()):
        shown = joined("、", targets[:3])
        if len(targets) > 3:
            shown = say("{shown} 等 {targets} 个", shown=shown, targets=len(targets))
        yield Finding(
            Health.BAD,
            say(
                "责任单位 {name} 没有可用邮箱，目标 {shown} 的提醒只能送督查员。请在 offices.csv 补登 emails。",
                name=name,
                shown=shown,
            ),
        )
    if not unreachable:
        yield Finding(Health.GOOD, say("每个目标的责任单位都有邮箱。"))


def _addresses(office: Office) -> list[str]:
    return [email for email in office.emails if is_address(email)]


def _roles(books: Books) -> Iterator[Finding]:
    for office in books.offices:
        wrong = [plain(email) for email in office.emails if not is_address(email)]
        if wrong:
            yield Finding(
                Health.BAD,
                say(
                    "单位 {name} 的邮箱“{wrong}”不是有效地址。请在 offices.csv 改正。",
                    name=plain(office.name),
                    wrong=joined("、", wrong),
                ),
            )
    if not any("operator" in office.role and _addresses(office) for office in books.offices):
        yield Finding(
            Health.BAD,
            say("没有可联系的督查员（role 为 operator）：送不到的邮件无人知晓。请在 offices.csv 登记。"),
        )


def _reserved(settings: Settings, books: Books) -> Iterator[Finding]:
    """Addresses of the reserved domains reach nobody; that matters only where mail is really sent."""
    domains = {email.rpartition("@")[2] for office in books.offices for email in _addresses(office)}
    reserved = sorted(domain for domain in domains if f".{domain}".endswith(NOT_MEANT_TO_ARRIVE))
    if reserved:
        health = Health.BAD if settings.smtp_host else Health.WARNING
        yield Finding(
            health,
            say(
                "邮箱域名 {reserved} 是保留的示例域名，邮件不会送达。正式使用前请更换 offices.csv。",
                reserved=joined("、", reserved),
            ),
        )


def _mail(settings: Settings, now: datetime) -> Iterator[Finding]:
    if not settings.smtp_host:
        yield Finding(
            Health.WARNING, say("没有设置 smtp_host：邮件写成文件，在 {var}。", var=settings.var / "outbox")
        )
        return
    smtp.check(settings)
    if settings.smtp_security == "none":
        yield Finding(
            Health.WARNING, say("smtp_security = none：邮件和密码以明文传输。建议改为 starttls 或 tls。")
        )
    if settings.origins.get("smtp_password", "").endswith(".toml"):
        yield Finding(
            Health.WARNING,
            say("邮件密码写在配置文件里。建议改用环境变量 DUBAN_SMTP_PASSWORD 或 smtp_password_file。"),
        )
    try:
        with smtp.connected(settings):
            yield Finding(
                Health.GOOD,
                say(
                    "邮件服务器 {smtp_host}:{smtp_port} 可连接、可登录。",
                    smtp_host=settings.smtp_host,
                    smtp_port=settings.smtp_port,
                ),
            )
    except smtp.Unavailable as error:
        yield Finding(Health.BAD, error.message)


def _outbox(settings: Settings, now: datetime) -> Iterator[Finding]:
    if not settings.published.exists():
        yield Finding(Health.WARNING, say("还没有运行过。请先运行 duban run（或 make run）。"))
        return
    with warehouse.read_published(settings) as connection:
        counts = dict(
            connection.execute("select state, count(*) from notification group by state").fetchall()
        )
    dead, waiting = counts.get("dead", 0), counts.get("waiting", 0) + counts.get("claimed", 0)
    if dead:
        yield Finding(
            Health.BAD,
            say(
                "{dead} 封邮件未能送达。请用 duban alerts list 查看，更正邮箱后用 duban outbox retry 重发。",
                dead=dead,
            ),
        )
    if waiting:
        yield Finding(
            Health.WARNING,
            say("{waiting} 封邮件待发。下次运行会再发，也可用 duban outbox send 立即发送。", waiting=waiting),
        )
    if not dead and not waiting:
        yield Finding(Health.GOOD, say("发件箱没有积压。"))


def _contents(settings: Settings, now: datetime) -> Iterator[Finding]:
    """The checks that publishing makes, over the copy that analysts read."""
    if not settings.published.exists():
        return
    with warehouse.read_published(settings) as connection:
        broken = checks.failures(connection)
    for failure in broken:
        yield Finding(
            Health.WARNING,
            say("发布的数据库不符合检查 {failure}。请核对台账，或用 duban rebuild 重建。", failure=failure),
        )
    if not broken:
        yield Finding(Health.GOOD, say("发布的数据库通过全部检查。"))


def _schedule(settings: Settings, now: datetime) -> Iterator[Finding]:
    beat = heartbeat.read(settings)
    if beat is None:
        damaged = heartbeat.path(settings).exists()
        text = say("心跳文件损坏") if damaged else say("没有心跳文件")
        yield Finding(
            Health.WARNING,
            say(
                "{text} {path}：还没有完成过一次 duban run（重演不计）。",
                text=text,
                path=heartbeat.path(settings),
            ),
        )
        return
    finished = beat.finished_at.astimezone(now.tzinfo)
    yield Finding(
        Health.GOOD,
        say(
            "最近一次运行截至 {as_of}，于 {finished:%Y-%m-%d %H:%M} 结束。",
            as_of=beat.as_of,
            finished=finished,
        ),
    )
    if beat.scheduled_for is None:
        yield Finding(Health.WARNING, say("还没有定时运行过。需要每日自动运行的，请启动 duban serve。"))
    if missed := heartbeat.overdue_days(beat, now):
        days = (
            f"{missed[0]}" if len(missed) == 1 else say("{first} 至 {last}", first=missed[0], last=missed[-1])
        )
        yield Finding(
            Health.BAD, say("{days} 的定时运行没有发生。请检查 duban serve 是否在运行。", days=days)
        )


def _disk(settings: Settings, now: datetime) -> Iterator[Finding]:
    folder = _existing(settings.var)
    free = shutil.disk_usage(folder).free // 1_000_000
    if free < FREE_MEGABYTES:
        yield Finding(
            Health.BAD,
            say(
                "{folder} 所在磁盘只剩 {free} MB。请清理后再运行，至少留出 {free_megabytes} MB。",
                folder=folder,
                free=free,
                free_megabytes=FREE_MEGABYTES,
            ),
        )
    else:
        yield Finding(Health.GOOD, say("{folder} 所在磁盘可用 {free} MB。", folder=folder, free=free))
    if not settings.raw.is_dir():
        yield Finding(Health.BAD, say("找不到报送目录 {raw}。请检查 --raw。", raw=settings.raw))


def _existing(folder: Path) -> Path:
    folder = folder.absolute()
    while not folder.exists():
        folder = folder.parent
    return folder


def _lock(settings: Settings, now: datetime) -> Iterator[Finding]:
    lock = settings.var / "warehouse.lock"
    if not lock.exists():
        return
    try:
        with warehouse.locked(settings, purpose="duban doctor"):
            warehouse.look_into(settings)
            yield Finding(Health.GOOD, say("仓库未被占用。"))
    except LockedError as error:
        yield Finding(Health.WARNING, error.message)


CHECKS: tuple[Check, ...] = (_environment, _books, _mail, _outbox, _contents, _schedule, _disk, _lock)
