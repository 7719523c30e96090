"""Writing: the tellings of one as-of date become one letter an address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flows.alert.data_blocks import Particulars, data_block
from flows.alert.desk import Desk, status_chip
from flows.alert.facts import Facts, Standing
from flows.alert.letter import Letter, Section
from flows.alert.recipients import Envelope, Telling, envelopes
from flows.alert.subject import STANDS, changes_told, digest_told, grouped, subject_line, summary_told
from flows.alert.target_blocks import target_block, target_entry
from flows.alert.transitions import Derived
from models import notation
from models.addressee import Addressee, Directory, may_see_unreleased
from models.alert import AlertKind
from models.delivery import content_id

_STATUSES_IN_KEY = ("achieved", "on_schedule", "slightly_behind", "behind", "missed")


@dataclass(frozen=True)
class Office:
    """The writing office: what every letter of one as-of date is made from, and how this run writes."""

    facts: Facts
    derived: Derived
    directory: Directory
    particulars: Particulars
    region_names: Mapping[str, tuple[str, str]]  # short Chinese and English name by code
    allowed_domains: tuple[str, ...]
    repeat_periods: int
    link: str = ""
    is_digest: bool = False
    is_repeated: bool = False  # this as-of date was told before: only what is new since then

    @property
    def is_summary(self) -> bool:
        """The first run of an installation sends one summary and nothing else."""
        return self.facts.is_first and not self.is_repeated


@dataclass(frozen=True)
class Written:
    """A letter with the address it goes to and the transitions that it tells."""

    envelope: Envelope
    letter: Letter
    alert_ids: tuple[str, ...]
    notification_id: str
    may_attach: bool


def write_letters(office: Office, tellings: Sequence[Telling]) -> tuple[Written, ...]:
    """One letter an address: for what changed, in a digest also for what stands, at first a summary."""
    by_office: dict[tuple[str, str], list[Telling]] = defaultdict(list)
    for telling in tellings:
        by_office[telling.office.region, telling.office.office_id].append(telling)
    written = (_write(office, envelope, by_office) for envelope in envelopes(office.directory.offices))
    return tuple(item for item in written if item)


def _write(
    office: Office, envelope: Envelope, by_office: Mapping[tuple[str, str], list[Telling]]
) -> Written | None:
    told = [t for o in envelope.offices for t in by_office.get((o.region, o.office_id), ())]
    sees_unreleased = may_see_unreleased(envelope.address, office.allowed_domains)
    desk = Desk(office.facts, office.derived, office.directory, envelope.language, sees_unreleased)
    standing = _standing(office, envelope)
    summary = _summary(office, envelope) if office.is_summary else ()
    stands = any(_is_reminded(office, s) for s in standing)
    if not (told or summary or (office.is_digest and stands)):
        return None
    sections = [s for s in _sections(office, desk, told, standing, summary) if not s.is_empty]
    what = _what(office, desk, told, standing, summary)
    month = newest_month(office.facts, envelope.region)
    alert_ids = tuple(sorted({t.transition.alert_id for t in told}))
    occasion = "summary" if office.is_summary else "digest" if office.is_digest else ""
    key = content_id("notification", envelope.address, office.facts.as_of, occasion, *alert_ids)
    letter = Letter(
        language=envelope.language,
        subject=subject_line(desk, _region_names(office, envelope), f"{month:%Y-%m}", what),
        greeting=desk.say("mail.greeting", offices=desk.say("mail.list").join(_names(envelope))),
        lead=desk.say("mail.lead", as_of=notation.day(office.facts.as_of, desk.language),
                      month=notation.month(month, desk.language), what=what),
        banner=desk.say("mail.simulated") if office.facts.is_simulated else "",
        sections=tuple(sections),
        footer=tuple(_footer(office, desk)),
    )  # fmt: skip
    # The workbook holds every period and every refused cell: one unreleased delivery is enough to keep it back.
    is_public = not office.facts.unreleased_regions & set(envelope.regions)
    return Written(envelope, letter, alert_ids, key, may_attach=sees_unreleased or is_public)


def _names(envelope: Envelope) -> list[str]:
    return [o.name_en if envelope.language == "en" else o.name for o in envelope.offices]


def newest_month(facts: Facts, region: str) -> date:
    """The newest data month of a region; without figures the month before the as-of date."""
    ends = [s.period_end for s in facts.of_regions((region,)) if s.period_end]
    before = facts.as_of.replace(day=1) - timedelta(days=1)
    return max((end for end in ends if end <= facts.as_of), default=before)


def _region_names(office: Office, envelope: Envelope) -> list[str]:
    position = 1 if envelope.language == "en" else 0
    return [office.region_names.get(code, (code, code))[position] for code in envelope.regions]


def _what(
    office: Office,
    desk: Desk,
    told: Sequence[Telling],
    standing: Sequence[Standing],
    summary: Sequence[Standing],
) -> str:
    if office.is_summary:
        return summary_told(desk, told, summary)
    return changes_told(desk, told) if told else digest_told(desk, standing)


def _sections(
    office: Office,
    desk: Desk,
    told: Sequence[Telling],
    standing: Sequence[Standing],
    summary: Sequence[Standing],
) -> Iterator[Section]:
    targets, headline, data = grouped(told)
    data_section = Section(
        desk.say("mail.heading_data"), blocks=tuple(data_block(desk, g, office.particulars) for g in data)
    )
    if not office.is_summary:
        yield Section(desk.say("mail.heading_changed"), blocks=tuple(target_block(desk, g) for g in targets))
        shown = {g[0].transition.subject_id for g in targets}
        entries = [desk.facts.standings[g[0].transition.subject_id] for g in headline]
        yield Section(
            desk.say("mail.heading_headline"),
            entries=tuple(target_entry(desk, s) for s in entries if s.target_id not in shown),
        )
        yield data_section
        shown |= {s.target_id for s in entries}
        rest = tuple(target_entry(desk, s) for s in standing if s.target_id not in shown)
        yield Section(desk.say("mail.heading_standing"), entries=rest)
    else:
        yield Section(desk.say("mail.heading_summary"), entries=tuple(target_entry(desk, s) for s in summary))
        yield data_section


def _standing(office: Office, envelope: Envelope) -> tuple[Standing, ...]:
    """What stands for these offices: their targets that are behind or missed and not yet closed."""
    mine = office.facts.of_regions(envelope.regions)
    found = [s for s in mine if _is_open(office, s) and _concerns(office, envelope, s)]
    return tuple(sorted(found, key=lambda s: s.urgency))


def _is_open(office: Office, standing: Standing) -> bool:
    life = office.derived.lives[standing.target_id]
    if life.is_closed:
        return False
    return life.is_firing or (standing.status in STANDS and not standing.is_between_dates)


def _is_reminded(office: Office, standing: Standing) -> bool:
    """Whether a target by itself is reason enough for a digest: behind, and not silenced."""
    silence = office.facts.silences.get(standing.target_id)
    is_silenced = silence is not None and silence.holds(office.facts.as_of)
    return office.derived.lives[standing.target_id].is_firing and not is_silenced


def _concerns(office: Office, envelope: Envelope, standing: Standing) -> bool:
    return any(_concerns_office(office, o, standing) for o in envelope.offices)


def _concerns_office(office: Office, addressee: Addressee, standing: Standing) -> bool:
    if addressee.region != standing.region:
        return False
    life, role = office.derived.lives[standing.target_id], addressee.role
    if addressee.office_id == standing.responsible_office:
        return addressee.wants(AlertKind.STILL_BEHIND, section=standing.section, severity=standing.severity)
    leader = office.directory.leader_of(standing.region, standing.responsible_office, standing.leader)
    if (
        leader
        and addressee.office_id == leader.office_id
        and (life.leader_told or standing.status == "missed")
    ):
        return True
    if "leadership" in role and (life.leadership_told or standing.section == "headline"):
        return True
    return "operator" in role and life.leader_told


def _summary(office: Office, envelope: Envelope) -> tuple[Standing, ...]:
    """At the first run: every target of these offices, the headline ones for the leadership."""
    mine = office.facts.of_regions(envelope.regions)
    found = [s for s in mine if _is_summarised(office, envelope, s)]
    return tuple(sorted(found, key=lambda s: s.urgency))


def _is_summarised(office: Office, envelope: Envelope, standing: Standing) -> bool:
    mine = [o for o in envelope.offices if o.region == standing.region]
    owns = any(o.office_id == standing.responsible_office for o in mine)
    leads = any("leadership" in o.role for o in mine) and standing.section == "headline"
    runs = any("operator" in o.role for o in mine)
    return owns or leads or (runs and standing.status in STANDS) or _concerns(office, envelope, standing)


def _footer(office: Office, desk: Desk) -> Iterator[str]:
    if office.link:
        yield desk.say("mail.link", link=office.link)
    chips = (status_chip(status, desk.language) for status in _STATUSES_IN_KEY)
    yield desk.say("mail.legend", marks="　".join(f"{chip.mark} {chip.word}" for chip in chips))
    yield desk.say("mail.footer", n=office.repeat_periods)
