"""Deciding: the transitions of one as-of date, found by comparing with the as-of dates before it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flows.alert.facts import Facts, Standing
from models.alert import (
    LATE_FOR_LEADER_DAYS,
    AlertKind,
    AlertState,
    Life,
    Watched,
    advance,
    summarise,
)
from models.delivery import content_id
from models.lateness import Feed, days_late, first_feeds
from models.message import say

_STARTS = {AlertKind.NEWLY_BEHIND, AlertKind.FLAPPING}
_ENDS = {AlertKind.RECOVERED, AlertKind.CORRECTED, AlertKind.ACHIEVED, AlertKind.MISSED, AlertKind.CLOSED}


@dataclass(frozen=True)
class Transition:
    """One step in the life of an alert; `evidence` is the assessment or delivery it rests on."""

    subject_kind: str  # target | feed | delivery | run | notification
    subject_id: str
    region: str
    kind: AlertKind
    state: AlertState
    as_of: date
    period_end: date | None = None
    status_before: str = ""
    status_after: str = ""
    severity: Decimal | None = None
    reason: str = ""
    evidence: str = ""

    @property
    def alert_id(self) -> str:
        return content_id("alert", self.subject_id, self.as_of, self.kind)


@dataclass(frozen=True)
class Derived:
    """The transitions of an as-of date that were not written before, and every target's life after it."""

    transitions: tuple[Transition, ...]
    lives: dict[str, Life]


def derive(facts: Facts, *, repeat_periods: int) -> Derived:
    """All new transitions as of `facts.as_of`, in a fixed order."""
    lives: dict[str, Life] = {}
    found: list[Transition] = []
    for target_id, standing in sorted(facts.standings.items()):
        before, lives[target_id], kinds = _live(facts, standing, repeat_periods)
        kinds = _reconciled(facts, standing, lives[target_id], kinds)
        found += [_of_target(facts, standing, before, lives[target_id], kind) for kind in kinds]
    found += _of_feeds(facts)
    found += _of_deliveries(facts)
    written = {(told.subject_id, told.alert_kind) for told in facts.told if told.as_of == facts.as_of}
    return Derived(tuple(t for t in found if (t.subject_id, t.kind) not in written), lives)


def watched(facts: Facts, standing: Standing) -> Watched:
    return Watched(standing.target_id, standing.section == "headline", standing.indicator in facts.quarterly)


def _live(facts: Facts, standing: Standing, repeat_periods: int) -> tuple[Life, Life, list[AlertKind]]:
    """The life before and after this as-of date, and what it brings."""
    target = watched(facts, standing)
    first = (facts.passes or (facts.as_of,))[0]
    before, now = Life(), Life()
    kinds: tuple[AlertKind, ...] = ()
    for seen in facts.sightings[standing.target_id]:
        before = now
        if seen.as_of == first:
            now = summarise(seen, facts.periods_in_status[standing.target_id, seen.as_of], target)
            kinds = _summarised(now)
        else:
            now, kinds = advance(now, seen, target, repeat_periods=repeat_periods)
    return before, now, list(kinds) + list(_about_measures(facts, standing, now))


def _summarised(life: Life) -> tuple[AlertKind, ...]:
    """What the summary of a first run tells at once, so that later runs do not tell it again."""
    found = {
        AlertKind.PENDING: life.is_pending,
        AlertKind.NEWLY_BEHIND: life.is_firing,
        AlertKind.ESCALATED_LEADER: life.leader_told,
        AlertKind.ESCALATED_LEADERSHIP: life.leadership_told,
        AlertKind.OUTLOOK_UNLIKELY: life.is_unlikely and not life.is_missed,
        AlertKind.ACHIEVED: life.achieved_told,
        AlertKind.MISSED: life.is_missed,
    }
    return () if life.is_closed else tuple(kind for kind, holds in found.items() if holds)


