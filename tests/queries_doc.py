"""docs/queries.md as data: its questions, their SQL, the answers printed below them.

python -m tests.queries_doc VAR        # write the answers anew from a replayed sample year, then read them
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import duckdb

DOCUMENT = Path(__file__).parents[1] / "docs" / "queries.md"
_QUESTION = re.compile(r"^## (\d+)\. (.+?)\n(.*?)^```sql\n(.*?)^```\n\n((?:\|[^\n]*\n)+)", re.M | re.S)
_EXAMPLE = re.compile(r"^### (\w+)\n\n```(\w+)\n(.*?)^```", re.M | re.S)


@dataclass(frozen=True)
class Question:
    """One question of the document with its SQL and the table printed as its answer."""

    number: int
    title: str
    sql: str
    answer: str


def questions() -> list[Question]:
    found = _QUESTION.finditer(DOCUMENT.read_text(encoding="utf-8"))
    return [Question(int(m[1]), m[2], m[4], m[5]) for m in found]


def examples() -> dict[str, str]:
    """The code shown for each tool, by the tool's name."""
    return {m[1]: m[3] for m in _EXAMPLE.finditer(DOCUMENT.read_text(encoding="utf-8"))}


def answer(connection: duckdb.DuckDBPyConnection, sql: str) -> str:
    """The result of `sql` as a Markdown table."""
    result = connection.execute(sql)
    header = [column[0] for column in result.description or []]
    lines = [header, ["---"] * len(header), *[[_cell(value) for value in row] for row in result.fetchall()]]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(value: object) -> str:
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    return "" if value is None else str(value).replace("|", "\\|")


def main(var: Path) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    with duckdb.connect(str(var / "published" / "duban.duckdb"), read_only=True) as connection:
        for question in questions():
            block = f"```sql\n{question.sql}```\n\n"
            text = text.replace(block + question.answer, block + answer(connection, question.sql))
    DOCUMENT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
