"""Every as-of date whose alerts are not derived yet, in order, each in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from flows import heartbeat, warehouse
from flows.alert import message, outbox
from flows.alert.compose import Office, Written, newest_month, write_letters
from flows.alert.data_blocks import Particulars
from flows.alert.facts import Facts, Problem, Restatement
from flows.alert.letter import plain
from flows.alert.outbox import FILE, MAIL, Message
from flows.alert.read_facts import read_facts, rows
from flows.alert.recipients import read_directory, route
from flows.alert.smtp import check_sender
from flows.alert.transitions import Transition, derive, of_system
from flows.settings import Settings
from models.addressee import Directory
from models.message import joined, say
from models.run import RunContext
from sql import query

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DIGEST_DAY = 28  # of every month; a digest whose day saw no run goes out with the next one


@dataclass(frozen=True)
class WrittenDown:
    """How much was written to the warehouse."""

    transitions: int
    messages: int


@dataclass(frozen=True)
class Pass:
    """One as-of date with its assessments, named by their hash."""

    as_of: date
    evidence: str
    mode: str
    is_derived: bool


def derive_all(settings: Settings, context: RunContext) -> WrittenDown:
    """Derive what is due; the run's own date always, since deliveries may have changed without it."""
    check_sender(settings)
    transitions = messages = 0
    with warehouse.connect(settings) as connection:
        passes = rows(connection, Pass, query("alert/pass"))
        for item in passes:
            if item.as_of > context.as_of or (item.is_derived and item.as_of != context.as_of):
                continue
            with warehouse.transaction(connection):
                done = _derive(connection, settings, context, item)
            transitions, messages = transitions + done.transitions, messages + done.messages
    return WrittenDown(transitions, messages)


def _derive(
    connection: DuckDBPyConnection, settings: Settings, context: RunContext, item: Pass
) -> WrittenDown:
    newest = connection.execute("select max(as_of) from alert_pass").fetchall()[0][0]
    done = WrittenDown(0, 0)
    is_past = newest is not None and item.as_of < newest
    if not is_past:  # the past is judged anew, but not told anew
        done = _tell(connection, settings, context, item, is_repeated=item.as_of == newest)
    if not item.is_derived:
        connection.execute(
            "insert into alert_pass (as_of, evidence, outcome, run_id, recorded_at) values (?, ?, ?, ?, ?)",
            [
                item.as_of,
                item.evidence,
                "past" if is_past else "told",
                context.run_id,
                context.started_at.replace(tzinfo=None),
            ],
        )
    return done


def _tell(
    connection: DuckDBPyConnection,
    settings: Settings,
    context: RunContext,
    item: Pass,
    *,
    is_repeated: bool,
) -> WrittenDown:
    facts = read_facts(connection, item.as_of)
    derived = derive(facts, repeat_periods=settings.repeat_periods)
    system = _of_system(connection, settings, context, facts) if item.as_of == context.as_of else []
    derived = replace(derived, transitions=(*derived.transitions, *system))
    directory = read_directory(connection)
    tellings = route(facts, derived, directory)
    desk = Office(
        facts,
        derived,
        directory,
        _particulars(connection, facts),
        _region_names(connection),
        settings.allowed_domains,
        settings.repeat_periods,
        link=settings.report_link,
        is_digest=not is_repeated and is_digest_due(facts.passes, item.as_of),
        is_repeated=is_repeated,
    )
    letters = write_letters(desk, tellings)
    _keep(connection, derived.transitions, context)
    channel = FILE if item.mode == "replay" or context.mode == "replay" or not settings.smtp_host else MAIL
    mails = [_mail(settings, facts, letter, channel) for letter in letters]
    return WrittenDown(len(derived.transitions), outbox.put(connection, mails))


