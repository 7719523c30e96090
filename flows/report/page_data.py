"""What the page knows, as plain lists: dates as text, figures as numbers, people's and files' names by id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from flows.report import brief_target
from flows.report.changes import changes
from flows.report.month import Month
from flows.report.palette import MARKS, STATUSES
from flows.report.reading import Row
from models.explanation import sentences
from models.notation import points_of
from models.words import LANGUAGES, reason_word, words

Json: TypeAlias = Any


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# Columns of the judged row that the page shows under their own names.
SHOWN = _names("""target_id indicator responsible_office reporting_office kind measure basis comparator target_value value_high
    unit nature modality stretch period_end actual actual_bound reference_value linear_share schedule_share
    schedule_basis expected gap gap_points severity completion required required_per_period required_growth forecast
    forecast_low forecast_high probability status status_since periods_in_status data_state outlook rule_set provenance
    finality delivery_id source_file source_sheet source_row section paragraph printed promise_id year""")
BOOK = _names("final_period year_end_only lumpy co_responsible leader tolerance note")
WORD_GROUPS = _names("""status status_meaning data_state outlook kind measure basis provenance finality outcome schedule_basis
    unit page column change panel heat rule decision simulated key""")
RULE = _names("rule_set kind nature priority rule_subject operator threshold status label label_en")
BEFORE = _names("status outlook gap_points actual period_end data_state")
PROBLEM = _names("sheet row column value rule decision decided_by")
UNDELIVERED = _names("notification_id as_of subject state attempts last_error")
DELIVERY = _names(
    "delivery_id file sha256 reporting_office received provenance finality layout encoding rows_read rows_accepted"
    " rows_quarantined outcome"
)


def page_data(month: Month, lang: str) -> dict[str, Any]:
    """Everything the page is drawn from."""
    return {
        "lang": lang,
        "words": {each: _page_words(each) for each in LANGUAGES},
        "title": {each: month.title(each) for each in LANGUAGES},
        "region": {"code": month.region, "zh": month.name, "en": month.name_en},
        "year": month.year,
        "period": plain(month.period),
        "as_of": plain(month.as_of),
        "previous": plain(month.previous_as_of),
        "simulated": month.is_simulated,
        "provenances": list(month.provenances),
        "marks": MARKS,
        "statuses": list(STATUSES),
        "offices": {
            key: [row["name"], row["name_en"] or row["name"]]
            for key, row in month.office.items()
            if key in _offices(month)
        },
        "sections": _sections(month),
        "targets": [target(month, row) for row in month.variance],
        "changes": [
            {"kind": c.kind, "id": c.now["target_id"], "before": _brief(c.before)} for c in changes(month)
        ],
        "before": dict(Counter(row["status"] for row in month.before.values())),
        "trend": trend(month),
        "deliveries": [delivery(month, row) for row in month.deliveries],
        "undelivered": [undelivered(month, row) for row in month.undelivered],
        "rules": [_picked(rule, RULE) for rule in month.rules],
    }


def plain(value: object) -> Json:
    """A value as JSON has it."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else value


def target(month: Month, row: Row) -> dict[str, Any]:
    """One target with its history, its figures and what people said about it; nulls are left out."""
    key = row["target_id"]
    known = _picked(row, SHOWN) | _picked(month.target.get(key, {}), BOOK)
    known |= {
        "gap_points": plain(points_of(row)),
        "name": [month.indicator_name(row, each) for each in LANGUAGES],
        "whole": month.is_whole(row),
        "direction": month.indicator.get(row["indicator"], {}).get("direction"),
        "definition": month.indicator.get(row["indicator"], {}).get("definition"),
        "explain": ["\n".join(sentences(month.evidence(row), each)) for each in LANGUAGES],
        "lead": brief_target.shortfall(month, row),
        "history": [
            [
                *(plain(h[n]) for n in ("period_end", "status", "actual", "expected")),
                plain(points_of(h)),
                h["data_state"],
            ]
            for h in month.history.get(key, ())
        ],
        "trail": _trail(month.trail.get(key, ())),
        "series": series(month, row),
        "schedule": [
            [plain(p[n]) for n in ("period_end", "value", "stage_name")] for p in month.schedule.get(key, ())
        ],
        "silence": _picked(month.silences.get(key, {}), SILENCED),
        "acks": [
            {k: plain(v) for k, v in ack.items() if v is not None and k in ACKNOWLEDGED}
            for ack in month.acknowledgements.get(key, ())
        ],
    }
    return {name: value for name, value in known.items() if not _is_empty(value)}


