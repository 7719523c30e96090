"""Judge one month for many regions, beside the plainest SQL for shares and gaps on the same table.

    .venv/bin/python -m benchmarks.bench_judge [--regions 2850] [--targets 50] [--months 1]

Four years of monthly totals for every target (2,850 × 50 × 48 = 6.8 million observations) and the months of a fifth,
judged as of the 28th of the month after. Each step runs in a process of its own and prints its seconds, processor
seconds and peak memory: the plainest SQL; `compare`, everything up to the status and its evidence; `judge`, the
whole stage with what the rest of the year must bring, forecasts and the written rows; and the stage once more.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

STEPS = ("fill", "plain", "compare", "judge", "judge-again")
PLAIN = """
with figure as (
    select region, indicator, year(period_end) as year, month(period_end) as month, value from observation
),
final as (select * from figure where month = 12 and year < 2024),
share as (
    select figure.region, figure.indicator, figure.month, avg(figure.value / final.value) as share
    from figure
    inner join final using (region, indicator, year)
    group by all
)
select
    book_target.target_id,
    figure.month,
    figure.value,
    book_target.target_value * share.share as expected,
    figure.value - book_target.target_value * share.share as gap
from book_target
inner join figure on figure.region = book_target.region and figure.indicator = book_target.indicator
inner join share
    on share.region = figure.region and share.indicator = figure.indicator and share.month = figure.month
where figure.year = 2024
"""


def main() -> None:
    """Fill a warehouse once, then time each way in a fresh process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--regions", type=int, default=2850)
    parser.add_argument("--targets", type=int, default=50)
    parser.add_argument("--months", type=int, default=1, help="months of the target year with figures")
    parser.add_argument("--measure", choices=STEPS)
    parser.add_argument("--var", type=Path)
    arguments = parser.parse_args()
    if arguments.measure:
        measure(arguments.measure, arguments)
        return
    with TemporaryDirectory() as folder:
        for step in STEPS:
            command = [sys.executable, "-m", "benchmarks.bench_judge", "--measure", step, "--var", folder]
            options = [f"--{name}={getattr(arguments, name)}" for name in ("regions", "targets", "months")]
            subprocess.run(command + options, check=True)


def measure(step: str, arguments: argparse.Namespace) -> None:
    """One step in this process, with its time and the most memory it held."""
    from flows import warehouse
    from flows.settings import Settings

    settings = Settings(var=arguments.var)
    if step == "fill":
        prepare(settings, arguments)
    with warehouse.connect(settings) as connection:
        connection.execute("set memory_limit = '1800MB'")
        began, busy = time.perf_counter(), time.process_time()
        done = _STEPS[step](connection, arguments)
        seconds, busy = time.perf_counter() - began, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{step:12}{seconds:8.1f} s{busy:8.1f} s processor{peak:8.0f} MiB   {done}", flush=True)


def prepare(settings: object, arguments: argparse.Namespace) -> None:
    """An empty warehouse that looks at the end of January after the target year."""
    from datetime import datetime

    from flows import warehouse
    from flows.settings import Settings
    from models.run import TIME_ZONE, RunContext

    assert isinstance(settings, Settings)
    as_of = date(2025, 1, 28) if arguments.months == 12 else date(2024, arguments.months + 1, 28)
    warehouse.prepare(settings, RunContext(as_of, datetime(2025, 1, 28, tzinfo=TIME_ZONE)))


def fill(connection: DuckDBPyConnection, arguments: argparse.Namespace) -> str:
    """Books, one delivery a region and year, and a total for every month of four years."""
    regions = f"(select 100000 + i as region from range({arguments.regions}) as numbers (i))"
    targets = f"(select 'indicator_' || i as indicator, i from range({arguments.targets}) as numbers (i))"
    for statement in _statements(regions, targets, arguments.months):
        connection.execute(statement)
    rows = connection.execute("select count(*) from observation").fetchall()[0][0]
    return f"{rows:,} observations, {arguments.regions * arguments.targets:,} targets"


