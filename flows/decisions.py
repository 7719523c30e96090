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
from models.run import TIME_ZONE
from sql import query

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LISTED = 10  # of what exists, where an id is not known
_DONE = {"accept": "放行", "reject": "驳回", "withdraw": "撤回", "restore": "恢复"}
_NAMES = {"rejection": "隔离编号", "delivery": "报送编号"}
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
    print(f"已{_DONE[decision]} {decided.subject_id}（{decided.label}）。下次运行按此研判：duban run。")
    return 0


def decide(settings: Settings, order: Order, *, now: datetime) -> Subject:
    """Record `order` and publish; what it is about. UsageError when it cannot be carried out."""
    from flows.publish import publish

    author, reason = _said(order.author, "决定人 --author"), _said(order.reason, "理由 --reason")
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
        raise UsageError(f"{what} 不能为空，也不能含控制字符。请写明后再执行。")
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
        raise UsageError(f"{name}“{order.subject}”对应 {len(found)} 条：{_named(found)}。请多写几位。")
    open_to_it = [s for s in subjects if order.subject_kind == "delivery" or s.state == "quarantined"]
    known = f"现有：{_named(open_to_it)}。" if open_to_it else "现在一条也没有。"
    raise NotFoundError(f"没有{name}“{order.subject}”。{known}请用 {listing} 查看。")


def _named(subjects: list[Subject]) -> str:
    names = "、".join(f"{item.subject_id}（{item.label}）" for item in subjects[:LISTED])
    return names if len(subjects) <= LISTED else f"{names} 等 {len(subjects)} 条"


def _refuse_impossible(subject: Subject, order: Order) -> None:
    named = f"{subject.subject_id}（{subject.label}）"
    if order.subject_kind == "rejection" and subject.state != "quarantined":
        word = "拒收" if subject.state == "refused" else "提醒"
        raise UsageError(
            f"{named}是{word}，不是隔离：没有可以{_DONE[order.decision]}的数。请更正文件后重报。"
        )
    if subject.decision == order.decision:
        raise UsageError(
            f"{named}已由 {subject.author} {_DONE[order.decision]}，理由：{subject.reason}。无需再次决定。"
        )
    if order.decision == "restore" and subject.decision != "withdraw":
        raise UsageError(f"{named}没有撤回，无需恢复。")


def _record(connection: DuckDBPyConnection, subject: Subject, order: Order, said: list[object]) -> None:
    key = (order.subject_kind, subject.subject_id, order.decision)
    with warehouse.transaction(connection):
        connection.execute(
            "insert into main.decision (decision_id, subject_kind, subject_id, decision, author, reason, recorded_at)"
            " values (?, ?, ?, ?, ?, ?, ?)",
            [content_id("decision", *key, *said), *key, *said],
        )
