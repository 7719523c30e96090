"""How big the page is and how soon one can use it, for the sample's size and for 2,000 targets.

Compared with a bare page of the same size, so that the machine's own slowness drops out. Needs Chromium
(.ci/install-browser). Usage: `.venv/bin/python benchmarks/bench_page.py [targets ...]`.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from datetime import date, datetime
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import report_year  # type: ignore[import-not-found]

from flows.report import report
from flows.settings import Settings
from models.run import TIME_ZONE, RunContext

ROUNDS = 5
SEARCH = "(text) => { const s = document.getElementById('search'); const t = performance.now(); s.value = text; s.dispatchEvent(new Event('input')); document.body.offsetHeight; return performance.now() - t }"
OPEN = "() => { const t = performance.now(); document.querySelector('table.variance a.name').click(); document.body.offsetHeight; return performance.now() - t }"


def main() -> None:
    counts = [int(count) for count in sys.argv[1:]] or [60, 2000]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for count in counts:
            with tempfile.TemporaryDirectory() as folder:
                measure(browser, Path(folder), count)
        browser.close()


def measure(browser: Browser, folder: Path, count: int) -> None:
    """Print size, writing time, time until usable, search and panel for `count` targets."""
    report_year.build(folder / "warehouse.duckdb", count=count)
    context = RunContext(as_of=date(2024, 11, 28), started_at=datetime(2024, 11, 28, 9, 0, tzinfo=TIME_ZONE))
    began = time.perf_counter()
    page = Path(report(Settings(var=folder), context).files[0])
    written = time.perf_counter() - began
    bare = folder / "bare.html"
    size = page.stat().st_size
    bare.write_text(
        f"<!doctype html><meta charset=utf-8><title>x</title><script type='text/plain'>{'x' * size}</script>"
    )
    usable, blank = (statistics.median(load(browser, path) for _ in range(ROUNDS)) for path in (page, bare))
    tab = browser.new_page()
    tab.goto(page.as_uri())
    search = max(tab.evaluate(SEARCH, text) for text in ("新", "新增", "新增科技", ""))
    panel = tab.evaluate(OPEN)
    tab.close()
    print(
        f"{count} targets: page {size / 1e6:.2f} MB, all files written in {written:.1f} s, usable after {usable:.0f} ms"
        f" (bare page {blank:.0f} ms), search at most {search:.0f} ms, panel with chart {panel:.0f} ms"
    )


def load(browser: Browser, path: Path) -> float:
    """Milliseconds until the scripts have run and the page is laid out."""
    tab = browser.new_page()
    began = time.perf_counter()
    tab.goto(path.as_uri(), wait_until="load")
    tab.evaluate("document.body ? document.body.offsetHeight : 0")
    elapsed = (time.perf_counter() - began) * 1000
    tab.close()
    return elapsed


if __name__ == "__main__":
    main()
