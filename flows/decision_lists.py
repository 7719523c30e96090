"""The lists that decisions are taken from: what was kept out, and what was delivered. No lock, no heavy imports."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flows import warehouse
from flows.settings import Settings
from models.message import either, in_language, joined, say
from models.words import WORDS, reason_word
from sql import query

Row = dict[str, Any]
Column = tuple[str, Callable[[Row], object]]

_GRAVITIES = {name: either(*WORDS[f"gravity.{name}"]) for name in ("quarantined", "refused")}
_OUTCOMES = {name: either(*WORDS[f"outcome.{name}"]) for name in ("loaded", "partly", "refused", "withdrawn")}
_DECISIONS = {
    name: either(*WORDS[f"decision.{name}"]) for name in ("accept", "reject", "withdraw", "restore")
}


def print_quarantine(settings: Settings, *, as_json: bool) -> int:
    """Every figure or file kept out: those that wait for a decision first, each with its reason below."""
    rows = _rows(settings, "decisions/quarantine")
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, default=str))
        return 0
    columns: Sequence[Column] = (
        (say("编号"), lambda row: row["rejection_id"]),
        (say("处置"), lambda row: _GRAVITIES[row["gravity"]]),
        (say("文件"), lambda row: row["file"]),
        (say("位置"), _place),
        (say("值"), lambda row: row["value"]),
        (say("决定"), _decision),
    )
    header, *lines = _aligned(columns, rows, settings.lang)
    print(header if rows else in_language(say("没有隔离或拒收。"), settings.lang))
    for row, line in zip(rows, lines, strict=True):
        print(f"{line}\n    {one_line(reason_word(row, settings.lang))}")
    waiting = sum(row["gravity"] == "quarantined" and not row["decision"] for row in rows)
    if rows:
        counted = say("共 {rows} 条，其中 {waiting} 条隔离待决定。", rows=len(rows), waiting=waiting)
        print(in_language(counted, settings.lang))
    return 0


def print_deliveries(settings: Settings, *, as_json: bool) -> int:
    """Every delivery, the newest first, with what was taken of it."""
    rows = _rows(settings, "decisions/delivery")
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, default=str))
        return 0
    columns: Sequence[Column] = (
        (say("编号"), lambda row: row["delivery_id"]),
        (say("收到"), lambda row: row["received"]),
        (say("文件"), lambda row: row["file"]),
        (say("报数单位"), lambda row: row["reporting_office"]),
        (say("读出"), lambda row: row["rows_read"]),
        (say("采纳"), lambda row: row["rows_accepted"]),
        (say("隔离"), lambda row: row["rows_quarantined"]),
        (say("结果"), lambda row: _OUTCOMES.get(row["outcome"], row["outcome"])),
        (say("决定"), _decision),
    )
    nothing = in_language(say("还没有报送。"), settings.lang)
    print("\n".join(_aligned(columns, rows, settings.lang)) if rows else nothing)
    return 0


def _rows(settings: Settings, name: str) -> list[Row]:
    with warehouse.read_published(settings) as connection:
        result = connection.execute(query(name))
        names = [column[0] for column in result.description or ()]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _place(row: Mapping[str, Any]) -> str:
    parts = (
        row["sheet"],
        say("第 {row} 行", row=row["row"]) if row["row"] else say("整个文件"),
        row["column"],
    )
    return joined(" ", (part for part in parts if part))


def _decision(row: Mapping[str, Any]) -> str:
    if not row["decision"]:
        return say("待决定") if row.get("gravity") == "quarantined" else ""
    return say(
        "{decision}：{author}，{reason}",
        decision=_DECISIONS[row["decision"]],
        author=row["decided_by"],
        reason=row["reason"],
    )


def _aligned(columns: Sequence[Column], rows: Sequence[Row], lang: str) -> list[str]:
    """A header and a line a row, in columns as wide as they show: Chinese characters count twice."""
    lines = [[in_language(title, lang) for title, _ in columns]]
    lines += [[one_line(_cell(cell(row), lang)) for _, cell in columns] for row in rows]
    widths = [max(map(shown_width, cells)) for cells in zip(*lines, strict=True)]
    return ["  ".join(map(_padded, cells, widths)).rstrip() for cells in lines]


def _cell(value: object, lang: str) -> str:
    return "" if value is None else in_language(value, lang)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - shown_width(text))


def one_line(cell: object) -> str:
    """A cell as it may be shown on a terminal: no control characters, no line breaks."""
    text = "" if cell is None else str(cell)
    return "".join(c if c.isprintable() else " " for c in text)


def shown_width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
