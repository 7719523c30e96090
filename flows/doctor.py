"""`duban doctor`: every setting with its origin, and whether everything stands ready for the next run."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import datetime

from flows.examinations import Health, examine
from flows.settings import NAMES, Settings
from models.message import in_language, say
from models.run import TIME_ZONE

SECRET = ("smtp_password",)

_MARKS = {Health.GOOD: say("正常"), Health.WARNING: say("注意"), Health.BAD: say("错误")}


def command(settings: Settings, arguments: argparse.Namespace) -> int:
    """Print settings and findings; exit 4 when something would stop a run or lose a mail."""
    for line in setting_lines(settings):
        print(in_language(line, settings.lang))
    print()
    found = list(examine(settings, datetime.now(TIME_ZONE)))
    for finding in found:
        line = say("[{mark}] {text}", mark=_MARKS[finding.health], text=finding.text)
        print(in_language(line, settings.lang))
    return 4 if any(finding.health == Health.BAD for finding in found) else 0


def setting_lines(settings: Settings) -> Iterator[str]:
    """Every setting with its value and where it came from; secrets only as set or not."""
    for name in NAMES:
        value = settings.lake or settings.warehouse if name == "warehouse" else getattr(settings, name)
        shown = (say("已设置") if value else say("未设置")) if name in SECRET else _shown(value)
        origin = settings.origins.get(name, "default")
        yield say("{name} = {shown}  （{origin}）", name=name, shown=shown, origin=origin)


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return " ".join(f"{name}={'|'.join(regions)}" for name, regions in value.items()) or "—"
    if isinstance(value, tuple):
        return ",".join(map(str, value)) or "—"
    return "—" if value in (None, "") else str(value)
