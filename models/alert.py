"""The life of an alert about one target: what is told, when, and when it is over.

A life is folded over what the runs saw of the target, one sighting an as-of date. A slightly-behind figure
weighs one half, a behind figure one whole; a target is alerted at one whole, its leader is told at two, the
leadership at three. So a yellow figure waits, two yellow ones count as one red, and nothing else has to
know about waiting. Between its own dates a target that comes in lumps weighs nothing: it cannot turn red there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum


class AlertKind(StrEnum):
    """提醒种类: one kind of transition; a subject has each at most once an as-of date."""

    PENDING = "pending"  # first yellow figure: written down, nobody told
    CLEARED = "cleared"  # the yellow figure was a single one: written down, nobody told
    NEWLY_BEHIND = "newly_behind"
    WORSENED = "worsened"
    STILL_BEHIND = "still_behind"
    RECOVERED = "recovered"
    FLAPPING = "flapping"
    ACHIEVED = "achieved"
    MISSED = "missed"
    OUTLOOK_UNLIKELY = "outlook_unlikely"
    CORRECTED = "corrected"  # what was told on this as-of date no longer holds
    ESCALATED_LEADER = "escalated_leader"
    ESCALATED_LEADERSHIP = "escalated_leadership"
    HEADLINE_FIGURE = "headline_figure"
    CLOSED = "closed"  # the year's grace ended: written down, nobody told
    ACKNOWLEDGED = "acknowledged"
    MEASURES_DUE = "measures_due"
    SILENCED = "silenced"
    SILENCE_ENDED = "silence_ended"
    LATE = "late"
    LATE_LEADER = "late_leader"
    ARRIVED = "arrived"  # the late figures came: written down, nobody told
    REFUSED = "refused"
    QUARANTINED = "quarantined"
    RESTATED = "restated"
    SETTLED = "settled"  # nothing of the delivery waits for anybody any more: written down, nobody told
    UNDELIVERABLE = "undeliverable"
    RUN_MISSED = "run_missed"


class AlertState(StrEnum):
    """提醒生命期: where the alert about a subject stands after a transition."""

    PENDING = "pending"
    FIRING = "firing"
    ACKNOWLEDGED = "acknowledged"
    SILENCED = "silenced"
    ESCALATED = "escalated"
    RESOLVED = "resolved"


GOOD = ("on_schedule", "achieved")
WEIGHT = {"slightly_behind": 1, "behind": 2, "missed": 2}  # in halves of a figure
ONE_FIGURE, LEADER_FIGURES, LEADERSHIP_FIGURES = 2, 2, 3
CALM_FIGURES = 2  # figures on schedule in a row before a wavering target counts as recovered
WORSE_BY = Decimal(1)  # severity grown by the whole scale of its kind since it was last told
LATE_FOR_LEADER_DAYS = 10
# Told about a shortfall: the office may set a lowest severity for these, and a silence holds them back.
ABOUT_SHORTFALL = frozenset(
    (
        AlertKind.NEWLY_BEHIND,
        AlertKind.WORSENED,
        AlertKind.STILL_BEHIND,
        AlertKind.FLAPPING,
        AlertKind.OUTLOOK_UNLIKELY,
        AlertKind.SILENCE_ENDED,
    )
)
NOBODY_TOLD = frozenset(
    (
        AlertKind.PENDING,
        AlertKind.CLEARED,
        AlertKind.CLOSED,
        AlertKind.ARRIVED,
        AlertKind.SETTLED,
        AlertKind.ACKNOWLEDGED,
        AlertKind.SILENCED,
    )
)


@dataclass(frozen=True)
class Sighting:
    """What a run saw of a target as of a date: its newest period, and how many due figures are missing."""

    as_of: date
    period_end: date | None
    status: str
    severity: Decimal = Decimal(0)
    outlook: str = "unknown"
    data_state: str = "current"
    overdue: int = 0  # reporting periods that are due and not here
    evidence: str = ""  # assessment_id
    is_between_dates: bool = False  # comes in lumps, and yellow only by the share of the year gone by

    @property
    def weight(self) -> int:
        """Halves of a figure behind."""
        return 0 if self.is_between_dates else WEIGHT.get(self.status, 0)

    @property
    def is_calm(self) -> bool:
        return self.status in GOOD or self.is_between_dates


@dataclass(frozen=True)
class Watched:
    """What of a target decides how it is told."""

    target_id: str
    is_headline: bool = False
    is_quarterly: bool = False  # reported less often than monthly: its leader is told at the first figure


@dataclass(frozen=True)
class Life:
    """The alert of one target between two as-of dates. `weight` counts halves of figures behind in a row."""

    period_end: date | None = None
    status: str = ""
    before: int = 0  # weight before the newest period: a revised figure is counted anew from here
    weight: int = 0
    calm_before: int = 0
    calm: int = 0  # figures in a row on schedule
    figures: int = 0  # figures since the shortfall was last told
    told_severity: Decimal = Decimal(0)
    told_status: str = ""
    is_firing: bool = False
    recoveries: int = 0
    is_flapping: bool = False
    is_unlikely: bool = False
    likely: int = 0
    leader_told: bool = False
    leadership_told: bool = False
    achieved_told: bool = False
    is_missed: bool = False
    is_closed: bool = False

    @property
    def is_pending(self) -> bool:
        return not self.is_firing and not self.is_missed and self.weight > 0

    @property
    def state(self) -> AlertState | None:
        """Where the alert stands; None where there never was one."""
        if self.is_firing:
            return AlertState.ESCALATED if self.leader_told else AlertState.FIRING
        if self.is_pending:
            return AlertState.PENDING
        return AlertState.RESOLVED if self.status else None


Kinds = tuple[AlertKind, ...]


def advance(life: Life, seen: Sighting, target: Watched, *, repeat_periods: int) -> tuple[Life, Kinds]:
    """The life after `seen`, and the transitions that it brings."""
    if life.is_closed:
        return life, ()
    if seen.data_state == "closed":
        return replace(life, is_closed=True, is_firing=False), (AlertKind.CLOSED,)
    is_new = _is_later(seen.period_end, life.period_end)
    now = _counted(life, seen, is_new=is_new)
    now, performance = _performance(now, seen, is_new=is_new, repeat_periods=repeat_periods)
    cleared = _cleared(life, now, performance)
    now, outlook = _outlook(now, seen, is_new=is_new)
    now, escalations = _escalations(now, seen, target)
    headline = (AlertKind.HEADLINE_FIGURE,) if target.is_headline and is_new else ()
    return now, (*performance, *cleared, *outlook, *escalations, *headline)


def summarise(seen: Sighting, periods_in_status: int, target: Watched) -> Life:
    """The life of a target at the first run of an installation, where a summary tells everything at once."""
    weight = seen.weight * max(periods_in_status, 1)
    is_firing = weight >= ONE_FIGURE and seen.status != "missed"
    figures = weight // 2 + seen.overdue
    return Life(
        period_end=seen.period_end,
        status=seen.status,
        before=weight - seen.weight,
        weight=weight,
        calm=max(periods_in_status, 1) if seen.is_calm else 0,
        told_severity=seen.severity if is_firing else Decimal(0),
        told_status=seen.status if is_firing else "",
        is_firing=is_firing,
        is_unlikely=seen.outlook == "unlikely",
        leader_told=is_firing and (figures >= LEADER_FIGURES or target.is_quarterly),
        leadership_told=is_firing and figures >= LEADERSHIP_FIGURES,
        achieved_told=seen.status == "achieved",
        is_missed=seen.status == "missed",
        is_closed=seen.data_state == "closed",
    )


def _is_later(period_end: date | None, than: date | None) -> bool:
    return period_end is not None and (than is None or period_end > than)


def _counted(life: Life, seen: Sighting, *, is_new: bool) -> Life:
    """The counts with this sighting; a status that says nothing (unknown, not due …) leaves them."""
    before, calm = (life.weight, life.calm) if is_new else (life.before, life.calm_before)
    if life.period_end is not None and not is_new and seen.period_end != life.period_end:
        # the newest figure was taken back; the one before it was counted already, and counts once
        before, calm = max(0, before - seen.weight), max(0, calm - seen.is_calm)
    kept = replace(
        life,
        period_end=seen.period_end,
        status=seen.status,
        before=before,
        calm_before=calm,
        weight=before,
        calm=calm,
    )
    if seen.is_calm:
        calm += 1
        steadies = life.is_flapping and calm < CALM_FIGURES and seen.status != "achieved"
        return replace(kept, calm=calm, weight=before if steadies else 0)
    if seen.weight:
        figures = life.figures + 1 if is_new and life.is_firing else life.figures
        calm = 0 if life.is_firing else calm  # a first yellow figure does not make the calm before it short
        return replace(kept, calm=calm, weight=before + seen.weight, figures=figures)
    return kept


def _performance(now: Life, seen: Sighting, *, is_new: bool, repeat_periods: int) -> tuple[Life, Kinds]:
    if seen.status == "missed":
        told: Kinds = () if now.is_missed and not now.is_firing else (AlertKind.MISSED,)
        return replace(now, is_missed=True, is_firing=False), told
    if seen.status == "achieved":
        is_news = not now.achieved_told or now.is_missed or now.is_firing
        told = (AlertKind.ACHIEVED,) if is_news else ()
        return _resolved(replace(now, achieved_told=True, is_missed=False)), told
    if now.is_firing:
        return _while_firing(now, seen, is_new=is_new, repeat_periods=repeat_periods)
    if now.is_missed and (seen.is_calm or now.weight == 1):  # the final figure was taken back
        return replace(_resolved(now), weight=now.weight, is_missed=False), (AlertKind.CORRECTED,)
    if now.weight >= ONE_FIGURE and seen.weight:
        wavers = now.recoveries > 0 and now.calm < CALM_FIGURES
        kind = AlertKind.FLAPPING if wavers else AlertKind.NEWLY_BEHIND
        fires = replace(now, is_firing=True, is_flapping=wavers, is_missed=False, calm=0)
        return _told(fires, seen), (kind,)
    return now, (AlertKind.PENDING,) if now.weight == 1 and is_new else ()


def _cleared(before: Life, now: Life, told: Kinds) -> Kinds:
    """A first yellow figure that nothing followed: the alert that waited is over."""
    return (AlertKind.CLEARED,) if before.is_pending and now.weight == 0 and not told else ()


def _while_firing(now: Life, seen: Sighting, *, is_new: bool, repeat_periods: int) -> tuple[Life, Kinds]:
    if now.weight < ONE_FIGURE and (seen.is_calm or seen.weight):
        if seen.status in GOOD:
            return _resolved(replace(now, recoveries=now.recoveries + 1)), (AlertKind.RECOVERED,)
        return _resolved(now), (AlertKind.CORRECTED,)
    if not seen.weight:
        return now, ()
    turned_red = seen.status == "behind" and now.told_status == "slightly_behind"
    if turned_red or seen.severity >= now.told_severity + WORSE_BY:
        return _told(now, seen), () if now.is_flapping and not turned_red else (AlertKind.WORSENED,)
    if is_new and now.figures >= repeat_periods:
        return _told(now, seen), (AlertKind.STILL_BEHIND,)
    return now, ()


def _told(life: Life, seen: Sighting) -> Life:
    return replace(life, figures=0, told_severity=seen.severity, told_status=seen.status)


def _resolved(life: Life) -> Life:
    return replace(
        life,
        is_firing=False,
        is_flapping=False,
        weight=0,
        leader_told=False,
        leadership_told=False,
        figures=0,
    )


def _outlook(now: Life, seen: Sighting, *, is_new: bool) -> tuple[Life, Kinds]:
    """Told when it becomes unlikely, and again only after it was likely for some figures in between."""
    if now.is_missed or seen.status == "achieved":
        return now, ()
    if seen.outlook == "unlikely":
        return replace(now, is_unlikely=True, likely=0), () if now.is_unlikely else (
            AlertKind.OUTLOOK_UNLIKELY,
        )
    likely = now.likely + 1 if seen.outlook == "likely" and is_new else now.likely
    return replace(now, likely=likely, is_unlikely=now.is_unlikely and likely < CALM_FIGURES), ()


def _escalations(now: Life, seen: Sighting, target: Watched) -> tuple[Life, Kinds]:
    """A due figure that is missing counts as a figure behind, so that not reporting stops no escalation."""
    if not now.is_firing:
        return now, ()
    figures = now.weight // 2 + seen.overdue
    kinds: list[AlertKind] = []
    if not now.leader_told and (figures >= LEADER_FIGURES or target.is_quarterly):
        kinds.append(AlertKind.ESCALATED_LEADER)
    if not now.leadership_told and figures >= LEADERSHIP_FIGURES:
        kinds.append(AlertKind.ESCALATED_LEADERSHIP)
    told = replace(
        now,
        leader_told=now.leader_told or AlertKind.ESCALATED_LEADER in kinds,
        leadership_told=now.leadership_told or AlertKind.ESCALATED_LEADERSHIP in kinds,
    )
    return told, tuple(kinds)