def _is_empty(value: object) -> bool:
    """Nothing to say. A zero is a figure: it is kept, although it equals `False`."""
    return value is None or value is False or (isinstance(value, str | list | dict) and not value)


SILENCED = ("author", "reason", "ends_on")
ACKNOWLEDGED = ("author", "measures_taken", "due_on", "recorded_at")


def series(month: Month, row: Row) -> list[list[Any]]:
    """Every version of the figures of the target's year and the year before."""
    versions = month.series.get((row["indicator"], row["measure"], row["basis"]), ())
    names = (
        "period_end",
        "value",
        "bound",
        "received",
        "delivery_id",
        "source_sheet",
        "source_row",
        "finality",
        "provenance",
        "superseded_by",
    )
    return [[plain(v[n]) for n in names] for v in versions if v["period_end"].year >= row["year"] - 1]


def _trail(rows: Iterable[Row]) -> list[list[Any]]:
    """The as-of dates at which status or outlook became another."""
    found: list[list[Any]] = []
    for row in rows:
        line = [
            plain(row["as_of"]),
            plain(row["period_end"]),
            row["status"],
            row["outlook"],
            plain(points_of(row)),
        ]
        if not found or found[-1][2:4] != line[2:4]:
            found.append(line)
    return found


def trend(month: Month) -> list[list[Any]]:
    """How many targets stood where, by as-of date."""
    return [
        [plain(as_of), dict(Counter(row["status"] for row in month.standing(as_of)))] for as_of in month.dates
    ]


def delivery(month: Month, row: Row) -> dict[str, Any]:
    """A delivery's receipt: what came, what became of it, every problem with its place."""
    problems = [
        _picked(problem, PROBLEM) | {"message": [reason_word(problem, each) for each in LANGUAGES]}
        for problem in month.rejections.get(row["delivery_id"], ())
    ]
    notes = [note["text"] for note in month.footnotes.get(row["delivery_id"], ())]
    return _picked(row, DELIVERY) | {"problems": problems, "notes": notes}


def undelivered(month: Month, row: Row) -> dict[str, Any]:
    """A mail that did not get out: for whom, about what, how often tried and why it failed; no address."""
    offices = [[month.office_name(o, each) for each in LANGUAGES] for o in str(row["office"]).split("|")]
    return _picked(row, UNDELIVERED) | {"offices": offices}


def _picked(row: Row, names: Iterable[str]) -> dict[str, Any]:
    return {name: plain(row[name]) for name in names if row.get(name) is not None}


def _brief(row: Row | None) -> dict[str, Any] | None:
    return _picked(row, BEFORE) if row else None


def _sections(month: Month) -> dict[str, list[str]]:
    """Short names in both languages, then whole ones."""
    rows = {row["section"]: row for row in month.variance if row["section"]}
    return {
        section: [month.section_name(row, lang, whole=whole) for whole in (False, True) for lang in LANGUAGES]
        for section, row in rows.items()
    }


def _offices(month: Month) -> set[str]:
    used = {row[name] for row in month.variance for name in ("responsible_office", "reporting_office")}
    used |= {office for row in month.target.values() for office in (row["co_responsible"] or "").split("|")}
    used |= {row["leader"] for row in month.target.values()}
    return {str(office) for office in used | {row["reporting_office"] for row in month.deliveries}}


def _page_words(lang: str) -> dict[str, str]:
    return {key: value for key, value in words(lang).items() if key.split(".")[0] in WORD_GROUPS}
