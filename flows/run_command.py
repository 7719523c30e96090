"""`duban run` and `duban replay`: call the run, then say what stands where and which file to open."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from flows import monitor, warehouse
from flows.errors import UsageError
from flows.monitor import Summary
from flows.settings import Settings
from models.message import Message, in_language, joined, say
from models.run import TIME_ZONE, RunContext, begin


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """One run as of the given date; with --strict exit 3 when anything was refused or quarantined."""
    context = begin(arguments.as_of, now=datetime.now(TIME_ZONE))
    if arguments.group or arguments.roll_up:
        return _run_part(settings, context, arguments)
    if arguments.prefect:
        from flows.deployments import run_as_flow

        summary = run_as_flow(settings, context, wait=arguments.wait)
    else:
        summary = monitor.run(settings, context, wait=arguments.wait)
    _print_result(settings, [summary])
    refused = summary.loaded.quarantined + summary.loaded.refused
    return 3 if arguments.strict and refused else 0


def _run_part(settings: Settings, context: RunContext, arguments: argparse.Namespace) -> int:
    """One group as far as its reports, or the roll-up of all: what several processes share."""
    if arguments.group:
        context = replace(context, group=arguments.group)
        summary = monitor.run_group(settings, context, wait=arguments.wait)
    else:
        summary = monitor.roll_up(settings, context, wait=arguments.wait)
    print(summary.loaded)
    return 3 if arguments.strict and summary.loaded.quarantined + summary.loaded.refused else 0


def replay(settings: Settings, arguments: argparse.Namespace) -> int:
    """Every data month of the range, each as of the 28th of the month after."""
    if arguments.first > arguments.last:
        raise UsageError(
            say(
                "--from {first:%Y-%m} 晚于 --to {last:%Y-%m}。请对调。",
                first=arguments.first,
                last=arguments.last,
            )
        )
    summaries = monitor.replay(settings, arguments.first, arguments.last, wait=arguments.wait)
    _print_result(settings, summaries)
    return 0


def _print_result(settings: Settings, summaries: Sequence[Summary]) -> None:
    """Where the targets stand, which files to open, and on the last line what all these runs took and refused."""
    from models.assessment import Status

    last = summaries[-1]
    with warehouse.read_published(settings) as connection:
        counts = Counter(connection.execute("select status from variance").fetchall())
    named = [f"{Status(status).word(settings.lang)} {count}" for (status,), count in counts.most_common()]
    said = [
        say(
            "截至 {as_of}，{targets} 个目标：{named}",
            as_of=last.context.as_of,
            targets=counts.total(),
            named=joined("，", named),
        ),
        *(say("打开 {file}", file=file) for file in last.files),
        say("查询 duckdb -readonly {file}", file=settings.published),
        _totals(summaries),
    ]
    for line in said:
        print(in_language(line, settings.lang))


def _totals(summaries: Sequence[Summary]) -> Message:
    loaded = [item.loaded for item in summaries]
    return say(
        "装载 {deliveries} 份，采纳 {accepted} 条，隔离 {quarantined} 条，拒收 {refused} 处；邮件 {messages} 封",
        deliveries=sum(item.deliveries for item in loaded),
        accepted=sum(item.accepted for item in loaded),
        quarantined=sum(item.quarantined for item in loaded),
        refused=sum(item.refused for item in loaded),
        messages=sum(item.messages for item in summaries),
    )
