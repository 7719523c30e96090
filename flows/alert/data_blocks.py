"""The paragraphs of a mail about data: feeds that are late, deliveries refused, quarantined or restating."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flows.alert.desk import Desk
from flows.alert.facts import DeliveryNews, Problem, Restatement
from flows.alert.letter import Block, Chip, Line, plain
from flows.alert.recipients import Telling
from flows.alert.transitions import late_feeds
from models import notation
from models.addressee import Part
from models.alert import AlertKind
from models.lateness import days_late
from models.words import unit_word

PLACES_LISTED = 8
_TROUBLE = ("#8F1C15", "#FBE0DE")
_CALM = ("#123F8C", "#DCE8FB")


@dataclass(frozen=True)
class Particulars:
    """What is listed under deliveries, by delivery."""

    problems: Mapping[str, Sequence[Problem]]
    restatements: Mapping[str, Sequence[Restatement]]


def data_block(desk: Desk, tellings: Sequence[Telling], particulars: Particulars) -> Block:
    """One feed, one delivery, or one matter of the system itself."""
    if tellings[0].transition.subject_kind in ("notification", "run"):
        return _system_block(desk, tellings)
    if tellings[0].transition.subject_kind == "feed":
        return _feed_block(desk, tellings)
    return _delivery_block(desk, tellings, particulars)


def _system_block(desk: Desk, tellings: Sequence[Telling]) -> Block:
    transition = tellings[0].transition
    key = "mail.ask_undeliverable" if transition.kind == AlertKind.UNDELIVERABLE else "mail.ask_run_missed"
    return Block(transition.reason, _chips(desk, tellings), ask=Line(desk.say("mail.ask"), desk.say(key)))


def _feed_block(desk: Desk, tellings: Sequence[Telling]) -> Block:
    subject_id = tellings[0].transition.subject_id
    feed, targets = next((f, t) for f, t in late_feeds(desk.facts).items() if f.subject_id == subject_id)
    names = dict.fromkeys(desk.target_name(desk.facts.standings[target_id]) for target_id in targets)
    due = notation.day(feed.missing.due_on, desk.language)
    office = desk.office_name(feed.region, feed.office)
    title = desk.say(
        "mail.feed_title", office=office, month=notation.month(feed.missing.period_end, desk.language)
    )
    due_text = desk.say("mail.feed_due_value", due=due, n=days_late(feed.missing, desk.facts.as_of))
    part = tellings[0].part
    key = "mail.ask_leader_late" if part == Part.LEADER else "mail.ask_late"
    ask = desk.say(key, owner=office, operator=desk.operator_name(feed.region))
    if tellings[0].instead_of:
        ask = desk.say("mail.ask_forward", owner=tellings[0].instead_of)
    return Block(
        title,
        _chips(desk, tellings),
        (
            Line(desk.say("mail.feed_due"), due_text),
            Line(desk.say("mail.feed_indicators"), desk.say("mail.list").join(names)),
        ),
        ask=Line(desk.say("mail.ask"), ask),
    )


def _chips(desk: Desk, tellings: Sequence[Telling]) -> tuple[Chip, ...]:
    kinds = dict.fromkeys(t.transition.kind for t in tellings)
    return tuple(
        Chip(desk.say(f"kind.{kind}"), "！" if kind != AlertKind.RESTATED else "↻", *_ink(kind))
        for kind in kinds
    )


def _ink(kind: AlertKind) -> tuple[str, str]:
    return _CALM if kind == AlertKind.RESTATED else _TROUBLE


def _delivery_block(desk: Desk, tellings: Sequence[Telling], particulars: Particulars) -> Block:
    kinds = {t.transition.kind for t in tellings}
    news = next(d for d in desk.facts.deliveries if d.delivery_id == tellings[0].transition.subject_id)
    hides = news.is_unreleased and not desk.sees_unreleased
    lines = list(_counts(desk, news, kinds))
    if hides:
        lines.append(Line(desk.say("mail.problems"), desk.say("mail.unreleased")))
    else:
        is_operator = tellings[0].part == Part.OPERATOR
        problems = particulars.problems.get(news.delivery_id, ())
        lines += _problem_lines(desk, problems, kinds, with_id=is_operator)
        if AlertKind.RESTATED in kinds:
            changes = particulars.restatements.get(news.delivery_id, ())
            lines += _change_lines(desk, [c for c in changes if desk.sees_unreleased or not c.is_unreleased])
    if news.resent_on and kinds - {AlertKind.RESTATED}:
        lines.append(_resent(desk, news.resent_file, news.resent_on))
    ask = _ask(desk, news, kinds, tellings[0].part)
    return Block(plain(news.file), _chips(desk, tellings), tuple(lines), ask=Line(desk.say("mail.ask"), ask))


def _resent(desk: Desk, file: str, day: date) -> Line:
    """What the office has sent since: it may be the correction that is asked for."""
    text = desk.say("mail.resent_value", file=plain(file), received=notation.day(day, desk.language))
    return Line(desk.say("mail.resent"), text)


def _counts(desk: Desk, news: DeliveryNews, kinds: set[AlertKind]) -> Iterator[Line]:
    received = notation.day(news.received, desk.language)
    office = desk.office_name(news.region, news.reporting_office)
    yield Line(desk.say("mail.received"), desk.say("mail.received_value", received=received, office=office))
    counts = (("refused", news.refused), ("quarantined", news.quarantined), ("restated", news.restated))
    for kind, count in counts:
        if AlertKind(kind) in kinds:
            yield Line(desk.say(f"kind.{kind}"), desk.say(f"mail.count_{kind}", n=count))


def _problem_lines(
    desk: Desk, problems: Sequence[Problem], kinds: set[AlertKind], *, with_id: bool
) -> list[Line]:
    """The first problems; the operator also gets the numbers by which they are released or rejected."""
    told = [p for p in problems if AlertKind(p.gravity) in kinds]
    number = "mail.problem_number" if with_id else "mail.problem"
    lines = [
        Line(_place(desk, p), desk.say(number, problem=_problem(desk, p), id=p.rejection_id))
        for p in told[:PLACES_LISTED]
    ]
    if len(told) > PLACES_LISTED:
        more = desk.say("mail.problems_more", n=len(told) - PLACES_LISTED)
        lines.append(Line(desk.say("mail.problems"), more))
    return lines


def _problem(desk: Desk, problem: Problem) -> str:
    message, advice = (
        (problem.message_en, problem.advice_en)
        if desk.language == "en"
        else (problem.message, problem.advice)
    )
    parts = (message, advice if advice and advice not in message else "")
    return plain((" " if desk.language == "en" else "").join(part for part in parts if part))


def _place(desk: Desk, problem: Problem) -> str:
    if not problem.row:
        return desk.say("mail.problem_file")
    sheet = f"{plain(problem.sheet)} " if problem.sheet else ""
    return desk.say("mail.problem_place", sheet=sheet, row=problem.row, column=plain(problem.column)).strip()


def _change_lines(desk: Desk, changes: Sequence[Restatement]) -> list[Line]:
    lines = [Line(desk.say("mail.change"), _change(desk, change)) for change in changes[:PLACES_LISTED]]
    if len(changes) > PLACES_LISTED:
        more = desk.say("mail.problems_more", n=len(changes) - PLACES_LISTED)
        lines.append(Line(desk.say("mail.change"), more))
    return lines


def _change(desk: Desk, change: Restatement) -> str:
    unit = "%" if change.measure == "growth" else unit_word(change.unit, desk.language)
    values = (change.value, change.superseded_by_value)
    old, new = (notation.amount(v, unit, 2, lang=desk.language) for v in values)
    name = plain(change.indicator_name_en if desk.language == "en" else change.indicator_name)
    return desk.say(
        "mail.change_value",
        name=desk.say("mail.growth_of", name=name) if change.measure == "growth" else name,
        year=change.period_end.year,
        stretch=notation.stretch(change.period_end, change.basis, desk.language),
        old=old,
        new=new,
    )


def _ask(desk: Desk, news: DeliveryNews, kinds: set[AlertKind], part: Part) -> str:
    if part == Part.OPERATOR:
        key = "mail.ask_release" if AlertKind.QUARANTINED in kinds else "mail.ask_for_information"
        return desk.say(key)
    asks = [kind for kind in (AlertKind.REFUSED, AlertKind.QUARANTINED, AlertKind.RESTATED) if kind in kinds]
    operator = desk.operator_name(news.region)
    return "".join(desk.say(f"mail.ask_{kind}", operator=operator) for kind in asks)
