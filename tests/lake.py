"""A lake for tests, and what a process does that takes groups of regions beside others."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.national import AS_OF, Country
from flows.settings import Settings
from models.run import TIME_ZONE, RunContext, begin

REGIONS = tuple(str(110000 + number) for number in range(8))
GROUPS = {f"g{region}": (region,) for region in REGIONS}
FIGURES_OF_A_DELIVERY = 50


def settings_of(country: Country, port: int, var: Path) -> Settings:
    """The country's settings over a lake in the cluster on `port`, its regions a group each."""
    place = f"ducklake:postgres:host=127.0.0.1 port={port} user=duban dbname=lake"
    return replace(country.settings, var=var, lake=place, groups=GROUPS)


def context_of(number: int = 0, group: str | None = None) -> RunContext:
    """The `number`th run of the same day."""
    moment = datetime(2025, 2, 28, 9, tzinfo=TIME_ZONE) + timedelta(minutes=number)
    return replace(begin(AS_OF, now=moment), group=group)


def work(settings: Settings, groups: tuple[str, ...]) -> None:
    """What a worker does: the runs of its groups, one after another. Runs in a process of its own."""
    from flows import monitor

    for group in groups:
        monitor.run_group(settings, context_of(group=group), wait=300, quiet=True)


def work_until_judged(settings: Settings, group: str) -> None:
    """A worker that is killed when all of its judging is written and nothing of it committed."""
    from flows import monitor

    monitor.run_group(settings, context_of(group=group), step=_killed_in_judge, wait=300, quiet=True)


def _killed_in_judge(stage: Callable[..., Any], *arguments: Any) -> Any:  # noqa: ANN401
    if stage.__name__ != "judge":
        return stage(*arguments)
    from flows import groups, judge, warehouse

    settings, context = arguments
    regions = groups.members(settings, context.group, REGIONS)
    with warehouse.connect(settings) as connection:
        connection.execute("begin")
        assert judge.judge_on(connection, regions).assessments_written == 50
        os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("still alive")
