"""The labelled facts of one target in a mail: promise, figure, gap, what is left, why it has its colour, source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flows.alert.desk import Desk
from flows.alert.facts import Standing
from flows.alert.figure_words import (
    expected_text,
    figure_text,
    gap_text,
    is_settled,
    outlook_text,
    previous_text,
    printed_text,
    reference_text,
    required_text,
    severity_text,
)
from flows.alert.letter import Line, plain
from flows.alert.recipients import Telling
from models import notation
from models.addressee import Part
from models.alert import ONE_FIGURE, AlertKind
from models.explained_schedule import schedule
from models.explanation import verdict
from models.prospects import demanding
from models.words import section_word, word

_SAID_NOTHING = ("unknown", "not_due", "no_plan", "no_target")
_WEIGHED = {
    AlertKind.NEWLY_BEHIND, AlertKind.FLAPPING, AlertKind.WORSENED, AlertKind.STILL_BEHIND, AlertKind.ESCALATED_LEADER,
    AlertKind.ESCALATED_LEADERSHIP,
}  # fmt: skip


def target_lines(desk: Desk, standing: Standing, tellings: Sequence[Telling]) -> Iterator[Line]:
    """Every fact that a mail tells of a target, what has nothing to say left out."""
    s = standing
    facts = {
        "mail.target": _printed(desk, s),
        "mail.actual": _actual(desk, s),
        "mail.previous": previous_text(desk, s),
        "mail.expected": expected_text(desk, s),
        "mail.completion": f"{notation.number(s.completion, 1)}%" if s.completion is not None else "",
        "mail.gap": gap_text(s, desk.language) if _has_gap(s) else "",
        "mail.table_severity": severity_text(desk, s),
        "mail.required": required_text(desk, s),
        "mail.demanding": ""
        if is_settled(s)
        else plain(demanding(desk.facts.judged[s.target_id], desk.language)),
        "mail.outlook": "" if is_settled(s) else outlook_text(desk, s),
        "mail.since": _since(desk, s, tellings),
        "mail.reason": _reason(desk, s, tellings),
        "mail.schedule": ""
        if is_settled(s)
        else _step(schedule(desk.facts.judged[s.target_id], desk.language)),
        "mail.why": _step(verdict(desk.facts.judged[s.target_id], desk.language)),
        "mail.source": _source(desk, s),
    }
    yield from (Line(desk.say(key), text) for key, text in facts.items() if text)
    yield from _about_people(desk, s, tellings)


def _has_gap(standing: Standing) -> bool:
    return (standing.gap is not None or standing.gap_points is not None) and not (
        standing.kind == "stage" and not standing.gap
    )


def _step(sentence: str) -> str:
    """A step of the explanation without its own label: the line has one."""
    label, colon, rest = sentence.partition("：" if "：" in sentence else ": ")
    return plain(rest if colon and len(label) < 12 else sentence)


def _printed(desk: Desk, standing: Standing) -> str:
    section = section_word(standing.section, desk.language)
    place = desk.say("mail.place", section=section, paragraph=standing.paragraph or "—")
    return desk.say("mail.printed", printed=printed_text(desk, standing), place=place)


def _actual(desk: Desk, standing: Standing) -> str:
    if standing.actual is None:
        return desk.say("mail.disputed" if standing.data_state == "disputed" else "mail.no_actual")
    english = desk.language == "en"
    when = notation.stretch(standing.period_end, standing.basis, desk.language)
    value = figure_text(desk, standing, in_words=True)
    reference = reference_text(desk, standing)
    return desk.say(
        "mail.actual_value",
        stretch=when,
        value=f"{' ' if english else ''}{value}{reference}",
        finality=word(f"finality.{standing.finality}", desk.language) if standing.finality else "",
        provenance=word(f"provenance.{standing.provenance}", desk.language) if standing.provenance else "",
    )


def _since(desk: Desk, standing: Standing, tellings: Sequence[Telling]) -> str:
    count = standing.periods_in_status or 1
    text = desk.say(
        "mail.since_value" if count > 1 else "mail.since_first",
        status=desk.status_word(standing.status),
        since=notation.month(standing.status_since, desk.language),
        n=count,
    )
    before = tellings[0].transition.status_before
    if before and before != standing.status and before not in _SAID_NOTHING:
        text += desk.say("mail.was", status=desk.status_word(before))
    if missing := desk.facts.missing.get(standing.target_id):
        periods = desk.say("mail.list").join(notation.month(m.period_end, desk.language) for m in missing)
        text += desk.say("mail.comma") + desk.say("mail.data_late", periods=periods)
    return text


def _reason(desk: Desk, standing: Standing, tellings: Sequence[Telling]) -> str:
    """Why now: what worsened, how many figures behind it counts, how many more are missing."""
    life = desk.derived.lives[standing.target_id]
    kinds = {t.transition.kind for t in tellings}
    if not life.is_firing or not _WEIGHED & kinds:
        return ""
    missing = desk.facts.missing.get(standing.target_id, ())
    parts = [
        _worsened(desk, standing, tellings) if AlertKind.WORSENED in kinds else "",
        _counted(desk, standing, life.weight),
        desk.say("mail.reason_missing", n=len(missing)) if missing and standing.data_state == "late" else "",
    ]
    return desk.say("mail.semicolon").join(part for part in parts if part)


def _worsened(desk: Desk, standing: Standing, tellings: Sequence[Telling]) -> str:
    turned_red = standing.status == "behind" and tellings[0].transition.status_before == "slightly_behind"
    return desk.say("mail.reason_turned_red" if turned_red else "mail.reason_worsened")


def _counted(desk: Desk, standing: Standing, halves: int) -> str:
    """How many figures behind it is seen to as, where that is not what the status line says anyway."""
    is_plain = halves == ONE_FIGURE * (standing.periods_in_status or 1)
    if standing.status == "behind" and is_plain and halves == ONE_FIGURE:
        return ""
    key = "slight" if standing.status == "slightly_behind" else "behind" if is_plain else "mixed"
    return desk.say(f"mail.reason_{key}", n=notation.number(halves / ONE_FIGURE))


def _source(desk: Desk, standing: Standing) -> str:
    rules = plain(standing.rule_set) or "—"
    if not standing.source_file:
        return desk.say("mail.rules_only", rules=rules)
    sheet = desk.say("mail.source_sheet", sheet=plain(standing.source_sheet)) if standing.source_sheet else ""
    file, row = plain(standing.source_file), standing.source_row
    return desk.say("mail.source_value", file=file, sheet=sheet, row=row, rules=rules)


def measures_text(desk: Desk, standing: Standing) -> str:
    """The measures that the office promised, by whom and until when; empty where there are none."""
    promise = desk.facts.acknowledgements.get(standing.target_id)
    if promise is None:
        return ""
    return desk.say(
        "mail.measures_value",
        measures=plain(promise.measures_taken),
        author=plain(promise.author),
        due=notation.day(promise.due_on, desk.language),
    )


def _about_people(desk: Desk, standing: Standing, tellings: Sequence[Telling]) -> Iterator[Line]:
    if any(t.part != Part.OWNER for t in tellings):
        yield Line(desk.say("mail.owner"), desk.office_name(standing.region, standing.responsible_office))
    if text := measures_text(desk, standing):
        yield Line(desk.say("mail.measures"), text)
    silence = desk.facts.silences.get(standing.target_id)
    if silence and silence.holds(desk.facts.as_of):
        until = notation.day(silence.ends_on, desk.language)
        reason, author = plain(silence.reason), plain(silence.author)
        text = desk.say("mail.silence_value", reason=reason, author=author, until=until)
        yield Line(desk.say("mail.silence"), text)