def _of_system(
    connection: DuckDBPyConnection, settings: Settings, context: RunContext, facts: Facts
) -> list[Transition]:
    """Dead letters and missed days, for the operator; a letter to an operator that died is not told to one."""
    directory = read_directory(connection)
    operators = {office.office_id for office in directory.operators("")}
    dead = [
        (letter.notification_id, _said_of(directory, letter, error))
        for letter, error in outbox.dead_letters(connection)
        if not operators & set(letter.office.split("|"))
    ]
    last = heartbeat.read(settings)
    is_scheduled = context.scheduled_for is not None and last is not None
    missed = heartbeat.missed_days(last.scheduled_for, context.as_of) if is_scheduled and last else ()
    return of_system(facts.as_of, dead, missed, facts)


def _said_of(directory: Directory, letter: Message, error: str) -> str:
    """Which offices did not get which letter, by the names that people know, and why."""
    offices = [
        (office_id, directory.find(letter.region, office_id)) for office_id in letter.office.split("|")
    ]
    names = joined("、", [office.name if office else office_id for office_id, office in offices])
    return say("{offices}《{subject}》：{error}", offices=names, subject=letter.subject, error=plain(error))


def is_digest_due(passes: Sequence[date], as_of: date) -> bool:
    """Whether a digest day lies after the run before and not after this one; the clock plays no part."""
    if not passes:
        return False
    this_month = as_of.replace(day=DIGEST_DAY)
    last_month = (
        this_month.replace(year=as_of.year - 1, month=12)
        if as_of.month == 1
        else this_month.replace(month=as_of.month - 1)
    )
    return any(passes[-1] < day <= as_of for day in (last_month, this_month))


def _particulars(connection: DuckDBPyConnection, facts: Facts) -> Particulars:
    problems: dict[str, list[Problem]] = defaultdict(list)
    for problem in rows(connection, Problem, query("alert/problem"), facts.as_of):
        problems[problem.delivery_id].append(problem)
    changes: dict[str, list[Restatement]] = defaultdict(list)
    for change in rows(connection, Restatement, query("alert/restatement"), facts.as_of):
        changes[change.delivery_id].append(change)
    return Particulars(problems, changes)


def _region_names(connection: DuckDBPyConnection) -> dict[str, tuple[str, str]]:
    found = connection.execute("select region, short_name, name_en, name from book_region").fetchall()
    return {region: (short or name, english or name) for region, short, english, name in found}


def _keep(connection: DuckDBPyConnection, transitions: Sequence[Transition], context: RunContext) -> None:
    for t in transitions:
        connection.execute(
            "insert into alert (alert_id, subject_kind, subject_id, region, alert_kind, alert_state, as_of, period_end,"
            " status_before, status_after, severity, reason, evidence, run_id)"
            " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                t.alert_id, t.subject_kind, t.subject_id, t.region or None, t.kind, t.state, t.as_of, t.period_end,
                t.status_before or None, t.status_after or None, t.severity, t.reason or None, t.evidence or None,
                context.run_id,
            ],
        )  # fmt: skip


def _mail(settings: Settings, facts: Facts, written: Written, channel: str) -> Message:
    envelope = written.envelope
    workbook = _workbook(settings, facts, written) if envelope.wants_workbook and written.may_attach else None
    content = message.build(written, mail_from=settings.mail_from, as_of=facts.as_of, workbook=workbook)
    return Message(
        written.notification_id,
        message.message_id(written, settings.mail_from),
        facts.as_of,
        channel,
        envelope.region,
        "|".join(office.office_id for office in envelope.offices),
        envelope.address,
        envelope.language,
        written.letter.subject,
        len(written.alert_ids),
        content.decode("ascii"),
        written.alert_ids,
    )


def _workbook(settings: Settings, facts: Facts, written: Written) -> tuple[str, bytes] | None:
    """The region's variance workbook of the month, when the report stage wrote one."""
    region = written.envelope.region
    month = f"{newest_month(facts, region):%Y-%m}"
    path: Path = settings.var / "reports" / region / month / "variance.xlsx"
    return (f"variance-{region}-{month}.xlsx", path.read_bytes()) if path.is_file() else None
