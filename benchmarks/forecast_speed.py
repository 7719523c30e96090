"""Time the forecast alone: `python benchmarks/forecast_speed.py [--series 142500]` (2,850 regions × 50 targets).

Four years of made-up monthly figures for each series, the last one known up to September; prints seconds and peak memory.
"""

from __future__ import annotations

import argparse
import resource
import time

import duckdb

from flows import forecast

FIGURES = """
create table forecast_series as
select
    's' || series as series_id,
    case when series % 4 = 0 then 'growth' else 'flow_total' end as measure_kind,
    (2021 + year)::integer as year,
    month::integer as month,
    ((100 + series % 50) * month * (1 + 0.05 * year) * (1 + (series * 31 + month * 7 + year) % 20 / 1000.0))
    ::decimal(20, 6) as value,
    false as is_atypical
from range({series}) as a (series), range(4) as b (year), range(1, 13) as c (month)
where year < 3 or month <= 9
"""
ORIGINS = """
create table forecast_origin as
select series_id, year, month from forecast_series where year = 2024 and month = 9
"""
TARGETS = """
create table forecast_target as
select series_id, year, month as origin_month, 1500::decimal(20, 6) as target, 'higher' as direction
from forecast_origin
"""


def main() -> None:
    """Make the figures, run the forecast, print what it took."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--series", type=int, default=142_500)
    options = parser.parse_args()
    with duckdb.connect() as connection:
        connection.execute("set memory_limit = '2GB'")
        for statement in (FIGURES.format(series=options.series), ORIGINS, TARGETS):
            connection.execute(statement)
        figures = connection.execute("select count(*) from forecast_series").fetchall()[0][0]
        begun = time.perf_counter()
        forecast.run(connection)
        seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{options.series} series, {figures} figures: {seconds:.1f} s, peak {peak:.2f} GiB")


if __name__ == "__main__":
    main()
