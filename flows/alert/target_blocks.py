"""The paragraphs of a mail about targets: what changed for one, and the table of what stands."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from flows.alert.desk import OUTLOOKS, Desk, status_chip
from flows.alert.facts import Standing
from flows.alert.figure_words import figure_text, gap_text, is_settled, printed_text
from flows.alert.letter import Block, Chip, Entry, Line, Step
from flows.alert.recipients import Telling
from flows.alert.target_lines import measures_text, target_lines
from flows.alert.transitions import state_of
from flows.report.palette import CELL_COLOURS, MARKS
from models import notation
from models.addressee import Part
from models.alert import AlertKind
from models.explanation import reason
from models.words_alert import kind_word

_WITHOUT_COURSE = ("no_plan", "no_target", "not_due")
BAR_FULL = Decimal(3)  # a severity of three scales fills the bar
_ENDED = (AlertKind.RECOVERED, AlertKind.ACHIEVED, AlertKind.CORRECTED)


def target_block(desk: Desk, tellings: Sequence[Telling]) -> Block:
    """One target with everything that one mail tells of it."""
    standing = desk.facts.standings[tellings[0].transition.subject_id]
    if desk.hides(standing):
        title = desk.say("mail.unreleased_title", name=desk.target_name(standing))
        return Block(title, lines=(Line(desk.say("mail.table_status"), desk.say("mail.unreleased")),))
    kinds = dict.fromkeys(t.transition.kind for t in tellings)
    if len(kinds) > 1:
        kinds.pop(AlertKind.HEADLINE_FIGURE, None)  # what changed says more than that there is a new figure
    return Block(
        title=desk.target_name(standing),
        chips=tuple(_kind_chip(desk, kind, standing.status) for kind in kinds),
        lines=tuple(target_lines(desk, standing, tellings)),
        course=_course(desk, standing),
        course_label=desk.say("mail.course"),
        bar=_width(standing),
        ask=_ask(desk, standing, tellings),
    )


def _kind_chip(desk: Desk, kind: AlertKind, status: str) -> Chip:
    """What changed, in the colour of the status; a poor outlook warns whatever the status is now."""
    warns = kind == AlertKind.OUTLOOK_UNLIKELY
    ink, fill = CELL_COLOURS["slightly_behind" if warns else status]
    return Chip(kind_word(kind, status, desk.language), "！" if warns else MARKS[status], ink, fill)


def _course(desk: Desk, standing: Standing) -> tuple[Step, ...]:
    language = desk.language
    return tuple(
        Step(notation.stretch(period.period_end, "month", language), status_chip(period.status, language))
        for period in desk.facts.course.get(standing.target_id, ())
        if period.status not in _WITHOUT_COURSE
    )


def _ask(desk: Desk, standing: Standing, tellings: Sequence[Telling]) -> Line:
    telling = tellings[0]
    operator, owner = (
        desk.operator_name(standing.region),
        desk.office_name(standing.region, standing.responsible_office),
    )
    if telling.instead_of:
        text = desk.say("mail.ask_forward", owner=telling.instead_of)
    else:
        key = _ask_key(desk, standing, telling.part, {t.transition.kind for t in tellings})
        text = desk.say(key, operator=operator, owner=owner)
    return Line(desk.say("mail.ask"), text)


def _ask_key(desk: Desk, standing: Standing, part: Part, kinds: set[AlertKind]) -> str:
    if kinds & set(_ENDED):
        return "mail.no_ask"
    if part == Part.OWNER:
        return _ask_of_owner(desk, standing, kinds)
    is_short = (
        standing.status in ("behind", "slightly_behind", "missed") or AlertKind.OUTLOOK_UNLIKELY in kinds
    )
    if part == Part.CO_OWNER:
        return "mail.ask_co_owner"
    return "mail.ask_leader" if part == Part.LEADER and is_short else "mail.ask_for_information"


def _ask_of_owner(desk: Desk, standing: Standing, kinds: set[AlertKind]) -> str:
    if AlertKind.MISSED in kinds:
        return "mail.ask_owner_missed"
    if AlertKind.MEASURES_DUE in kinds:
        return "mail.ask_owner_due"
    has_promise = standing.target_id in desk.facts.acknowledgements
    return "mail.ask_owner_measures" if has_promise else "mail.ask_owner"


def target_entry(desk: Desk, standing: Standing) -> Entry:
    """One row of the table of what stands; without numbers where they may not be shown."""
    name = desk.target_name(standing)
    if desk.hides(standing):
        return Entry(desk.say("mail.unreleased_title", name=name), Chip("—"), ())
    lines = (Line(desk.say(key), text) for key, text in _cells(desk, standing).items() if text)
    return Entry(name, status_chip(standing.status, desk.language), tuple(lines), _width(standing))


def _cells(desk: Desk, standing: Standing) -> dict[str, str]:
    state = state_of(desk.facts, standing.target_id, desk.derived.lives[standing.target_id])
    weighs = standing.severity > 0 and not standing.is_between_dates
    return {
        "mail.table_value": printed_text(desk, standing),
        "mail.table_actual": _short_actual(desk, standing),
        "mail.table_gap": gap_text(standing, desk.language) if standing.gap_points is not None else "",
        "mail.table_severity": notation.number(standing.severity, 1) if weighs else "",
        "mail.table_since": _since(desk, standing),
        "mail.table_outlook": OUTLOOKS[standing.outlook].word(desk.language)
        if standing.outlook != "unknown" and not is_settled(standing)
        else "",
        "mail.table_state": desk.say(f"state.{state}") if state and state != "resolved" else "",
        "mail.measures": "" if is_settled(standing) else measures_text(desk, standing),
        "mail.table_note": _note(desk, standing),
    }


def _note(desk: Desk, standing: Standing) -> str:
    """Why a yellow target is not followed up, or why nothing can be said of it."""
    if standing.is_between_dates:
        return desk.say("mail.between_dates")
    return (
        reason(desk.facts.judged[standing.target_id], desk.language) if standing.status == "unknown" else ""
    )


def _since(desk: Desk, standing: Standing) -> str:
    if not standing.status_since or standing.status == "unknown":
        return ""
    since = notation.month(standing.status_since, desk.language)
    if is_settled(standing):
        return since
    return desk.say("mail.since_short", since=since, n=standing.periods_in_status or 1)


def _short_actual(desk: Desk, standing: Standing) -> str:
    if standing.actual is None:
        return ""
    stretch = notation.stretch(standing.period_end, standing.basis, desk.language)
    return f"{stretch} {figure_text(desk, standing)}"


def _width(standing: Standing) -> int:
    if standing.is_between_dates:
        return 0
    return min(100, int(max(standing.severity, Decimal(0)) / BAR_FULL * 100))
