"""The gate over many new figures at once: 50 indicators, 95 months and so many regions, a file a region and month.

    .venv/bin/python -m benchmarks.bench_gate [--regions 30]

30 regions are 142,500 figures in 2,850 files, every thousandth in the wrong unit. Prints the seconds of the first
pass (evidence and Great Expectations apart) and of all passes, and the peak memory.
"""

from __future__ import annotations

import argparse
import random
import resource
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from expectations import gate
from expectations.gate import Expectation, Failure
from flows.known import Row, Subject, World
from flows.sift import sift
from models.delivery import Candidate
from models.period import month_end

if TYPE_CHECKING:
    import pandas as pd

INDICATORS = tuple(f"i{number}" for number in range(50))
MONTHS = [(2016 + number // 12, number % 12 + 1) for number in range(95)]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--regions", type=int, default=30)
    delivered = list(rows(parser.parse_args().regions))
    subjects = tuple(Subject(name, name, False, ()) for name in INDICATORS)
    asked: list[tuple[int, float]] = []

    def ask(frame: pd.DataFrame, suite: Sequence[Expectation]) -> list[Failure]:
        begun = time.perf_counter()
        failures = gate.run(frame, suite)
        asked.append((len(frame), time.perf_counter() - begun))
        return failures

    gate.run(_warm(), [gate.not_null("warm", "value")])
    begun = time.perf_counter()
    findings = sift(delivered, World(subjects=subjects), ask=ask)
    print(
        f"{len(delivered):,} figures, {len(findings.broken)} spoken of: {time.perf_counter() - begun:.1f} s in all"
    )
    for count, seconds in asked:
        print(f"  gate over {count:,} rows: {seconds:.1f} s")
    print(f"  peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _warm() -> pd.DataFrame:
    """One row, so that importing Great Expectations is not measured."""
    import pandas as pd

    return pd.DataFrame({"value": [1.0]})


def rows(regions: int) -> Iterator[Row]:
    chance = random.Random(2024)
    for region in range(regions):
        for year, month in MONTHS:
            for place, name in enumerate(INDICATORS):
                yield _row(f"{500000 + region}", name, year, month, place=place, chance=chance)


def _row(region: str, name: str, year: int, month: int, *, place: int, chance: random.Random) -> Row:
    end = month_end(year, month)
    is_growth = place % 3 == 0
    level = 5 if is_growth else 10 * month * (1 + 0.05 * (year - 2016))
    value = f"{level * (1 + chance.random() / 20) * (10_000 if chance.random() < 0.001 else 1):.2f}"
    measure, unit = ("growth", "%") if is_growth else ("total", "亿元")
    candidate = Candidate(
        "", "", place + 2, "B", region, name, measure, "ytd", end, Decimal(value), "", unit, value
    )
    name_of_file = f"{region}-{end}"
    return Row(name_of_file, end + timedelta(days=20), name_of_file, "preliminary", candidate)


if __name__ == "__main__":
    main()