def _about_measures(facts: Facts, standing: Standing, life: Life) -> Iterator[AlertKind]:
    """Promised measures that fall due, and a silence that ended, while the target is still behind."""
    since = facts.passes[-1] if facts.passes else facts.as_of
    promise, silence = facts.acknowledgements.get(standing.target_id), facts.silences.get(standing.target_id)
    if life.is_firing and promise and since < promise.due_on <= facts.as_of:
        yield AlertKind.MEASURES_DUE
    if life.is_firing and silence and since <= silence.ends_on < facts.as_of:
        yield AlertKind.SILENCE_ENDED


def _reconciled(facts: Facts, standing: Standing, life: Life, kinds: list[AlertKind]) -> list[AlertKind]:
    """What was told and what holds must agree: figures of a past as-of date may have been judged anew."""
    rows = facts.told_of.get(standing.target_id, ())
    steps = [(told.as_of, told.alert_kind in _ENDS) for told in rows if told.alert_kind in _STARTS | _ENDS]
    told_firing = bool(steps) and not max(steps)[1]
    if life.is_firing and not told_firing and not _STARTS & set(kinds):
        return [AlertKind.NEWLY_BEHIND, *kinds]
    if told_firing and not life.is_firing and not _ENDS & set(kinds):
        return [AlertKind.CORRECTED, *kinds]
    return kinds


def _of_target(facts: Facts, standing: Standing, before: Life, life: Life, kind: AlertKind) -> Transition:
    return Transition(
        "target",
        standing.target_id,
        standing.region,
        kind,
        state_of(facts, standing.target_id, life) or AlertState.RESOLVED,
        facts.as_of,
        standing.period_end,
        before.status or "on_schedule",
        standing.status,
        standing.severity,
        reason=say("滞后折合 {figures:g} 期", figures=life.weight / 2) if life.weight else "",
        evidence=standing.assessment_id,
    )


def state_of(facts: Facts, target_id: str, life: Life) -> AlertState | None:
    """The state of the alert as people see it: silenced and acknowledged stand before firing."""
    if life.is_firing:
        silence = facts.silences.get(target_id)
        if silence and silence.holds(facts.as_of):
            return AlertState.SILENCED
        if target_id in facts.acknowledgements and not life.leader_told:
            return AlertState.ACKNOWLEDGED
    return life.state


def late_feeds(facts: Facts) -> dict[Feed, list[str]]:
    """The feeds that are late as of the date, each with the targets that wait for it."""
    feeds: dict[Feed, list[str]] = defaultdict(list)
    for target_id, missing in sorted(facts.missing.items()):
        standing = facts.standings[target_id]
        for item in first_feeds(missing, ever_delivered=standing.data_state == "late"):
            feeds[Feed(standing.region, standing.reporting_office, item)].append(target_id)
    return dict(sorted(feeds.items(), key=lambda pair: pair[0].subject_id))


def _of_feeds(facts: Facts) -> Iterator[Transition]:
    known = _known(facts, {AlertKind.LATE, AlertKind.LATE_LEADER, AlertKind.ARRIVED})
    feeds = {feed.subject_id: feed for feed in late_feeds(facts)}
    for subject_id, feed in feeds.items():
        if AlertKind.LATE not in known[subject_id]:
            yield _of_feed(facts, feed.region, subject_id, feed.missing.period_end, AlertKind.LATE)
        is_long = days_late(feed.missing, facts.as_of) >= LATE_FOR_LEADER_DAYS
        if is_long and AlertKind.LATE_LEADER not in known[subject_id]:
            yield _of_feed(facts, feed.region, subject_id, feed.missing.period_end, AlertKind.LATE_LEADER)
    for subject_id, kinds in sorted(known.items()):
        if AlertKind.LATE not in kinds or AlertKind.ARRIVED in kinds or subject_id in feeds:
            continue
        if _has_come(facts, subject_id):
            yield _of_feed(facts, subject_id.split("/")[0], subject_id, None, AlertKind.ARRIVED)


def _has_come(facts: Facts, subject_id: str) -> bool:
    """Whether the office has sent a figure of that period or a later one.

    A feed that nobody waits for any more, because its year is closed, has not arrived.
    """
    region, office, period, _due_on = subject_id.split("/")
    return any(
        (standing.region, standing.reporting_office) == (region, office)
        and standing.period_end is not None
        and f"{standing.period_end:%Y-%m}" >= period
        for standing in facts.standings.values()
    )


