"""The paragraphs of a mail about targets: what changed for one, and the table of what stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from flows.alert.desk import OUTLOOKS, STATUSES, Desk, status_chip
from flows.alert.facts import Standing
from flows.alert.figure_words import figure_text, figure_unit, gap_text, outlook_text, required_text
from flows.alert.letter import Block, Chip, Entry, Line, Step, plain
from flows.alert.recipients import Telling
from flows.alert.transitions import state_of
from flows.report.palette import CELL_COLOURS, MARKS
from models import notation
from models.addressee import Part
from models.alert import AlertKind
from models.explained_schedule import schedule
from models.explanation import history, verdict
from models.words import section_word, word

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
        lines=tuple(_lines(desk, standing, tellings)),
        course=_course(desk, standing),
        course_label=desk.say("mail.course"),
        bar=_width(standing.severity),
        ask=_ask(desk, standing, tellings),
    )


def _kind_chip(desk: Desk, kind: AlertKind, status: str) -> Chip:
    """What changed, in the colour of the status; a poor outlook warns whatever the status is now."""
    warns = kind == AlertKind.OUTLOOK_UNLIKELY
    ink, fill = CELL_COLOURS["slightly_behind" if warns else status]
    return Chip(desk.say(f"kind.{kind}"), "！" if warns else MARKS[status], ink, fill)


def _lines(desk: Desk, standing: Standing, tellings: Sequence[Telling]) -> Iterator[Line]:
    language, s = desk.language, standing
    yield Line(desk.say("mail.target"), _printed(desk, s))
    yield Line(desk.say("mail.actual"), _actual(desk, s))
    if s.expected is not None and s.kind in ("total", "level"):
        yield Line(desk.say("mail.expected"), notation.quantity(s.expected, figure_unit(s, language), 2))
    if s.completion is not None:
        yield Line(desk.say("mail.completion"), f"{notation.number(s.completion, 1)}%")
    if (s.gap is not None or s.gap_points is not None) and not (s.kind == "stage" and not s.gap):
        yield Line(desk.say("mail.gap"), gap_text(s, language))
    if s.severity > 0:
        yield Line(desk.say("mail.table_severity"), notation.number(s.severity, 1))
    if required := required_text(desk, s):
        yield Line(desk.say("mail.required"), required)
    if s.status not in ("achieved", "missed"):
        yield Line(desk.say("mail.outlook"), outlook_text(desk, s))
    yield Line(desk.say("mail.since"), _since(desk, s, tellings))
    if why := _why(desk, s):
        yield Line(desk.say("mail.why"), why)
    yield Line(desk.say("mail.source"), _source(desk, s))
    yield from _about_people(desk, s, tellings)


def _printed(desk: Desk, standing: Standing) -> str:
    section = section_word(standing.section, desk.language)
    place = desk.say("mail.place", section=section, paragraph=standing.paragraph or "—")
    return desk.say("mail.printed", printed=plain(standing.printed), place=place)


def _actual(desk: Desk, standing: Standing) -> str:
    if standing.actual is None:
        return desk.say("mail.no_actual")
    return desk.say(
        "mail.actual_value",
        stretch=notation.stretch(standing.period_end, standing.basis, desk.language),
        value=figure_text(desk, standing),
        finality=word(f"finality.{standing.finality}", desk.language) if standing.finality else "",
        provenance=word(f"provenance.{standing.provenance}", desk.language) if standing.provenance else "",
    )


def _since(desk: Desk, standing: Standing, tellings: Sequence[Telling]) -> str:
    text = desk.say(
        "mail.since_value",
        status=STATUSES[standing.status].word(desk.language),
        since=notation.month(standing.status_since, desk.language),
        n=standing.periods_in_status or 1,
    )
    before = tellings[0].transition.status_before
    if before and before != standing.status:
        text += desk.say("mail.was", status=STATUSES[before].word(desk.language))
    if missing := desk.facts.missing.get(standing.target_id):
        periods = desk.say("mail.list").join(notation.month(m.period_end, desk.language) for m in missing)
        text += desk.say("mail.comma") + desk.say("mail.data_late", periods=periods)
    return text


def _why(desk: Desk, standing: Standing) -> str:
    """The steps of the explanation that the other lines do not tell: schedule, rule, what changed."""
    row = desk.facts.judged[standing.target_id]
    steps = (step(row, desk.language) for step in (schedule, verdict, history))
    return plain(" ".join(text for text in steps if text))


def _source(desk: Desk, standing: Standing) -> str:
    rules = plain(standing.rule_set) or "—"
    if not standing.source_file:
        return desk.say("mail.rules_only", rules=rules)
    sheet = desk.say("mail.source_sheet", sheet=plain(standing.source_sheet)) if standing.source_sheet else ""
    file, row = plain(standing.source_file), standing.source_row
    return desk.say("mail.source_value", file=file, sheet=sheet, row=row, rules=rules)


def _about_people(desk: Desk, standing: Standing, tellings: Sequence[Telling]) -> Iterator[Line]:
    if any(t.part != Part.OWNER for t in tellings):
        yield Line(desk.say("mail.owner"), desk.office_name(standing.region, standing.responsible_office))
    if promise := desk.facts.acknowledgements.get(standing.target_id):
        text = desk.say(
            "mail.measures_value",
            measures=plain(promise.measures_taken),
            author=plain(promise.author),
            due=notation.day(promise.due_on, desk.language),
        )
        yield Line(desk.say("mail.measures"), text)
    silence = desk.facts.silences.get(standing.target_id)
    if silence and silence.holds(desk.facts.as_of):
        until = notation.day(silence.ends_on, desk.language)
        reason, author = plain(silence.reason), plain(silence.author)
        text = desk.say("mail.silence_value", reason=reason, author=author, until=until)
        yield Line(desk.say("mail.silence"), text)


def _course(desk: Desk, standing: Standing) -> tuple[Step, ...]:
    language = desk.language
    return tuple(
        Step(notation.stretch(end, "month", language), status_chip(status, language))
        for end, status in desk.facts.course.get(standing.target_id, ())
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
    language = desk.language
    since = desk.say(
        "mail.since_short",
        since=notation.month(standing.status_since, language),
        n=standing.periods_in_status or 1,
    )
    state = state_of(desk.facts, standing.target_id, desk.derived.lives[standing.target_id])
    cells = {
        "mail.table_value": plain(standing.printed),
        "mail.table_actual": _short_actual(desk, standing),
        "mail.table_gap": gap_text(standing, language)
        if standing.gap_points is not None
        else notation.MISSING,
        "mail.table_severity": notation.number(standing.severity, 1),
        "mail.table_since": since if standing.status_since else notation.MISSING,
        "mail.table_outlook": OUTLOOKS[standing.outlook].word(language),
        "mail.table_state": desk.say(f"state.{state}") if state and state != "resolved" else notation.MISSING,
    }
    lines = tuple(Line(desk.say(key), text) for key, text in cells.items())
    return Entry(name, status_chip(standing.status, language), lines, _width(standing.severity))


def _short_actual(desk: Desk, standing: Standing) -> str:
    if standing.actual is None:
        return notation.MISSING
    stretch = notation.stretch(standing.period_end, standing.basis, desk.language)
    return f"{stretch} {figure_text(desk, standing)}"


def _width(severity: Decimal) -> int:
    return min(100, int(max(severity, Decimal(0)) / BAR_FULL * 100))
