"""`duban alerts`: what is firing, silenced or acknowledged; acknowledge, silence, history of one target."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING

from flows import warehouse
from flows.alert.held import held
from flows.alert.letter import plain
from flows.errors import NotFoundError, UsageError
from flows.settings import Settings
from models.alert import AlertKind, AlertState
from models.assessment import Status
from models.delivery import content_id
from models.message import joined, say
from models.notation import number
from models.run import TIME_ZONE
from models.words_alert import kind_word
from models.words_alert import say as word
from sql import query

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_OF_PEOPLE = (AlertKind.ACKNOWLEDGED, AlertKind.SILENCED)
_STATUSES = {str(status): status for status in Status}
_ORDER = [str(state) for state in (
    AlertState.ESCALATED, AlertState.FIRING, AlertState.ACKNOWLEDGED, AlertState.SILENCED, AlertState.PENDING,
)]  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One transition as published."""

    subject_kind: str
    subject_id: str
    region: str | None
    alert_kind: str
    alert_state: str
    as_of: date
    period_end: date | None
    status_before: str | None
    status_after: str | None
    severity: Decimal | None
    reason: str | None
    evidence: str | None
    indicator_name: str | None
    status: str | None
    file: str | None

    @property
    def is_of_people(self) -> bool:
        return self.alert_kind in _OF_PEOPLE

    @property
    def when(self) -> tuple[date, bool]:
        """What a person did on an as-of date comes after what was found on it."""
        return (self.as_of, self.is_of_people)


def list_alerts(settings: Settings, arguments: argparse.Namespace) -> int:
    """Every subject whose alert is open, the most pressing first; and the messages that did not get out."""
    rows = _newest(read_rows(settings))
    opened = [row for row in rows if row.alert_state != AlertState.RESOLVED]
    opened.sort(key=lambda row: (_ORDER.index(row.alert_state), -(row.severity or 0), row.subject_id))
    unsent = _unsent(settings)
    if arguments.json:
        print(
            json.dumps(
                {"alerts": [_plain(row) for row in opened], "unsent": unsent}, ensure_ascii=False, default=str
            )
        )
        return 0
    for row in opened:
        print(_line(row, settings.lang))
    for message in unsent:
        print(word("command.unsent", settings.lang, **message))
    if not opened and not unsent:
        print(word("command.none_open", settings.lang))
    return 0


def history(settings: Settings, arguments: argparse.Namespace) -> int:
    """Every transition of one target, oldest first."""
    rows = [row for row in read_rows(settings) if row.subject_id == arguments.target_id]
    if not rows:
        _require_target(settings, arguments.target_id)
        print(word("command.no_history", settings.lang, target=arguments.target_id))
    for row in sorted(rows, key=lambda row: row.when):
        print(_history_line(row, settings.lang))
    return 0


def read_rows(settings: Settings) -> list[Row]:
    """All transitions of the published copy."""
    with warehouse.read_published(settings) as connection:
        found = connection.execute(query("alert/listed")).fetchall()
    return [Row(*row) for row in found]


def _newest(rows: Iterable[Row]) -> list[Row]:
    """The newest transition of each subject: its state is where the alert stands."""
    newest: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: row.when):
        newest[row.subject_id] = row
    return list(newest.values())