def _of_feed(
    facts: Facts, region: str, subject_id: str, period_end: date | None, kind: AlertKind
) -> Transition:
    states = {AlertKind.ARRIVED: AlertState.RESOLVED, AlertKind.LATE_LEADER: AlertState.ESCALATED}
    return Transition(
        "feed", subject_id, region, kind, states.get(kind, AlertState.FIRING), facts.as_of, period_end
    )


def _of_deliveries(facts: Facts) -> Iterator[Transition]:
    """One transition a delivery and kind of trouble, however many rows it has, told once."""
    known = _known(facts, {AlertKind.REFUSED, AlertKind.QUARANTINED, AlertKind.RESTATED, AlertKind.SETTLED})
    for news in facts.deliveries:
        troubles = {
            AlertKind.REFUSED: news.refused,
            AlertKind.QUARANTINED: news.quarantined,
            AlertKind.RESTATED: news.restated,
        }
        for kind, count in troubles.items():
            if count and kind not in known[news.delivery_id]:
                state = AlertState.RESOLVED if kind == AlertKind.RESTATED else AlertState.FIRING
                yield Transition(
                    "delivery",
                    news.delivery_id,
                    news.region,
                    kind,
                    state,
                    facts.as_of,
                    evidence=news.delivery_id,
                    reason=say("{file}：{count} 处", file=news.file, count=count),
                )
    waiting = {news.delivery_id for news in facts.deliveries if news.is_waiting}
    regions = {news.delivery_id: news.region for news in facts.deliveries}
    for delivery_id, kinds in sorted(known.items()):
        was_waiting = kinds & {AlertKind.REFUSED, AlertKind.QUARANTINED} and AlertKind.SETTLED not in kinds
        if was_waiting and delivery_id not in waiting:
            yield Transition(
                "delivery",
                delivery_id,
                regions.get(delivery_id, ""),
                AlertKind.SETTLED,
                AlertState.RESOLVED,
                facts.as_of,
                evidence=delivery_id,
            )


def of_system(
    as_of: date, dead: Sequence[tuple[str, str]], missed: Sequence[date], facts: Facts
) -> list[Transition]:
    """What the operator must know of the system itself: letters that nobody took, days without a run."""
    newest = {
        told.subject_id: told.alert_kind
        for told in facts.told
        if told.alert_kind in (AlertKind.UNDELIVERABLE, AlertKind.RUN_MISSED, AlertKind.SETTLED)
    }
    found = [_of_letter(as_of, letter, AlertKind.UNDELIVERABLE, reason) for letter, reason in dead]
    still_dead = {letter for letter, _ in dead}
    found += [
        _of_letter(as_of, letter, AlertKind.SETTLED)
        for letter, kind in sorted(newest.items())
        if kind == AlertKind.UNDELIVERABLE and letter not in still_dead
    ]
    if missed:
        days = f"{missed[0]}" if len(missed) == 1 else f"{missed[0]} – {missed[-1]}"
        subject = f"schedule/{missed[0]}"
        state = AlertState.RESOLVED  # the run that notices it makes up for it
        found.append(Transition("run", subject, "", AlertKind.RUN_MISSED, state, as_of, reason=days))
    written = {(told.subject_id, told.alert_kind) for told in facts.told if told.as_of == as_of}
    return [t for t in found if newest.get(t.subject_id) != t.kind and (t.subject_id, t.kind) not in written]


def _of_letter(as_of: date, letter: str, kind: AlertKind, reason: str = "") -> Transition:
    state = AlertState.FIRING if kind == AlertKind.UNDELIVERABLE else AlertState.RESOLVED
    return Transition("notification", letter, "", kind, state, as_of, reason=reason, evidence=letter)


def _known(facts: Facts, kinds: Iterable[AlertKind]) -> defaultdict[str, set[str]]:
    wanted = {str(kind) for kind in kinds}
    known: defaultdict[str, set[str]] = defaultdict(set)
    for told in facts.told:
        if told.alert_kind in wanted:
            known[told.subject_id].add(told.alert_kind)
    return known
