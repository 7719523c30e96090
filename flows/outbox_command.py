"""`duban outbox`: list the messages, send what is due, make a dead or delayed one due again."""

from __future__ import annotations

import argparse
import json
from contextlib import AbstractContextManager
from datetime import datetime

from flows import warehouse
from flows.alert.held import held
from flows.errors import MailError, NotFoundError, UsageError
from flows.settings import Settings
from models.message import say
from models.run import TIME_ZONE, begin
from models.words_alert import say as word
from sql import query


def list_messages(settings: Settings, arguments: argparse.Namespace) -> int:
    """Every message with where its sending stands, from the published copy: no lock, no addresses."""
    with warehouse.read_published(settings) as connection:
        result = connection.execute(query("alert/posted"))
        names = [column[0] for column in result.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    if arguments.json:
        print(json.dumps(rows, ensure_ascii=False, default=str))
        return 0
    for row in rows:
        has_news = row["attempts"] > 1 or row["state"] != "sent"
        tries = word("command.tries", settings.lang, n=row["attempts"]) if has_news else ""
        name = "filed" if row["channel"] == "file" and row["state"] == "sent" else row["state"]
        state = word(f"message.{name}", settings.lang)
        print(word("command.message", settings.lang, **(row | {"state": state, "tries": tries})))
    if not rows:
        print(word("command.outbox_empty", settings.lang))
    return 0


def send(settings: Settings, arguments: argparse.Namespace) -> int:
    """Send what is due; exit 4 when the mail server could not be used."""
    from flows.alert.send import Round, send_and_log

    context = begin(None, now=datetime.now(TIME_ZONE))
    done = send_and_log(Round(settings, hold=lambda: _hold(settings)), context)
    _publish(settings)
    print(word("command.sent", settings.lang, sent=done.sent, failed=done.failed, dead=done.dead))
    if done.trouble:
        raise MailError(say("{trouble}邮件仍在发件箱，稍后用 duban outbox send 重发。", trouble=done.trouble))
    return 0


def retry(settings: Settings, arguments: argparse.Namespace) -> int:
    """Make one message, or every dead or delayed one, due at once, and send."""
    from flows.alert import outbox

    with _hold(settings), warehouse.posted(settings) as connection:
        known = {row[0] for row in connection.execute("select notification_id from notification").fetchall()}
        wanted = arguments.notification_id
        if wanted is not None and wanted not in known:
            raise NotFoundError(
                say("没有邮件 {wanted}。请用 duban outbox list 查看邮件编号。", wanted=wanted)
            )
        with warehouse.transaction(connection):
            count = outbox.retry(connection, wanted)
    if wanted is not None and not count:
        raise UsageError(say("邮件 {wanted} 已经发出或正在发送，不再重发。", wanted=wanted))
    print(word("command.queued", settings.lang, n=count))
    return send(settings, arguments)


def _hold(settings: Settings) -> AbstractContextManager[None]:
    return held(settings, "duban outbox")


def _publish(settings: Settings) -> None:
    from flows.publish import publish

    with _hold(settings):
        publish(settings)
