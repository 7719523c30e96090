"""`duban doctor`: every setting with its origin, and whether everything stands ready for the next run."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import datetime

from flows.examinations import Health, examine
from flows.settings import NAMES, Settings
from models.run import TIME_ZONE

SECRET = ("smtp_password",)

_MARKS = {
    "zh": {Health.GOOD: "正常", Health.WARNING: "注意", Health.BAD: "错误"},
    "en": {Health.GOOD: "ok", Health.WARNING: "warning", Health.BAD: "error"},
}


def command(settings: Settings, arguments: argparse.Namespace) -> int:
    """Print settings and findings; exit 4 when something would stop a run or lose a mail."""
    for line in setting_lines(settings):
        print(line)
    print()
    found = list(examine(settings, datetime.now(TIME_ZONE)))
    for finding in found:
        print(f"[{_MARKS[settings.lang][finding.health]}] {finding.text}")
    return 4 if any(finding.health == Health.BAD for finding in found) else 0


def setting_lines(settings: Settings) -> Iterator[str]:
    """Every setting with its value and where it came from; secrets only as set or not."""
    for name in NAMES:
        value = getattr(settings, name)
        shown = ("已设置" if value else "未设置") if name in SECRET else _shown(value)
        yield f"{name} = {shown}  （{settings.origins.get(name, 'default')}）"


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(map(str, value)) or "—"
    return "—" if value in (None, "") else str(value)
