"""The paragraphs of a mail about targets: what changed for one, and the table of what stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from flows.alert.facts import Facts, Standing
from flows.alert.letter import Block, Chip, Entry, Line, Step, plain
from flows.alert.recipients import Telling
from flows.alert.transitions import Derived, state_of
from flows.report.palette import CELL_COLOURS, MARKS
from models import notation
from models.addressee import Directory, Part
from models.alert import AlertKind
from models.assessment import Outlook, Status
from models.explained_schedule import schedule
from models.explanation import history, verdict
from models.words import section_word, word
from models.words_alert import say

_STATUSES = {str(status): status for status in Status}
_OUTLOOKS = {str(outlook): outlook for outlook in Outlook}
BAR_FULL = Decimal(3)  # a severity of three scales fills the bar
_ENDED = (AlertKind.RECOVERED, AlertKind.ACHIEVED, AlertKind.CORRECTED)


@dataclass(frozen=True)
class Desk:
    """What every paragraph of one mail needs: the facts, the offices, the language."""

    facts: Facts
    derived: Derived
    directory: Directory
    language: str
    sees_unreleased: bool

    def say(self, key: str, **values: object) -> str:
        return say(key, self.language, **values)

    def office_name(self, region: str, office_id: str) -> str:
        office = self.directory.find(region, office_id)
        if office is None:
            return office_id
        return office.name_en if self.language == "en" else office.name

    def operator_name(self, region: str) -> str:
        operators = self.directory.operators(region)
        return self.office_name(operators[0].region, operators[0].office_id) if operators else "duban"

    def target_name(self, standing: Standing) -> str:
        """The indicator, marked as a growth rate where the target is one: the total may have a target too."""
        english = standing.indicator_name_en if self.language == "en" else None
        name = plain(english or standing.indicator_name)
        return self.say("mail.growth_of", name=name) if standing.measure == "growth" else name

    def hides(self, standing: Standing) -> bool:
        """Whether the numbers of this target may not go to this address."""
        return not self.sees_unreleased and is_unreleased(self.facts, standing)


def is_unreleased(facts: Facts, standing: Standing) -> bool:
    """Whether the figure, or the one it is compared with, is not released yet."""
    reference = facts.standings.get(standing.reference_target or "")
    return standing.is_unreleased or (reference is not None and reference.is_unreleased)


def status_chip(status: str, language: str) -> Chip:
    ink, fill = CELL_COLOURS[status]
    return Chip(_STATUSES[status].word(language), MARKS[status], ink, fill)


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
        yield Line(desk.say("mail.expected"), notation.quantity(s.expected, s.unit, 2))
    if s.completion is not None:
        yield Line(desk.say("mail.completion"), f"{notation.number(s.completion, 1)}%")
    if (s.gap is not None or s.gap_points is not None) and not (s.kind == "stage" and not s.gap):
        yield Line(desk.say("mail.gap"), gap_text(s, language))
    if s.severity > 0:
        yield Line(desk.say("mail.table_severity"), notation.number(s.severity, 1))
    if required := _required(desk, s):
        yield Line(desk.say("mail.required"), required)
    if s.status not in ("achieved", "missed"):
        yield Line(desk.say("mail.outlook"), _outlook(desk, s))
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
        value=_figure(desk, standing),
        finality=word(f"finality.{standing.finality}", desk.language) if standing.finality else "",
        provenance=word(f"provenance.{standing.provenance}", desk.language) if standing.provenance else "",
    )


def _figure(desk: Desk, standing: Standing) -> str:
    if standing.kind == "stage":
        key = "mail.stages_reached" if standing.actual else "mail.no_stage_reached"
        return desk.say(key, n=notation.number(standing.actual))
    return notation.quantity(standing.actual, figure_unit(standing), 2, bound=standing.actual_bound)


def figure_unit(standing: Standing) -> str:
    """The unit of the actual: growth is always in %."""
    return "%" if standing.measure == "growth" else standing.unit


def gap_text(standing: Standing, language: str) -> str:
    """The gap in points for rates, in the unit and points for quantities."""
    points = notation.points(standing.gap_points, language)
    if standing.kind in ("growth", "ratio", "relative") or standing.gap is None:
        return points
    if standing.kind == "stage":
        return f"{notation.signed(standing.gap, 0)}{say('mail.days', language)}"
    gap = f"{notation.signed(standing.gap, 2)}{standing.unit}"
    return gap if standing.gap_points is None or standing.kind == "rank" else f"{gap}（{points}）"


def _required(desk: Desk, standing: Standing) -> str:
    parts = []
    if standing.required is not None and standing.required > 0 and standing.kind in ("total", "level"):
        parts.append(
            desk.say("mail.required_total", value=notation.quantity(standing.required, standing.unit, 2))
        )
        if standing.required_per_period is not None:
            each = notation.quantity(_whole(standing, standing.required_per_period), standing.unit, 2)
            parts.append(desk.say("mail.required_each", value=each))
    if standing.required_growth is not None:
        growth = f"{notation.number(standing.required_growth, 1)}%"
        parts.append(desk.say("mail.required_growth", value=growth))
    return desk.say("mail.comma").join(parts)


def _whole(standing: Standing, value: Decimal | None) -> Decimal | None:
    """Counts of people, households and firms are shown whole."""
    is_count = standing.is_whole_number and standing.measure != "growth"
    return value.quantize(Decimal(1), ROUND_HALF_UP) if value is not None and is_count else value


def _outlook(desk: Desk, standing: Standing) -> str:
    parts = [_OUTLOOKS[standing.outlook].word(desk.language)]
    unit = figure_unit(standing)
    if standing.forecast is not None:
        low, high = (
            notation.number(_whole(standing, v), 2) for v in (standing.forecast_low, standing.forecast_high)
        )
        value = notation.quantity(_whole(standing, standing.forecast), unit, 2)
        parts.append(desk.say("mail.forecast", value=value, low=low, high=high))
    if standing.probability is not None:
        parts.append(desk.say("mail.probability", value=notation.percent(standing.probability)))
    return desk.say("mail.comma").join(parts)


def _since(desk: Desk, standing: Standing, tellings: Sequence[Telling]) -> str:
    text = desk.say(
        "mail.since_value",
        status=_STATUSES[standing.status].word(desk.language),
        since=notation.month(standing.status_since, desk.language),
        n=standing.periods_in_status or 1,
    )
    before = tellings[0].transition.status_before
    if before and before != standing.status:
        text += desk.say("mail.was", status=_STATUSES[before].word(desk.language))
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
        "mail.table_outlook": _OUTLOOKS[standing.outlook].word(language),
        "mail.table_state": desk.say(f"state.{state}") if state and state != "resolved" else notation.MISSING,
    }
    lines = tuple(Line(desk.say(key), text) for key, text in cells.items())
    return Entry(name, status_chip(standing.status, language), lines, _width(standing.severity))


def _short_actual(desk: Desk, standing: Standing) -> str:
    if standing.actual is None:
        return notation.MISSING
    stretch = notation.stretch(standing.period_end, standing.basis, desk.language)
    return f"{stretch} {_figure(desk, standing)}"


def _width(severity: Decimal) -> int:
    return min(100, int(max(severity, Decimal(0)) / BAR_FULL * 100))
