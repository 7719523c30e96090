"""The lists that decisions are taken from: what was kept out, and what was delivered. No lock, no heavy imports."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flows import warehouse
from flows.settings import Settings
from sql import query

Row = dict[str, Any]
Column = tuple[str, Callable[[Row], object]]

_GRAVITIES = {"quarantined": "隔离", "refused": "拒收"}
_OUTCOMES = {"loaded": "全部采纳", "partly": "部分采纳", "refused": "拒收", "withdrawn": "已撤回"}
_DECISIONS = {"accept": "已放行", "reject": "已驳回", "withdraw": "已撤回", "restore": "已恢复"}


def print_quarantine(settings: Settings, *, as_json: bool) -> int:
    """Every figure or file kept out: those that wait for a decision first, each with its reason below."""
    rows = _rows(settings, "decisions/quarantine")
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, default=str))
        return 0
    columns: Sequence[Column] = (
        ("编号", lambda row: row["rejection_id"]),
        ("处置", lambda row: _GRAVITIES[row["gravity"]]),
        ("文件", lambda row: row["file"]),
        ("位置", _place),
        ("值", lambda row: row["value"]),
        ("决定", _decision),
    )
    header, *lines = _aligned(columns, rows)
    print(header if rows else "没有隔离或拒收。")
    for row, line in zip(rows, lines, strict=True):
        print(f"{line}\n    {one_line(row['message'])}{one_line(row['advice'])}")
    waiting = sum(row["gravity"] == "quarantined" and not row["decision"] for row in rows)
    if rows:
        print(f"共 {len(rows)} 条，其中 {waiting} 条隔离待决定。")
    return 0


def print_deliveries(settings: Settings, *, as_json: bool) -> int:
    """Every delivery, the newest first, with what was taken of it."""
    rows = _rows(settings, "decisions/delivery")
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, default=str))
        return 0
    columns: Sequence[Column] = (
        ("编号", lambda row: row["delivery_id"]),
        ("收到", lambda row: row["received"]),
        ("文件", lambda row: row["file"]),
        ("报数单位", lambda row: row["reporting_office"]),
        ("读出", lambda row: row["rows_read"]),
        ("采纳", lambda row: row["rows_accepted"]),
        ("隔离", lambda row: row["rows_quarantined"]),
        ("结果", lambda row: _OUTCOMES.get(row["outcome"], row["outcome"])),
        ("决定", _decision),
    )
    print("\n".join(_aligned(columns, rows)) if rows else "还没有报送。")
    return 0


def _rows(settings: Settings, name: str) -> list[Row]:
    with warehouse.read_published(settings) as connection:
        result = connection.execute(query(name))
        names = [column[0] for column in result.description or ()]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _place(row: Mapping[str, Any]) -> str:
    parts = (row["sheet"], f"第 {row['row']} 行" if row["row"] else "整个文件", row["column"])
    return " ".join(one_line(part) for part in parts if part)


def _decision(row: Mapping[str, Any]) -> str:
    if not row["decision"]:
        return "待决定" if row.get("gravity") == "quarantined" else ""
    return f"{_DECISIONS[row['decision']]}：{row['decided_by']}，{row['reason']}"


def _aligned(columns: Sequence[Column], rows: Sequence[Row]) -> list[str]:
    """A header and a line a row, in columns as wide as they show: Chinese characters count twice."""
    lines = [[title for title, _ in columns]]
    lines += [[one_line(cell(row)) for _, cell in columns] for row in rows]
    widths = [max(map(shown_width, cells)) for cells in zip(*lines, strict=True)]
    return ["  ".join(map(_padded, cells, widths)).rstrip() for cells in lines]


def _padded(text: str, width: int) -> str:
    return text + " " * (width - shown_width(text))


def one_line(cell: object) -> str:
    """A cell as it may be shown on a terminal: no control characters, no line breaks."""
    text = "" if cell is None else str(cell)
    return "".join(c if c.isprintable() else " " for c in text)


def shown_width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
