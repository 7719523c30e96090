"""Schedules: `duban serve` runs a Prefect server on loopback with a monthly and a daily deployment.

Prefect's home lies under `var` with mode 0700. Parameters are paths and dates; nothing secret is among them.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any

from flows import work_pool
from flows.errors import CannotOpen
from flows.monitor import Summary
from flows.settings import Settings
from models.message import in_language, say
from models.run import TIME_ZONE, RunContext

MONTHLY = "0 9 28 * *"  # the month's brief
DAILY = "30 8 * * *"  # takes in what arrived, looks at the calendar and the outbox
SERVER_START_SECONDS = 180


def configure_prefect(settings: Settings) -> Path:
    """Prefect's home and environment; must run before Prefect is imported."""
    home = settings.var.resolve() / "prefect"
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    os.environ |= {
        "PREFECT_HOME": str(home),
        "PREFECT_SERVER_API_HOST": "127.0.0.1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": str(SERVER_START_SECONDS),
        "DO_NOT_TRACK": "1",
    }
    return home


def run_as_flow(settings: Settings, context: RunContext, *, wait: float) -> Summary:
    """`duban run --prefect`: the flow once; without a running server it starts one for the time it takes."""
    configure_prefect(settings)
    from flows.prefect_flow import watch

    done: Summary = watch(_paths(settings), as_of=context.as_of.isoformat(), wait=wait)
    return done


def _paths(settings: Settings) -> dict[str, str | None]:
    folders = {name: str(getattr(settings, name).resolve()) for name in ("raw", "var", "reference")}
    return {**folders, "config": str(settings.config.resolve()) if settings.config else None}


def serve(settings: Settings, arguments: argparse.Namespace) -> int:
    """Serve the schedules until stopped; `--every` seconds instead of them, to try the service out."""
    home = configure_prefect(settings)
    url = f"http://127.0.0.1:{settings.prefect_port}"
    with _server(url, settings.prefect_port, home):
        os.environ["PREFECT_API_URL"] = f"{url}/api"
        from prefect import serve as serve_deployments

        started = say("定时服务已启动：{url} ，按 Ctrl+C 停止", url=url)
        print(in_language(started, settings.lang), flush=True)
        with work_pool.opened(settings, _paths(settings), home) if settings.groups else nullcontext():
            serve_deployments(*deployments(settings, every=arguments.every), limit=1)
    return 0


def deployments(settings: Settings, *, every: float | None = None) -> list[Any]:
    """The monthly and the daily deployment, or one on trial every so many seconds."""
    from prefect.schedules import Cron, Interval
    from prefect.types.entrypoint import EntrypointType

    from flows.prefect_flow import watch

    zone = str(TIME_ZONE)
    plans = {"monthly": Cron(MONTHLY, timezone=zone), "daily": Cron(DAILY, timezone=zone)}
    if every:
        plans = {"trial": Interval(timedelta(seconds=every), timezone=zone)}
    return [
        watch.to_deployment(
            name=name,
            schedule=schedule,
            parameters={"paths": _paths(settings), "has_workers": bool(settings.groups)},
            tags=["duban", name],
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        for name, schedule in plans.items()
    ]


@contextmanager
def _server(url: str, port: int, home: Path) -> Iterator[None]:
    """A Prefect server on loopback for as long as the block lasts; its output goes to a log file."""
    if _answers(url):
        raise CannotOpen(
            say("端口 {port} 已被占用。请停止原有服务，或在 duban.toml 中设置 prefect_port。", port=port)
        )
    command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with (home / "server.log").open("ab") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        _wait_until_healthy(url, process, home)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_until_healthy(url: str, process: subprocess.Popen[bytes], home: Path) -> None:
    deadline = time.monotonic() + SERVER_START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if _answers(f"{url}/api/health"):
            return
        time.sleep(0.5)
    raise CannotOpen(say("Prefect 服务没有启动成功，详见 {log}。", log=home / "server.log"))


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - loopback only
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
