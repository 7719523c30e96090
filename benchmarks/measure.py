"""Measure one thing in this process and print it as one line of JSON; bench.py starts one process a measurement.

    measure.py month FOLDER REGIONS      a month's run by stage
    measure.py read FOLDER REGIONS       raw DuckDB reading and inserting the month's files
    measure.py plain FOLDER REGIONS      the plainest SQL for shares and gaps over all figures
    measure.py gate                      importing the packages that a run needs

A stage's peak memory is its own: the kernel's high-water mark is put back before each one.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.national import SQL, Country  # noqa: E402

T = TypeVar("T")
Measured = dict[str, dict[str, float]]


def measured(results: Measured, name: str, work: Callable[..., T], *arguments: object) -> T:
    """Do `work`; note wall seconds, processor seconds and the peak of memory while it ran."""
    Path("/proc/self/clear_refs").write_text("5")  # put the high-water mark back
    wall, busy = time.perf_counter(), _busy_seconds()
    done = work(*arguments)
    results[name] = {
        "seconds": round(time.perf_counter() - wall, 3),
        "cpu": round(_busy_seconds() - busy, 3),
        "peak_mib": round(_peak_mib()),
    }
    print(f"  {name} {results[name]} {done}"[:160], file=sys.stderr, flush=True)
    return done


def _busy_seconds() -> float:
    uses = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(use.ru_utime + use.ru_stime for use in uses)


def _peak_mib() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return 0.0


def import_packages() -> None:
    """Other people's packages, so that the stages are timed without them."""
    import docx
    import duckdb_sqlalchemy
    import great_expectations
    import jinja2
    import pandas
    import sqlalchemy
    import xlsxwriter

    from expectations.gate import at_most, run
    from expectations.observations import SUITE

    del docx, duckdb_sqlalchemy, great_expectations, jinja2, sqlalchemy, xlsxwriter
    run(pandas.DataFrame({"copy_number": [1.0]}), [at_most("warm", "copy_number", 2.0)])
    assert SUITE


def month(country: Country) -> Measured:
    """What was known is published first; then the month's run, stage by stage, as flows/monitor.py composes it."""
    from flows import runs, warehouse
    from flows.alert import alert
    from flows.judge import judge
    from flows.load import load
    from flows.load_books import load_books, reading_fingerprint
    from flows.publish import publish
    from flows.receive import receive
    from flows.validate import validate

    results: Measured = {}
    settings, context = country.settings, country.context
    measured(results, "imports", import_packages)
    with warehouse.locked(settings):
        measured(results, "prepare", warehouse.prepare, settings, context)
        books = measured(results, "books", load_books, settings, context)
        measured(results, "publish_first", publish, settings)
        measured(results, "books_again", load_books, settings, context)
        fingerprint = reading_fingerprint(books)
        runs.begin(settings, context, fingerprint)
        received = measured(results, "receive", receive, settings, context, books, fingerprint)
        checked = measured(results, "validate", validate, settings, context, received.deliveries)
        loaded = measured(results, "load", load, settings, context, checked.deliveries, fingerprint)
        del received, checked
        measured(results, "judge", judge, settings, context)
        measured(results, "report_one_region", _report, country, 0, 1)
        more = measured(results, "report_next_region", _report, country, 1, 11)
        _share_out(results, "report_next_region", more)
        measured(results, "roll_up", _roll_up, country)
        measured(results, "alert", alert, settings, context)
        runs.finish(settings, context, loaded, skipped=0, alerts=0, messages=0)
        measured(results, "publish", publish, settings)
        measured(results, "publish_again", publish, settings)
    results["page"] = {"bytes": float(_page_bytes(country))}
    results["rows"] = {"accepted": float(loaded.accepted)}
    return results


def _report(country: Country, first: int, last: int) -> int:
    """Page, workbook, table and note of the regions from one place to another, as many as there are."""
    from flows import warehouse
    from flows.report import write_region
    from flows.report.reading import read_regions

    with warehouse.connect(country.settings) as connection:
        regions, newest = read_regions(connection)
        for region in regions[first:last]:
            write_region(country.settings, country.context, connection, region=region, newest=newest)
    return len(regions[first:last])


def _share_out(results: Measured, name: str, parts: int) -> None:
    """The mean of several alike; nothing where there were none."""
    whole = results.pop(name)
    if parts:
        results[name] = whole | {key: round(whole[key] / parts, 3) for key in ("seconds", "cpu")}


def _page_bytes(country: Country) -> int:
    pages = (country.settings.var / "reports").rglob("index.html")
    return max((page.stat().st_size for page in pages), default=0)


def _roll_up(country: Country) -> int:
    from flows import warehouse

    with warehouse.connect(country.settings) as connection:
        return len(connection.execute("select * from mart.standing").fetchall())


def read(country: Country) -> Measured:
    """The month's files, read and inserted by DuckDB alone."""
    import duckdb

    results: Measured = {}
    path = country.folder / "raw.duckdb"
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        measured(
            results, "read", connection.execute, _sql("raw_read", FILES=str(country.settings.raw / "*/*.csv"))
        )
    path.unlink()
    return results


def plain(country: Country) -> Measured:
    """Shares and gaps of every region and indicator, with no rule, no vintage and no evidence."""
    import duckdb

    results: Measured = {}
    with duckdb.connect(str(country.settings.warehouse)) as connection:
        measured(results, "plain", connection.execute, _sql("plain_gaps"))
        connection.execute("drop table plain_gaps")
    return results


def _sql(name: str, **words: str) -> str:
    text = (SQL / f"{name}.sql").read_text(encoding="utf-8")
    for word, value in words.items():
        text = text.replace(f"${word}", value)
    return text


def main() -> None:
    what, *rest = sys.argv[1:]
    if what == "gate":
        results: Measured = {}
        measured(results, "imports", import_packages)
    else:
        work = {"month": month, "read": read, "plain": plain}[what]
        results = work(Country(Path(rest[0]), int(rest[1])))
    print(json.dumps(results))


if __name__ == "__main__":
    main()
