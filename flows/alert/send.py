"""Sending: claim, send, record, message by message; repeatable, and safe to run twice at once."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from smtplib import SMTP
from typing import TYPE_CHECKING

from flows import warehouse
from flows.alert import outbox, smtp
from flows.alert.outbox import FILE, MAIL, Claim, Message
from flows.errors import ConfigurationError
from flows.journal import Journal
from flows.report import files
from flows.settings import Settings
from models.message import say
from models.run import TIME_ZONE, RunContext
from models.sending import Outcome, Result, SendState

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LINES_LOST = 3  # so many broken lines in a row are the server's trouble, not a message's
Clock = Callable[[], datetime]


def real_clock() -> datetime:
    return datetime.now(TIME_ZONE)


@dataclass
class Sent:
    """What one round of sending did."""

    sent: int = 0
    failed: int = 0
    dead: int = 0
    repeated: list[str] = field(default_factory=list)  # Message-IDs that are sent again after a process died
    uncertain: list[str] = field(default_factory=list)  # Message-IDs handed over without an answer
    trouble: str = ""  # why the server could not be used
    lost_in_a_row: int = 0  # lines that broke or went silent, one after another


@dataclass(frozen=True)
class Round:
    """How to send: with which settings, clock and pause, and how to hold the warehouse for a moment.

    Inside a run the warehouse is held already; `duban outbox send` takes it for each claim and record, so
    that a slow mail server keeps nobody waiting.
    """

    settings: Settings
    hold: Callable[[], AbstractContextManager[None]] = nullcontext
    clock: Clock = real_clock
    pause: Callable[[float], None] = time.sleep


def send(round_: Round) -> Sent:
    """Write the `.eml` files and send the mails that are due."""
    done = Sent()
    with round_.hold(), warehouse.posted(round_.settings) as connection:
        with warehouse.transaction(connection):
            done.repeated = outbox.recover(connection, round_.clock())
        with warehouse.transaction(connection):
            _write_files(connection, round_, done)
    if round_.settings.smtp_host:
        _send_mails(round_, done)
    return done


def send_and_log(round_: Round, context: RunContext) -> Sent:
    """Send, and write to the log which messages may arrive twice.

    Mail settings that cannot work are trouble to be told, not a reason to stop: the messages wait, and the
    figures must be published all the same.
    """
    try:
        done = send(round_)
    except ConfigurationError as error:
        done = Sent(trouble=error.message)
    journal = Journal(round_.settings.var / "log", context)
    for message_id in done.repeated:
        text = say("上次发送中断，结果不明，以同一 Message-ID 重发 {message_id}", message_id=message_id)
        journal.fact("alert", text, message_id=message_id)
    for message_id in done.uncertain:
        text = say("邮件已交出而没有回音，再发时用同一 Message-ID {message_id}", message_id=message_id)
        journal.fact("alert", text, message_id=message_id)
    return done


def _write_files(connection: DuckDBPyConnection, round_: Round, done: Sent) -> None:
    """All `.eml` files, then one commit: writing the same file again changes nothing."""
    now = round_.clock()
    while claim := outbox.claim(connection, FILE, now):
        files.write(eml_path(round_.settings, claim.message), claim.message.body.encode("ascii"))
        outbox.record(connection, claim, Result(Outcome.SENT), now)
        done.sent += 1


def eml_path(settings: Settings, message: Message) -> Path:
    """`outbox/<as of>/<office>-<id>.eml`, whatever characters the book of offices holds."""
    office = re.sub(r"[^a-z0-9_-]+", "_", message.office.lower())[:60].strip("_") or "office"
    return settings.var / "outbox" / f"{message.as_of}" / f"{office}-{message.notification_id}.eml"


def _send_mails(round_: Round, done: Sent) -> None:
    smtp.check(round_.settings)
    claim = _record_and_claim(round_, done, None, None)
    while claim:
        waiting = claim  # until there is a connection, this is the message that waits for it
        try:
            with smtp.connected(round_.settings) as server:
                claim = _send_batch(round_, done, server, claim)
        except smtp.Unavailable as error:
            done.trouble = error.message
            _record(round_, done, waiting, Result(Outcome.UNAVAILABLE, error.message))
            break


def _send_batch(round_: Round, done: Sent, server: SMTP, claim: Claim | None) -> Claim | None:
    for _ in range(smtp.MAILS_PER_CONNECTION):
        if claim is None:
            break
        result = smtp.hand_over(server, round_.settings, claim.message)
        is_lost = server.sock is None
        done.lost_in_a_row = done.lost_in_a_row + 1 if is_lost else 0
        if result.outcome == Outcome.UNCERTAIN:
            done.uncertain.append(claim.message.message_id)
        if round_.settings.mails_per_minute > 0:
            round_.pause(60 / round_.settings.mails_per_minute)
        done.trouble = _why_stop(result, done.lost_in_a_row)
        if done.trouble:
            _record(round_, done, claim, result)
            return None
        claim = _record_and_claim(round_, done, claim, result)
        if is_lost:
            break  # the next message gets a new connection
    return claim


def _why_stop(result: Result, lost_in_a_row: int) -> str:
    """Why no further message is tried now; empty to go on. A server gone silent must not hold up the run."""
    if result.stops_batch:
        return say("{text}。请核对 mail_from。", text=result.text)
    if lost_in_a_row >= LINES_LOST:
        return say("邮件服务器连续 {times} 次中断，其余邮件稍后再发。", times=lost_in_a_row)
    return ""


def _record(round_: Round, done: Sent, claim: Claim, result: Result) -> None:
    with round_.hold(), warehouse.posted(round_.settings) as connection, warehouse.transaction(connection):
        _count(done, outbox.record(connection, claim, result, round_.clock()))


def _record_and_claim(round_: Round, done: Sent, claim: Claim | None, result: Result | None) -> Claim | None:
    """Record one message and claim the next, in one transaction and one moment of holding the warehouse."""
    with round_.hold(), warehouse.posted(round_.settings) as connection, warehouse.transaction(connection):
        now = round_.clock()
        if claim and result:
            _count(done, outbox.record(connection, claim, result, now))
        return outbox.claim(connection, MAIL, now)


def _count(done: Sent, state: SendState) -> None:
    done.sent += state == SendState.SENT
    done.failed += state != SendState.SENT
    done.dead += state == SendState.DEAD
