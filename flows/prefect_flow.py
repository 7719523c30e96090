"""The Prefect flow: the same composition as the terminal's, each stage a task with retries and artifacts.

Import only after `deployments.configure_prefect`: Prefect reads its environment when it is imported.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run

from flows import artifacts, monitor, runs, work_pool
from flows import settings as configuration
from flows.errors import DiskError
from flows.monitor import Summary
from flows.settings import COMMON, Settings
from models.run import TIME_ZONE, RunContext, begin

T = TypeVar("T")

RETRIED = {"receive": 3, "report": 2, "publish": 2}  # a file share comes back; a wrong figure does not
RETRY_DELAY_SECONDS = 10


def as_task(stage: Callable[..., T], *arguments: object) -> T:
    """Run one stage as a task. Its arguments stay in a closure: Prefect neither walks nor stores them."""

    def work() -> T:
        return stage(*arguments)

    made = task(
        name=stage.__name__,
        cache_policy=NO_CACHE,
        persist_result=False,
        retries=RETRIED.get(stage.__name__, 0),
        retry_delay_seconds=RETRY_DELAY_SECONDS,
        retry_condition_fn=_can_be_retried,
    )(work)
    return made()


def _can_be_retried(_task: object, _run: object, state: Any) -> bool:  # noqa: ANN401
    error = state.data
    return isinstance(getattr(error, "exception", error), OSError | DiskError)


@flow(name="duban", validate_parameters=False, persist_result=False)
def watch(
    paths: dict[str, str | None], as_of: str | None = None, wait: float = 600, has_workers: bool = False
) -> Summary:
    """One run as of the date that the schedule meant: a run that starts late still judges its own day.

    With workers, the groups of regions are run by them; what has to be done once is done here.
    """
    settings = _settings(paths)
    day = date.fromisoformat(as_of) if as_of else flow_run.scheduled_start_time.astimezone(TIME_ZONE).date()
    begun = begin(day, now=datetime.now(TIME_ZONE))
    context = begun if as_of else replace(begun, scheduled_for=day)
    if has_workers:
        summary = _spread(settings, context, paths, wait)
    else:
        summary = monitor.run(settings, context, step=as_task, wait=wait)
    artifacts.write(settings, summary)
    return summary


@flow(name=work_pool.FLOW, validate_parameters=False, persist_result=False)
def take(paths: dict[str, str | None], group: str, as_of: str = "", wait: float = 600) -> None:
    """The run of one group, by whichever worker is free."""
    begun = begin(date.fromisoformat(as_of) if as_of else None, now=datetime.now(TIME_ZONE))
    monitor.run_group(_settings(paths), replace(begun, group=group), step=as_task, wait=wait)


def _settings(paths: dict[str, str | None]) -> Settings:
    given = {name: Path(value) for name, value in paths.items() if value}
    return configuration.load(given, config=given.pop("config", None))


def _spread(settings: Settings, context: RunContext, paths: dict[str, str | None], wait: float) -> Summary:
    """The common regions, then all groups at once, then the roll-up."""
    monitor.run_group(settings, replace(context, group=COMMON), step=as_task, wait=wait)
    work_pool.run_groups(settings, {"as_of": context.as_of.isoformat(), "wait": wait})
    rolled_up = monitor.roll_up(settings, context, step=as_task, wait=wait)
    return replace(rolled_up, loaded=runs.loaded_since(settings, context.started_at))
