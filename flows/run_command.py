"""`duban run` and `duban replay`: call the run, then say what stands where and which file to open."""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import datetime

from flows import monitor, warehouse
from flows.errors import UsageError
from flows.monitor import Summary
from flows.settings import Settings
from models.run import TIME_ZONE, begin


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """One run as of the given date; with --strict exit 3 when anything was refused or quarantined."""
    context = begin(arguments.as_of, now=datetime.now(TIME_ZONE))
    if arguments.prefect:
        from flows.deployments import run_as_flow

        summary = run_as_flow(settings, context, wait=arguments.wait)
    else:
        summary = monitor.run(settings, context, wait=arguments.wait)
    _print_result(settings, summary)
    refused = summary.loaded.quarantined + summary.loaded.refused
    return 3 if arguments.strict and refused else 0


def replay(settings: Settings, arguments: argparse.Namespace) -> int:
    """Every data month of the range, each as of the 28th of the month after."""
    if arguments.first > arguments.last:
        raise UsageError(f"--from {arguments.first:%Y-%m} 晚于 --to {arguments.last:%Y-%m}。请对调。")
    summaries = monitor.replay(settings, arguments.first, arguments.last, wait=arguments.wait)
    _print_result(settings, summaries[-1], sum(s.messages for s in summaries))
    return 0


def _print_result(settings: Settings, summary: Summary, messages: int | None = None) -> None:
    from models.assessment import Status

    with warehouse.read_published(settings) as connection:
        counts = Counter(connection.execute("select status from variance").fetchall())
    words = [f"{Status(status).zh} {count}" for (status,), count in counts.most_common()]
    print(f"截至 {summary.context.as_of}，{counts.total()} 个目标：{'，'.join(words) or '无'}")
    for file in summary.files:
        print(f"打开 {file}")
    print(f"查询 duckdb -readonly {settings.published}")
    told = summary.messages if messages is None else messages
    print(f"{summary.loaded}；邮件 {told} 封")
