"""`duban run` and `duban replay`: call the run, then say what stands where and which file to open."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from flows import monitor, warehouse
from flows.errors import UsageError
from flows.monitor import Summary
from flows.settings import Settings
from models.run import TIME_ZONE, begin

WORDS = {
    "zh": {
        "targets": "截至 {}，{} 个目标：{}",
        "comma": "，",
        "open": "打开",
        "query": "查询",
        "totals": "装载 {} 份，采纳 {} 条，隔离 {} 条，拒收 {} 处；邮件 {} 封",
    },
    "en": {
        "targets": "As of {}, {} targets: {}",
        "comma": ", ",
        "open": "Open",
        "query": "Query",
        "totals": "{} deliveries loaded, {} figures accepted, {} quarantined, {} refused; {} mails",
    },
}


def run(settings: Settings, arguments: argparse.Namespace) -> int:
    """One run as of the given date; with --strict exit 3 when anything was refused or quarantined."""
    context = begin(arguments.as_of, now=datetime.now(TIME_ZONE))
    if arguments.prefect:
        from flows.deployments import run_as_flow

        summary = run_as_flow(settings, context, wait=arguments.wait)
    else:
        summary = monitor.run(settings, context, wait=arguments.wait)
    _print_result(settings, [summary])
    refused = summary.loaded.quarantined + summary.loaded.refused
    return 3 if arguments.strict and refused else 0


def replay(settings: Settings, arguments: argparse.Namespace) -> int:
    """Every data month of the range, each as of the 28th of the month after."""
    if arguments.first > arguments.last:
        raise UsageError(f"--from {arguments.first:%Y-%m} 晚于 --to {arguments.last:%Y-%m}。请对调。")
    summaries = monitor.replay(settings, arguments.first, arguments.last, wait=arguments.wait)
    _print_result(settings, summaries)
    return 0


def _print_result(settings: Settings, summaries: Sequence[Summary]) -> None:
    """Where the targets stand, which files to open, and on the last line what all these runs took and refused."""
    from models.assessment import Status

    words, last = WORDS[settings.lang], summaries[-1]
    with warehouse.read_published(settings) as connection:
        counts = Counter(connection.execute("select status from variance").fetchall())
    named = [f"{getattr(Status(status), settings.lang)} {count}" for (status,), count in counts.most_common()]
    print(words["targets"].format(last.context.as_of, counts.total(), words["comma"].join(named)))
    for file in last.files:
        print(words["open"], file)
    print(words["query"], f"duckdb -readonly {settings.published}")
    loaded = [item.loaded for item in summaries]
    print(
        words["totals"].format(
            sum(item.deliveries for item in loaded),
            sum(item.accepted for item in loaded),
            sum(item.quarantined for item in loaded),
            sum(item.refused for item in loaded),
            sum(item.messages for item in summaries),
        )
    )
