"""The subject line: what one mail tells, counted by kind, the most pressing first; its lead says the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from flows.alert.desk import Desk
from flows.alert.facts import Standing
from flows.alert.letter import plain
from flows.alert.recipients import Telling
from models.alert import AlertKind
from models.words_alert import SUBJECT_WORDS

STANDS = ("behind", "slightly_behind", "missed")
_JUDGED = (*STANDS, "on_schedule", "achieved")
_PARTS = 4
_ORDER = list(SUBJECT_WORDS)  # the most pressing first
_RANK = {key: position for position, key in enumerate(_ORDER)}

Groups = list[list[Telling]]


def subject_line(desk: Desk, regions: Sequence[str], month: str, what: str) -> str:
    mark = desk.say("mail.simulated_mark") if desk.facts.is_simulated else ""
    names = desk.say("mail.list").join(regions)
    return plain(mark + desk.say("mail.subject", regions=names, month=month, what=what))


def changes_told(desk: Desk, told: Sequence[Telling]) -> str:
    """What changed; each subject counts once, under its most pressing kind."""
    counts, hidden = _counted(desk, told)
    return _listed(desk, [*_kinds(desk, counts), *_unreleased(desk, hidden)])


def digest_told(desk: Desk, standing: Sequence[Standing]) -> str:
    """How much still stands: under supervision, missed, or yellow for the first time and only watched."""
    lives, count = desk.derived.lives, Counter[str]()
    for s in standing:
        is_open = desk.hides(s) or lives[s.target_id].is_firing
        count["standing" if is_open else "missed" if s.status == "missed" else "pending"] += 1
    parts = [desk.say(f"mail.{k}_count", n=count[k]) for k in ("standing", "missed", "pending") if count[k]]
    return desk.say("mail.digest", what=_listed(desk, parts))


def summary_told(desk: Desk, told: Sequence[Telling], summary: Sequence[Standing]) -> str:
    """How many are behind at the first run, and what is wrong with deliveries."""
    seen = [s for s in summary if not desk.hides(s)]
    behind = sum(s.status in STANDS for s in seen)
    parts = [desk.say("mail.behind_count", n=behind)] if behind else []
    parts += _unreleased(desk, len(summary) - len(seen))
    if not parts:
        is_judged = any(s.status in _JUDGED for s in seen) or not seen
        parts = [desk.say("mail.nothing_behind" if is_judged else "mail.nothing_judged")]
    counts, _ = _counted(desk, [t for t in told if t.transition.subject_kind != "target"])
    return desk.say("mail.summary", what=_listed(desk, [*parts, *_kinds(desk, counts)]))


def grouped(told: Sequence[Telling]) -> tuple[Groups, Groups, Groups]:
    """Tellings by subject: targets that changed, headline targets with a mere new figure, data."""
    groups: dict[str, Groups] = {"target": [], "headline": [], "data": []}
    by_subject: dict[str, list[Telling]] = defaultdict(list)
    for telling in told:
        by_subject[telling.transition.subject_id].append(telling)
    for group in by_subject.values():
        group.sort(key=lambda t: _RANK[_key(t)])
        is_target = group[0].transition.subject_kind == "target"
        is_mere = is_target and group[0].transition.kind == AlertKind.HEADLINE_FIGURE
        groups["headline" if is_mere else "target" if is_target else "data"].append(group)
    for found in groups.values():
        found.sort(key=_urgency)
    return groups["target"], groups["headline"], groups["data"]


def _key(telling: Telling) -> str:
    """How the subject line counts it: a target told of while it is yellow is not called behind."""
    kind, status = telling.transition.kind, telling.transition.status_after
    return f"{kind}.{status}" if f"{kind}.{status}" in _RANK else str(kind)


def _urgency(group: list[Telling]) -> tuple[int, float, str]:
    first = group[0].transition
    return (_RANK[_key(group[0])], -float(first.severity or 0), first.subject_id)


def _counted(desk: Desk, told: Sequence[Telling]) -> tuple[Counter[str], int]:
    counts: Counter[str] = Counter()
    hidden = 0
    for groups in grouped(told):
        for group in groups:
            standing = desk.facts.standings.get(group[0].transition.subject_id)
            if standing and desk.hides(standing):
                hidden += 1
            else:
                counts[_key(group[0])] += 1
    counts["escalated_leader"] += counts.pop("escalated_leadership", 0)
    return counts, hidden


def _kinds(desk: Desk, counts: Counter[str]) -> list[str]:
    return [desk.say(f"subject.{kind}", n=counts[kind]) for kind in _ORDER if counts[kind]]


def _unreleased(desk: Desk, count: int) -> list[str]:
    return [desk.say("mail.unreleased_count", n=count)] if count else []


def _listed(desk: Desk, parts: Sequence[str]) -> str:
    more = desk.say("mail.more") if len(parts) > _PARTS else ""
    return desk.say("mail.comma").join(parts[:_PARTS]) + more
