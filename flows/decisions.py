"""What people decide: release or reject a quarantined figure, withdraw or restore a delivery.

A decision is a row with author and reason; the newest about a subject holds, none is ever changed or deleted.
It says nothing about when a figure was received, so it applies to every as-of date and survives a rebuild.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flows import warehouse
from flows.alert.held import held
from flows.errors import NotFoundError, UsageError
from flows.settings import Settings
from models.delivery import content_id
from models.message import in_language, joined, say
from models.run import TIME_ZONE
from sql import query

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LISTED = 10  # of what exists, where an id is not known
_DONE = {"accept": say("放行"), "reject": say("驳回"), "withdraw": say("撤回"), "restore": say("恢复")}
_NAMES = {"rejection": say("隔离编号"), "delivery": say("报送编号")}
_LISTS = {"rejection": "duban quarantine list", "delivery": "duban delivery list"}


@dataclass(frozen=True)
class Order:
    """What a person wants: `subject` is an id or a prefix that only one id has."""

    subject_kind: str  # rejection | delivery
    subject: str
    decision: str  # accept | reject | withdraw | restore
    author: str
    reason: str


@dataclass(frozen=True)
class Subject:
    """A rejection or a delivery with the decision that holds about it."""

    subject_id: str
    label: str
    state: str  # gravity of a rejection, outcome of a delivery
    decision: str | None
    author: str | None
    reason: str | None


def quarantine_accept(settings: Settings, arguments: argparse.Namespace) -> int:
    return _carry_out(settings, "rejection", arguments.rejection_id, "accept", arguments)


def quarantine_reject(settings: Settings, arguments: argparse.Namespace) -> int:
    return _carry_out(settings, "rejection", arguments.rejection_id, "reject", arguments)


def delivery_withdraw(settings: Settings, arguments: argparse.Namespace) -> int:
    return _carry_out(settings, "delivery", arguments.delivery_id, "withdraw", arguments)


def delivery_restore(settings: Settings, arguments: argparse.Namespace) -> int:
    return _carry_out(settings, "delivery", arguments.delivery_id, "restore", arguments)


def quarantine_list(settings: Settings, arguments: argparse.Namespace) -> int:
    from flows.decision_lists import print_quarantine

    return print_quarantine(settings, as_json=arguments.json)


def delivery_list(settings: Settings, arguments: argparse.Namespace) -> int:
    from flows.decision_lists import print_deliveries

    return print_deliveries(settings, as_json=arguments.json)


def _carry_out(
    settings: Settings, kind: str, subject: str, decision: str, arguments: argparse.Namespace
) -> int:
    order = Order(kind, subject, decision, arguments.author, arguments.reason)
    decided = decide(settings, order, now=datetime.now(TIME_ZONE))
    done = say("已{done} {named}。下次运行按此研判：duban run。", done=_DONE[decision], named=_name(decided))
    print(in_language(done, settings.lang))
    return 0


def decide(settings: Settings, order: Order, *, now: datetime) -> Subject:
    """Record `order` and publish; what it is about. UsageError when it cannot be carried out."""
    from flows.publish import publish

    author, reason = _said(order.author, say("决定人 --author")), _said(order.reason, say("理由 --reason"))
    with held(settings, f"duban {order.decision}"):
        with warehouse.connect(settings) as connection:
            subject = _found(_subjects(connection, order.subject_kind), order)
            _refuse_impossible(subject, order)
            _record(connection, subject, order, [author, reason, now.replace(tzinfo=None)])
        publish(settings)
    return subject


def _said(text: str, what: str) -> str:
    """One line of words by a person: line breaks and runs of spaces become one space."""
    line = " ".join(text.split())
    if not line or not line.isprintable():
        raise UsageError(say("{what} 不能为空，也不能含控制字符。请写明后再执行。", what=what))
    return line


def _subjects(connection: DuckDBPyConnection, kind: str) -> list[Subject]:
    rows = connection.execute(query(f"decisions/{kind}_subject")).fetchall()
    return [Subject(*row) for row in rows]


def _found(subjects: list[Subject], order: Order) -> Subject:
    wanted = order.subject.strip().lower()
    found = [item for item in subjects if wanted and item.subject_id.startswith(wanted)]
    exact = [item for item in found if item.subject_id == wanted]
    if len(exact or found) == 1:
        return (exact or found)[0]
    name, listing = _NAMES[order.subject_kind], _LISTS[order.subject_kind]
    if found:
        raise UsageError(
            say(
                "{name}“{subject}”对应 {found} 条：{named}。请多写几位。",
                name=name,
                subject=order.subject,
                found=len(found),
                named=_named(found),
            )
        )
    open_to_it = [s for s in subjects if order.subject_kind == "delivery" or s.state == "quarantined"]
    known = say("现有：{named}。", named=_named(open_to_it)) if open_to_it else say("现在一条也没有。")
    raise NotFoundError(
        say(
            "没有{name}“{subject}”。{known}请用 {listing} 查看。",
            name=name,
            subject=order.subject,
            known=known,
            listing=listing,
        )
    )


def _name(subject: Subject) -> str:
    return say("{subject_id}（{label}）", subject_id=subject.subject_id, label=subject.label)


def _named(subjects: list[Subject]) -> str:
    names = joined("、", (_name(item) for item in subjects[:LISTED]))
    return (
        names
        if len(subjects) <= LISTED
        else say("{names} 等 {subjects} 条", names=names, subjects=len(subjects))
    )


def _refuse_impossible(subject: Subject, order: Order) -> None:
    named = _name(subject)
    if order.subject_kind == "rejection" and subject.state != "quarantined":
        word = say("拒收") if subject.state == "refused" else say("提醒")
        raise UsageError(
            say(
                "{named}是{word}，不是隔离：没有可以{done}的数。请更正文件后重报。",
                named=named,
                word=word,
                done=_DONE[order.decision],
            )
        )
    if subject.decision == order.decision:
        raise UsageError(
            say(
                "{named}已由 {author} {done}，理由：{reason}。无需再次决定。",
                named=named,
                author=subject.author,
                done=_DONE[order.decision],
                reason=subject.reason,
            )
        )
    if order.decision == "restore" and subject.decision != "withdraw":
        raise UsageError(say("{named}没有撤回，无需恢复。", named=named))


def _record(connection: DuckDBPyConnection, subject: Subject, order: Order, said: list[object]) -> None:
    key = (order.subject_kind, subject.subject_id, order.decision)
    with warehouse.transaction(connection):
        connection.execute(
            "insert into main.decision (decision_id, subject_kind, subject_id, decision, author, reason, recorded_at)"
            " values (?, ?, ?, ?, ?, ?, ?)",
            [content_id("decision", *key, *said), *key, *said],
        )
