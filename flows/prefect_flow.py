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

from flows import artifacts, monitor
from flows import settings as configuration
from flows.errors import DiskError
from flows.monitor import Summary
from models.run import TIME_ZONE, begin

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
def watch(paths: dict[str, str | None], as_of: str | None = None, wait: float = 600) -> Summary:
    """One run as of the date that the schedule meant: a run that starts late still judges its own day."""
    given = {name: Path(value) for name, value in paths.items() if value}
    settings = configuration.load(given, config=given.pop("config", None))
    day = date.fromisoformat(as_of) if as_of else flow_run.scheduled_start_time.astimezone(TIME_ZONE).date()
    begun = begin(day, now=datetime.now(TIME_ZONE))
    context = begun if as_of else replace(begun, scheduled_for=day)
    summary = monitor.run(settings, context, step=as_task, wait=wait)
    artifacts.write(settings, summary)
    return summary
