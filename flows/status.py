"""`duban status`: where every target stands, from the published copy, without a lock and without heavy imports."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from flows import warehouse
from flows.errors import NotFoundError
from flows.settings import Settings
from models.message import joined, say
from sql import query

Row = dict[str, Any]
ENGLISH = "indicator_name_en"  # for the table only
FILTERS = {"region": "region", "office": "responsible_office", "section": "section", "status": "status"}
_FILTER_WORDS = {
    "region": say("地区"),
    "office": say("责任单位"),
    "section": say("章节"),
    "status": say("状态"),
}


@dataclass(frozen=True)
class Names:
    """The words for the ids that a filter may be given."""

    offices: dict[str, str]
    reference: Path
    lang: str

    def of(self, rows: list[Row], name: str) -> dict[str, str]:
        """Ids of one column with the words for them."""
        from models.words import words

        if name == "status":
            known = words(self.lang)
            return {key.split(".")[1]: known[key] for key in known if key.startswith("status.")}
        if name == "section":
            return section_names(self.reference, rows, self.lang)
        if name == "office":
            used = {row["responsible_office"] for row in rows if row["responsible_office"]}
            return {office: self.offices.get(office, office) for office in used}
        return {row["region"]: row["region_name"] or row["region"] for row in rows}


@dataclass(frozen=True)
class Standing:
    """The rows to show, the names of offices, and the language to show them in."""

    rows: tuple[Row, ...]
    offices: dict[str, str]
    lang: str

    def name(self, row: Row) -> str:
        """The indicator's name in the language of the table."""
        return str((self.lang == "en" and row[ENGLISH]) or row["indicator_name"])

    def target(self, row: Row) -> str:
        """The target as a figure, or as the report prints it; in English the kind of such a goal."""
        from models.words import word

        if row["target_value"] is None or row["kind"] == "stage":
            return word(f"kind.{row['kind']}", "en") if self.lang == "en" else str(row["printed"] or "")
        return self._quantity(row, "target_value")

    def actual(self, row: Row) -> str:
        """The actual; a milestone has none but its status."""
        return "" if row["kind"] == "stage" else self._quantity(row, "actual", bound=row["actual_bound"])

    def _quantity(self, row: Row, name: str, *, bound: str | None = None) -> str:
        from models.notation import RATES, quantity
        from models.words import unit_word

        unit = unit_word(row["unit"], self.lang)
        return quantity(row[name], unit if self.lang == "zh" or unit in RATES else f" {unit}", bound=bound)

    def office(self, row: Row) -> str:
        """The responsible office by name."""
        return self.offices.get(row["responsible_office"], row["responsible_office"] or "")


def command(settings: Settings, arguments: argparse.Namespace) -> int:
    """Print the table, coloured on a terminal, plain with tabs in a pipe, or JSON alone."""
    wanted = {name: getattr(arguments, name) for name in FILTERS if getattr(arguments, name)}
    offices = office_names(settings.reference, settings.lang)
    rows = filtered(read_rows(settings), wanted, Names(offices, settings.reference, settings.lang))
    if arguments.json:
        print(as_json(rows))
        return 0
    standing = Standing(tuple(rows), offices, settings.lang)
    if sys.stdout.isatty():
        from flows.status_table import show

        show(standing)
    else:
        print("\n".join("\t".join(cells) for cells in plain_lines(standing)))
    return 0


def read_rows(settings: Settings) -> list[Row]:
    """The published variance rows, the worst first."""
    with warehouse.read_published(settings) as connection:
        result = connection.execute(query("status/targets"))
        names = [column[0] for column in result.description or ()]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def filtered(rows: list[Row], wanted: dict[str, str], names: Names) -> list[Row]:
    """The rows that hold every wanted value, given as id or as word; an unknown value lists the known ones."""
    ids = {name: _known_id(name, value, names.of(rows, name)) for name, value in wanted.items()}
    return [row for row in rows if all(str(row[FILTERS[name]]) == value for name, value in ids.items())]


def _known_id(name: str, value: str, words: dict[str, str]) -> str:
    found = [known for known, word in words.items() if value in (known, word)]
    if not found:
        listed = joined(
            "、", (say("{known}（{word}）", known=known, word=word) for known, word in sorted(words.items()))
        ) or say("无")
        raise NotFoundError(
            say(
                "没有{filter_words}“{value}”。可用的{filter_words}：{listed}。",
                filter_words=_FILTER_WORDS[name],
                value=value,
                listed=listed,
            )
        )
    return found[0]


def as_json(rows: Iterable[Row]) -> str:
    """A JSON array with the columns of the variance relation; dates as ISO text, figures as numbers."""
    shown = [{name: value for name, value in row.items() if name != ENGLISH} for row in rows]
    return json.dumps(shown, ensure_ascii=False, indent=2, default=_json_value)


def _json_value(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def plain_lines(standing: Standing) -> Iterable[list[str]]:
    """A heading and one line a target, for pipes."""
    from models import notation
    from models.words import word

    lang = standing.lang
    names = "status indicator responsible_office period target actual gap_points outlook data_state target_id provenance"
    yield [word(f"column.{name}", lang) for name in names.split()]
    for row in standing.rows:
        yield [
            word(f"status.{row['status']}", lang),
            standing.name(row),
            standing.office(row),
            f"{row['period_end']:%Y-%m}" if row["period_end"] else "",
            standing.target(row),
            standing.actual(row),
            notation.signed(notation.points_of(row), 1),
            word(f"outlook.{row['outlook']}", lang),
            word(f"data_state.{row['data_state']}", lang),
            row["target_id"],
            word(f"provenance.{row['provenance']}", lang) if row["provenance"] else "",
        ]


def office_names(reference: Path, lang: str) -> dict[str, str]:
    """Names of offices from the book; ids alone where the book is not at hand."""
    rows = _book(reference / "offices.csv")
    return {row["office_id"]: row["name_en" if lang == "en" else "name"] for row in rows}


def section_names(reference: Path, rows: list[Row], lang: str) -> dict[str, str]:
    """The sections of `rows` by number and title; by number alone where no title is at hand."""
    from models.words import section_word

    title = "section_title_en" if lang == "en" else "section_short"
    titles = {
        (row["region"], row["year"], row["section"]): row[title] for row in _book(reference / "sections.csv")
    }
    return {
        row["section"]: section_word(
            row["section"], lang, titles.get((row["region"], str(row["year"]), row["section"]), "")
        )
        for row in rows
        if row["section"]
    }


def _book(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