def _unsent(settings: Settings) -> list[dict[str, object]]:
    with warehouse.read_published(settings) as connection:
        result = connection.execute(query("alert/posted"))
        names = [column[0] for column in result.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    return [row for row in rows if row["state"] == "dead" or (row["state"] != "sent" and row["attempts"] > 0)]


def _plain(row: Row) -> dict[str, object]:
    return {field.name: getattr(row, field.name) for field in fields(Row)}


def _line(row: Row, lang: str) -> str:
    name = row.indicator_name or row.file or ""
    parts = [f"【{word(f'state.{row.alert_state}', lang)}】{row.subject_id}", name, _about(row, lang)]
    return " ".join(part for part in parts if part)


def _about(row: Row, lang: str) -> str:
    facts = [kind_word(row.alert_kind, row.status_after, lang)]
    if row.status:
        facts.append(_STATUSES[row.status].word(lang))
    if row.severity:
        facts.append(f"{word('mail.table_severity', lang)} {number(row.severity, 1)}")
    facts.append(str(row.as_of))
    reason = "" if lang == "en" and row.subject_kind == "target" and not row.is_of_people else row.reason
    colon = word("mail.colon", lang)
    return word("mail.comma", lang).join(facts) + (f"{colon}{reason}" if reason else "")


def _history_line(row: Row, lang: str) -> str:
    change = ""
    if row.status_before and row.status_after and row.status_before != row.status_after:
        change = f"{_STATUSES[row.status_before].word(lang)} → {_STATUSES[row.status_after].word(lang)}"
    parts = [
        str(row.as_of),
        kind_word(row.alert_kind, row.status_after, lang),
        change,
        row.reason or "",
        f"[{row.evidence}]" if row.evidence else "",
    ]
    return " ".join(part for part in parts if part)


def acknowledge(settings: Settings, arguments: argparse.Namespace) -> int:
    """Record the measures an office promises and by when; they are shown in mail and report."""
    author, measures = _required("--author", arguments.author), _required("--measures", arguments.measures)
    due = arguments.due
    reason = say("{measures}（{author}，期限 {day}）", measures=measures, author=author, day=due)
    _write(settings, AlertKind.ACKNOWLEDGED, arguments.target_id, (author, measures, due), due, reason)
    print(word("command.acknowledged", settings.lang, target=arguments.target_id, day=due))
    return 0


def silence(settings: Settings, arguments: argparse.Namespace) -> int:
    """Hold back the mails about one target's shortfall until a day; escalation to leaders goes on."""
    author, why = _required("--author", arguments.author), _required("--reason", arguments.reason)
    until = arguments.until
    reason = say("{reason}（{author}，至 {day}）", reason=why, author=author, day=until)
    _write(settings, AlertKind.SILENCED, arguments.target_id, (author, why, until), until, reason)
    print(word("command.silenced", settings.lang, target=arguments.target_id, day=until))
    return 0


_INSERT = {
    AlertKind.ACKNOWLEDGED: "insert into acknowledgement (author, measures_taken, due_on, target_id, starts_on,"
    " recorded_at, acknowledgement_id) values (?, ?, ?, ?, ?, ?, ?)",
    AlertKind.SILENCED: "insert into silence (author, reason, ends_on, target_id, starts_on, recorded_at, silence_id)"
    " values (?, ?, ?, ?, ?, ?, ?)",
}


def _write(
    settings: Settings,
    kind: AlertKind,
    target: str,
    words: tuple[str, str, date],
    last_day: date,
    reason: str,
) -> None:
    """The decision as its own row and as a step in the life of the alert, then published."""
    from flows.publish import publish

    with held(settings, f"duban alerts {target}"):
        with warehouse.connect(settings) as connection:
            day = _first_day(connection, target)
            if last_day < day:
                raise UsageError(
                    say(
                        "日期 {last_day} 早于最近一次运行的截至日 {day}。请填写之后的日期。",
                        last_day=last_day,
                        day=day,
                    )
                )
            key = content_id(kind, target, *words, day)
            with warehouse.transaction(connection):
                connection.execute(_INSERT[kind], [*words, target, day, _now(), key])
                _note(connection, target, kind, day, reason, key)
        publish(settings)


def _required(flag: str, text: str) -> str:
    clean = plain(text)
    if not clean:
        raise UsageError(say("{flag} 不能为空。请填写后再试。", flag=flag))
    return clean


def _first_day(connection: DuckDBPyConnection, target_id: str) -> date:
    """The date of the newest run, from which a decision about the target counts; the target must be known."""
    known = _ids(connection, "select target_id from book_target order by target_id")
    if target_id not in known:
        raise NotFoundError(_unknown(target_id, known))
    newest: date | None = connection.execute("select max(as_of) from alert_pass").fetchall()[0][0]
    return newest or datetime.now(TIME_ZONE).date()


def _ids(connection: DuckDBPyConnection, text: str) -> list[str]:
    return [row[0] for row in connection.execute(text).fetchall()]


def _require_target(settings: Settings, target_id: str) -> None:
    with warehouse.read_published(settings) as connection:
        known = _ids(connection, "select target_id from target order by target_id")
    if target_id not in known:
        raise NotFoundError(_unknown(target_id, known))


def _unknown(target_id: str, known: list[str]) -> str:
    near = get_close_matches(target_id, known, n=3, cutoff=0.5)
    if not near:
        return say("没有目标 {target}。请用 duban status 查看目标编号。", target=target_id)
    return say("没有目标 {target}。相近的有：{near}。", target=target_id, near=joined("、", near))


def _note(
    connection: DuckDBPyConnection, target: str, kind: AlertKind, day: date, reason: str, evidence: str
) -> None:
    """The transition that the decision is in the life of the alert; the newest of a day replaces an earlier one."""
    key = content_id("alert", target, day, kind)
    found = connection.execute(query("alert/state"), {"target_id": target}).fetchall()
    is_open = bool(found) and found[0][0] != AlertState.RESOLVED
    state = AlertState(kind) if is_open else AlertState.RESOLVED
    connection.execute("delete from alert where alert_id = ?", [key])
    connection.execute(
        "insert into alert (alert_id, subject_kind, subject_id, region, alert_kind, alert_state, as_of, reason, evidence,"
        " run_id) select ?, 'target', target_id, region, ?, ?, ?, ?, ?, (select max_by(run_id, started_at) from run)"
        " from book_target where target_id = ?",
        [key, kind, state, day, reason, evidence, target],
    )


def _now() -> datetime:
    return datetime.now(TIME_ZONE).replace(tzinfo=None)
