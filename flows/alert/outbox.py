"""The outbox: messages written once; claimed, sent and recorded each by a committed row.

Every function here works on an open connection, in a transaction of its caller, and is done in
milliseconds: no transaction is open while a mail server is talked to.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.message import say
from models.run import TIME_ZONE
from models.sending import CLAIM_HOLDS, Outcome, Result, SendState, after

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

FILE, MAIL = "file", "smtp"


@dataclass(frozen=True)
class Message:
    """One message as it stands in the outbox."""

    notification_id: str
    message_id: str
    as_of: date
    channel: str
    region: str
    office: str
    recipient: str
    language: str
    subject: str
    alert_count: int
    body: str
    alert_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Claim:
    """A message that this process may send now, and which attempt it is."""

    message: Message
    number: int


def put(connection: DuckDBPyConnection, messages: Sequence[Message]) -> int:
    """Write new messages, waiting; one that is already there is left as it is. Returns how many are new."""
    known = {row[0] for row in connection.execute("select notification_id from notification").fetchall()}
    new = [message for message in messages if message.notification_id not in known]
    for m in new:
        connection.execute(
            "insert into notification (notification_id, message_id, as_of, channel, region, office, recipient,"
            " language, subject, alert_count, body) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                m.notification_id, m.message_id, m.as_of, m.channel, m.region, m.office, m.recipient, m.language,
                m.subject, m.alert_count, m.body,
            ],
        )  # fmt: skip
        connection.execute(
            "insert into outbox (notification_id, state, attempts) values (?, ?, 0)",
            [m.notification_id, SendState.WAITING],
        )
        for alert_id in m.alert_ids:
            connection.execute("insert into notification_alert values (?, ?)", [m.notification_id, alert_id])
    return len(new)


def recover(connection: DuckDBPyConnection, now: datetime) -> list[str]:
    """Free the claims of processes that died; returns the Message-IDs, which may reach their reader twice."""
    found = connection.execute(
        "select notification_id, message_id, claimed_by, claimed_at, attempts"
        " from outbox join notification using (notification_id) where state = 'claimed' order by notification_id"
    ).fetchall()
    freed = []
    for notification_id, message_id, claimed_by, claimed_at, attempts in found:
        if is_alive(claimed_by, claimed_at, now):
            continue
        _finish(
            connection,
            notification_id,
            attempts,
            now,
            Result(Outcome.INTERRUPTED, say("进程中断，结果不明，将以同一 Message-ID 重发")),
        )
        connection.execute(
            "update outbox set state = 'waiting', next_attempt_at = null where notification_id = ? and state = 'claimed'",
            [notification_id],
        )
        freed.append(message_id)
    return freed


def claim(connection: DuckDBPyConnection, channel: str, now: datetime) -> Claim | None:
    """Claim the oldest message that is due, by a conditional update; None when there is none."""
    due = connection.execute(
        "select notification_id from outbox join notification using (notification_id)"
        " where channel = ? and state = 'waiting' and (next_attempt_at is null or next_attempt_at <= ?)"
        " order by as_of, attempts, notification_id limit 1",
        [channel, _local(now)],
    ).fetchall()
    return _claim(connection, due[0][0], now) if due else None


def _claim(connection: DuckDBPyConnection, notification_id: str, now: datetime) -> Claim | None:
    changed = connection.execute(
        "update outbox set state = 'claimed', claimed_by = ?, claimed_at = ?, attempts = attempts + 1"
        " where notification_id = ? and state = 'waiting'",
        [whoami(), _local(now), notification_id],
    ).fetchall()
    if changed[0][0] != 1:
        return None  # another sender was first
    message = read(connection, notification_id)
    attempts = connection.execute(
        "select attempts from outbox where notification_id = ?", [notification_id]
    ).fetchall()[0][0]
    connection.execute(
        "insert into sending (notification_id, message_id, number, started_at) values (?, ?, ?, ?)",
        [notification_id, message.message_id, attempts, _local(now)],
    )
    return Claim(message, attempts)


def read(connection: DuckDBPyConnection, notification_id: str) -> Message:
    row = connection.execute(
        "select notification_id, message_id, as_of, channel, region, office, recipient, language, subject,"
        " alert_count, body from notification where notification_id = ?",
        [notification_id],
    ).fetchall()[0]
    return Message(*row)


def record(connection: DuckDBPyConnection, claim: Claim, result: Result, now: datetime) -> SendState:
    """Write down how the attempt ended, and when the next one may be."""
    standing = after(result.outcome, claim.number)
    next_at = _local(now + standing.wait) if standing.wait else None
    sent_at = _local(now) if standing.state == SendState.SENT and claim.message.channel == MAIL else None
    connection.execute(
        "update outbox set state = ?, next_attempt_at = ?, sent_at = ?, last_error = ?, claimed_by = null"
        " where notification_id = ? and state = 'claimed'",
        [standing.state, next_at, sent_at, result.text or None, claim.message.notification_id],
    )
    _finish(connection, claim.message.notification_id, claim.number, now, result)
    return standing.state


def _finish(
    connection: DuckDBPyConnection, notification_id: str, number: int, now: datetime, result: Result
) -> None:
    connection.execute(
        "update sending set finished_at = ?, outcome = ?, text = ?"
        " where notification_id = ? and number = ? and outcome is null",
        [_local(now), result.outcome, result.text or None, notification_id, number],
    )


def retry(connection: DuckDBPyConnection, notification_id: str | None) -> int:
    """Make a dead or delayed message due for one more attempt at once; all of them for None."""
    changed: list[tuple[Any, ...]] = connection.execute(
        "update outbox set state = 'waiting', next_attempt_at = null"
        " where (state = 'dead' or (state = 'waiting' and attempts > 0))"
        " and notification_id = coalesce(?, notification_id)",
        [notification_id],
    ).fetchall()
    return int(changed[0][0])


def dead_letters(connection: DuckDBPyConnection) -> list[tuple[Message, str]]:
    """Every dead letter with the last error, oldest first."""
    found = connection.execute(
        "select notification_id, last_error from outbox join notification using (notification_id)"
        " where state = 'dead' order by as_of, notification_id"
    ).fetchall()
    return [(read(connection, notification_id), error or "") for notification_id, error in found]


def whoami() -> str:
    """This process, so that another can tell whether it still lives."""
    return f"{socket.gethostname()}:{os.getpid()}:{_birth(os.getpid())}"


def is_alive(claimed_by: str | None, claimed_at: datetime | None, now: datetime) -> bool:
    """Whether the claiming process still runs; on another machine a claim holds for a while."""
    host, _, rest = (claimed_by or "").partition(":")
    pid, _, birth = rest.partition(":")
    if host == socket.gethostname() and pid.isdigit():
        return _birth(int(pid)) == birth != ""
    held_since = claimed_at or datetime.min
    return timedelta(0) <= _local(now) - held_since < CLAIM_HOLDS


def _birth(pid: int) -> str:
    """When the process started, in clock ticks since boot; empty when there is no such process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def _local(moment: datetime) -> datetime:
    return moment.astimezone(TIME_ZONE).replace(tzinfo=None)
