"""Groups of regions on a Prefect work pool: a deployment a group, several workers, one flow that waits for them.

Everything runs on loopback and on this machine. What a group takes in is held by a claim of its process (see
flows/ledger.py), so a run that was lost with its worker is simply given out again.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from flows import ledger
from flows.errors import CannotOpen
from flows.settings import Settings
from models.message import joined, say

POOL = "duban"
FLOW = "duban-group"
ATTEMPTS = 3
LOOK_SECONDS = 2
LOST_SECONDS = 180  # a run that began this long ago and holds nothing lost its process

Parameters = Mapping[str, Any]


@dataclass
class _Given:
    """A group's run as it was given out last."""

    run_id: UUID
    attempt: int
    since: float


@contextmanager
def opened(settings: Settings, paths: Mapping[str, str | None], home: Path) -> Iterator[None]:
    """The pool with its deployments, and as many workers as the settings say, for as long as the block lasts."""
    _prepare(settings, paths)
    os.environ |= {"PREFECT_WORKER_QUERY_SECONDS": str(LOOK_SECONDS)}
    with ExitStack() as stack:
        for number in range(1, settings.workers + 1):
            stack.enter_context(_worker(number, home))
        yield


def _prepare(settings: Settings, paths: Mapping[str, str | None]) -> None:
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.actions import WorkPoolCreate
    from prefect.runner.storage import LocalStorage
    from prefect.types.entrypoint import EntrypointType

    from flows.prefect_flow import take

    pool = WorkPoolCreate(name=POOL, type="process", concurrency_limit=settings.workers)
    with get_client(sync_client=True) as client:
        client.create_work_pool(pool, overwrite=True)
    for group in settings.groups:
        made: Any = take.to_deployment(
            name=group,
            parameters={"paths": dict(paths), "group": group},
            tags=["duban", group],
            concurrency_limit=1,
            work_pool_name=POOL,
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        made.storage = LocalStorage(str(Path.cwd()))  # else a worker copies the folder for every run
        made.apply()


@contextmanager
def _worker(number: int, home: Path) -> Iterator[None]:
    command = [sys.executable, "-m", "prefect", "worker", "start", "--pool", POOL, "--type", "process"]
    with (home / f"worker-{number}.log").open("ab") as log:
        process = subprocess.Popen(
            [*command, "--name", f"duban-{number}", "--limit", "1"], stdout=log, stderr=log
        )
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()


def run_groups(settings: Settings, parameters: Parameters) -> None:
    """Give every group out and wait; one that crashed or was lost is given out again, up to three times."""
    from prefect.client.orchestration import get_client

    failed = []
    with get_client(sync_client=True) as client:
        waiting = {group: _give(group, parameters, 1) for group in settings.groups}
        while waiting:
            time.sleep(LOOK_SECONDS)
            for group, given in list(waiting.items()):
                state = _state(client, settings, group, given)
                if state is None or not state.is_final():
                    continue
                del waiting[group]
                if not state.is_completed() and given.attempt < ATTEMPTS:
                    waiting[group] = _give(group, parameters, given.attempt + 1)
                elif not state.is_completed():
                    failed.append(group)
    if failed:
        raise CannotOpen(
            say(
                "分组 {groups} 没有运行成功，本次未提醒、未发布；其余各组的数据已保存。原因见 Prefect 页面和 log/，改正后重新运行。",
                groups=joined("、", failed),
            )
        )


def _give(group: str, parameters: Parameters, attempt: int) -> _Given:
    from prefect.deployments import run_deployment

    run: Any = run_deployment(f"{FLOW}/{group}", parameters=dict(parameters), timeout=0)
    return _Given(run.id, attempt, time.monotonic())


def _state(client: Any, settings: Settings, group: str, given: _Given) -> Any:  # noqa: ANN401
    """Where the group's run stands; crashed where its process is gone and nobody could say so."""
    from prefect.states import Crashed

    state = client.read_flow_run(given.run_id).state
    if state is None or not state.is_running():
        given.since = time.monotonic()
    elif settings.lake and time.monotonic() - given.since > LOST_SECONDS:
        if ledger.is_held(settings, group):
            given.since = time.monotonic()
        else:
            state = Crashed(message="lost with its worker")
            client.set_flow_run_state(given.run_id, state, force=True)
    return state