def _statements(regions: str, targets: str, months: int) -> list[str]:
    return [
        f"insert into book_region (region, name) select region::text, region::text from {regions}",
        f"""insert into book_indicator (indicator, name, unit, basis, direction, whole_number, valuation)
            select indicator, indicator, '亿元', 'ytd', 'higher', i % 5 = 0, 'nominal' from {targets}""",
        f"""insert into book_calendar (indicator, months, lag_days, final_lag_days, grace_days)
            select indicator, '1|2|3|4|5|6|7|8|9|10|11|12', 25, 25, 90 from {targets}""",
        f"""insert into book_target (target_id, region, year, indicator, kind, measure, comparator, target_value, unit,
                nature, final_period, year_end_only, lumpy, section, printed)
            select region || '-2024-' || i, region::text, 2024, indicator, 'total', 'total', '>=', 100 + i, '亿元',
                '预期性', date '2024-12-31', false, false, 'headline', '100亿元' from {regions} cross join {targets}""",
        """insert into book_rule (rule_set, kind, nature, priority, rule_subject, operator, threshold, status, scale, label)
            values ('default@1', 'total', '约束性', 10, 'gap', '<', 0, 'behind', 5, 'a'),
            ('default@1', 'total', '*', 20, 'gap_points', '<', -5, 'behind', 5, 'b'),
            ('default@1', 'total', '*', 30, 'gap_points', '<', 0, 'slightly_behind', 5, 'c'),
            ('default@1', 'total', '*', 40, 'gap', '<', 0, 'behind', 5, 'd'),
            ('default@1', 'total', '*', 90, 'gap', 'any', null, 'on_schedule', 5, 'e')""",
        f"""insert into delivery (delivery_id, file, sha256, region, received, provenance, finality, outcome)
            select left(md5(region || '-' || year), 16), region || '.csv', md5(region || '-' || year), region::text,
                make_date(year::integer, 2, 1), 'official', 'preliminary', 'loaded'
            from {regions} cross join range(2020, 2025) as years (year)""",
        f"""insert into observation (delivery_id, region, indicator, measure, basis, period_end, value, bound, unit,
                source_sheet, source_row, source_column)
            select left(md5(region || '-' || year), 16), region::text, indicator, 'total', 'ytd',
                last_day(make_date(year::integer, month::integer, 1)),
                round((100 + i) * (month / 12.0) * (0.9 + 0.2 * (hash(region, i, year, month) % 1000) / 1000.0), 1),
                '', '亿元', 'Sheet1', i, 'C'
            from {regions} cross join {targets} cross join range(2020, 2025) as years (year)
            cross join range(1, 13) as months (month)
            where year < 2024 or month <= {months}""",
    ]


def plain(connection: DuckDBPyConnection, arguments: argparse.Namespace) -> str:
    """Mean share of earlier years and the gap to it, in floating point, without vintages, rules or evidence."""
    connection.execute(f"create or replace temp table plain as {PLAIN}")
    rows = connection.execute("select count(*) from plain").fetchall()[0][0]
    return f"{rows:,} rows: shares and gaps only"


def judge(connection: DuckDBPyConnection, arguments: argparse.Namespace) -> str:
    """Everything the judge stage does."""
    from flows import warehouse
    from flows.judge import judge_on

    with warehouse.transaction(connection):
        return str(judge_on(connection))


def compare(connection: DuckDBPyConnection, arguments: argparse.Namespace) -> str:
    """As far as statuses, gaps and what is new; nothing is written."""
    from flows import warehouse
    from flows.judge import drop, work_out

    with warehouse.transaction(connection):
        work_out(connection)
        rows = connection.execute("select count(*) from judge_judged").fetchall()[0][0]
        drop(connection)
    return f"{rows:,} rows: vintages, shares, gaps, rules, statuses, data states"


_STEPS = {"fill": fill, "plain": plain, "compare": compare, "judge": judge, "judge-again": judge}

if __name__ == "__main__":
    main()
