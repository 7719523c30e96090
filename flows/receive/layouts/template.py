"""The form of `duban template`, filled in: the long form under a marked title."""

from __future__ import annotations

from flows.receive.layouts import long
from flows.receive.layouts.long import Frame, read
from flows.receive.sheet import Sheet

MARK = "督办报送表"
HEADER = ("地区", "指标", "口径", "累计或当月", "时期", "数值", "单位", "上年同期（参考）", "备注")

__all__ = ["HEADER", "MARK", "read", "recognise"]


def recognise(sheet: Sheet) -> Frame | None:
    """The mark in the first cell, and the form's header below it."""
    return long.recognise(sheet) if sheet.rows and sheet.cell(0, 0).startswith(MARK) else None
