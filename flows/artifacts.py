"""What Prefect's own page shows of a run: variance table, changes and refusals, as Markdown with links to the files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prefect.artifacts import create_markdown_artifact

from flows import warehouse
from flows.monitor import Summary
from flows.report.changes import changes
from flows.report.month import months
from flows.report.reading import read_world
from flows.settings import Settings
from models import notation
from models.message import in_language, say
from models.words import WORDS, reason_word, word
from sql import query

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LISTED = 500  # lines of a table; Prefect keeps every artifact, and whoever wants them all opens the files
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
CHANGES = ("region", "change", "indicator", "before", "status", "outlook", "gap_points")
REFUSALS = ("file", "row", "column", "value", "message", "decision")


def write(settings: Settings, summary: Summary) -> None:
    """One artifact for the variance table, one for the changes, one for what was refused or quarantined."""
    lang = settings.lang
    with warehouse.read_published(settings) as connection:
        variance = connection.execute(query("artifacts/variance")).fetchmany(LISTED)
        changed = list(islice(_changed(connection, summary.context.as_of, lang), LISTED))
        refusals = connection.execute(query("artifacts/refusals")).fetchmany(LISTED)
    files = "\n".join(map(_link, summary.files))
    dated = in_language(say("截至 {as_of}", as_of=summary.context.as_of), lang)
    heading = f"## {dated}\n\n{in_language(summary.loaded, lang)}\n\n{files}\n\n"
    _show(heading, VARIANCE, [_said(row, lang) for row in variance], "variance", lang)
    _show(heading, CHANGES, changed, "changes", lang)
    _show("", REFUSALS, [_refused(row, lang) for row in refusals], "refusals", lang)


def _said(row: Sequence[Any], lang: str) -> list[object]:
    """A variance row with words for status, data state and provenance."""
    region, printed, english, *figures, status, data_state, provenance = row
    keys = (f"status.{status}", f"data_state.{data_state}", f"provenance.{provenance}")
    name = english if lang == "en" else printed
    return [region, name, *figures, *(word(key, lang) if key in WORDS else "" for key in keys)]


def _changed(connection: DuckDBPyConnection, as_of: date, lang: str) -> Iterator[list[object]]:
    """What became another in each region since the run before: kind of change, status then and now."""
    regions = connection.execute("select distinct region from variance order by region").fetchall()
    for (region,) in regions:
        for month in months(read_world(connection, region), as_of):
            for change in changes(month):
                now, before = change.now, change.before
                yield [
                    month.name_en if lang == "en" else month.name,
                    word(f"change.{change.kind}", lang),
                    month.indicator_name(now, lang),
                    word(f"status.{before['status']}", lang) if before else "",
                    word(f"status.{now['status']}", lang),
                    word(f"outlook.{now['outlook']}", lang) if now["outlook"] else "",
                    notation.signed(notation.points_of(now), 1),
                ]


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


def _link(file: str) -> str:
    """A file of the run, to open from the page where the browser may."""
    return f"- [{_cell(file)}]({Path(file).resolve().as_uri()})"


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    return "\n".join(lines + ["| " + " | ".join(map(_cell, row)) + " |" for row in rows])


def _cell(value: object) -> str:
    """A cell that cannot break out of its table: what files say is data, never markup."""
    text = "" if value is None else str(value)
    for mark in "\\`*_{}[]<>#|!":
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())
