"""Colours and marks of the statuses: a colour never stands without its mark and its word."""

from __future__ import annotations

STATUSES = (
    "behind",
    "missed",
    "slightly_behind",
    "on_schedule",
    "achieved",
    "unknown",
    "no_plan",
    "not_due",
    "no_target",
)
# On white paper and screen: blue, green, yellow, red; everything else grey.
PRINT_COLOURS = {
    "achieved": "#1D5FD1",
    "on_schedule": "#2E8B57",
    "slightly_behind": "#E0A100",
    "behind": "#C2261E",
    "missed": "#8B1A1A",
    "not_due": "#B8BEC6",
    "no_plan": "#A3AAB4",
    "no_target": "#CBD0D6",
    "unknown": "#8A929C",
}
# (text, fill) of a status cell, at least 4.5:1.
CELL_COLOURS = {
    "achieved": ("#123F8C", "#DCE8FB"),
    "on_schedule": ("#14532D", "#DCF1E3"),
    "slightly_behind": ("#6B4A00", "#FFF0C2"),
    "behind": ("#8F1C15", "#FBE0DE"),
    "missed": ("#FFFFFF", "#8B1A1A"),
    "not_due": ("#4A525C", "#EEF0F2"),
    "no_plan": ("#4A525C", "#EEF0F2"),
    "no_target": ("#4A525C", "#EEF0F2"),
    "unknown": ("#4A525C", "#EEF0F2"),
}
MARKS = {
    "achieved": "★",
    "on_schedule": "●",
    "slightly_behind": "◐",
    "behind": "▼",
    "missed": "✕",
    "not_due": "○",
    "no_plan": "◇",
    "no_target": "□",
    "unknown": "？",
}
