"""What Prefect's own page shows of a run: the variance table and the refusals, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from prefect.artifacts import create_markdown_artifact

from flows import warehouse
from flows.monitor import Summary
from flows.settings import Settings
from models.message import in_language, say
from models.words import WORDS, reason_word, word
from sql import query

VARIANCE = (
    "region",
    "indicator",
    "period",
    "actual",
    "target",
    "gap_points",
    "status",
    "data_state",
    "provenance",
)
REFUSALS = ("file", "row", "column", "value", "message", "decision")


def write(settings: Settings, summary: Summary) -> None:
    """One artifact for the variance table and one for what was refused or quarantined."""
    with warehouse.read_published(settings) as connection:
        variance = connection.execute(query("artifacts/variance")).fetchall()
        refusals = connection.execute(query("artifacts/refusals")).fetchall()
    files = "\n".join(f"- `{file}`" for file in summary.files)
    lang = settings.lang
    dated = in_language(say("截至 {as_of}", as_of=summary.context.as_of), lang)
    heading = f"## {dated}\n\n{in_language(summary.loaded, lang)}\n\n{files}\n\n"
    _show(heading, VARIANCE, [_said(row, lang) for row in variance], "variance", lang)
    _show("", REFUSALS, [_refused(row, lang) for row in refusals], "refusals", lang)


def _said(row: Sequence[Any], lang: str) -> list[object]:
    """A variance row with words for status, data state and provenance."""
    *figures, status, data_state, provenance = row
    keys = (f"status.{status}", f"data_state.{data_state}", f"provenance.{provenance}")
    return [*figures, *(word(key, lang) if key in WORDS else "" for key in keys)]


def _refused(row: Sequence[Any], lang: str) -> list[object]:
    """A refusal with its reason and what was done in words."""
    *place, message, advice, message_en, advice_en, gravity = row
    told = {"message": message, "advice": advice, "message_en": message_en, "advice_en": advice_en}
    return [*place, reason_word(told, lang), word(f"gravity.{gravity}", lang)]


def _show(
    heading: str, columns: Sequence[str], rows: Iterable[Sequence[object]], sheet: str, lang: str
) -> None:
    table = _table([word(f"column.{name}", lang) for name in columns], rows)
    create_markdown_artifact(heading + table, key=sheet, description=word(f"sheet.{sheet}", lang))


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    return "\n".join(lines + ["| " + " | ".join(map(_cell, row)) + " |" for row in rows])


def _cell(value: object) -> str:
    """A cell that cannot break out of its table: what files say is data, never markup."""
    text = "" if value is None else str(value)
    for mark in "\\`*_{}[]<>#|!":
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())
