"""Measure a month's run at several sizes, beside what DuckDB alone needs, and hold it to the committed numbers.

    make bench                                  1, 10 and 100 regions: some minutes
    make bench BENCH="--sizes 2850 --runs 1"    the whole country
    make bench BENCH="--keep"                   take the results as the committed numbers and redraw docs/

Every measurement is a process of its own (measure.py) and its median is kept. Processor seconds are compared, not
wall seconds, so that other work on the machine counts less; both are written down.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import national  # noqa: E402
from benchmarks.bench_pages import draw, page_table  # noqa: E402

BASELINE = Path(__file__).with_name("baseline.json")
MEASURE = Path(__file__).with_name("measure.py")
# Start-up and answer, on a published file that stands. REGION's first target and month's file exist in every country.
COMMANDS = (
    "--help",
    "status",
    "explain 110000-2025-made-up-01",
    "quarantine list",
    "delivery list",
    "alerts list",
    "outbox list",
    "doctor",
    "check FILE",
)
SLOWER = 1.25  # a stage that takes this much more than the committed number is named
Results = dict[str, Any]


def main() -> int:
    """Measure what the flags ask for; exit 1 where something got clearly slower than the committed numbers."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=[1, 10, 100])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--out", type=Path, default=Path("var/bench.json"))
    parser.add_argument(
        "--folder", type=Path, help="where the countries are made; a temporary one unless given"
    )
    parser.add_argument(
        "--keep", action="store_true", help="write benchmarks/baseline.json, docs table and picture"
    )
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        results = measure_all(Path(folder), chosen.sizes, chosen.runs)
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    chosen.out.write_text(json.dumps(results, indent=1, ensure_ascii=False), encoding="utf-8")
    known = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    print(page_table(results), "", *beside(results, known), "", sep="\n")
    slower = [*against(results, known)]
    print("\n".join(slower) or "nothing is slower than the committed numbers")
    if chosen.keep:
        keep(results, known)
        return 0
    return 1 if slower else 0


def measure_all(folder: Path, sizes: Iterable[int], runs: int) -> Results:
    """Everything, sizes from small to large; commands are started on the smallest country."""
    ordered = sorted(sizes)
    _compile(folder)
    found = {str(size): measure_size(folder, size, runs) for size in ordered}
    country = national.Country(folder / f"country_{ordered[0]}", ordered[0]) if ordered else None
    return {
        "machine": machine(),
        "start_up": {command: start_up(command, runs + 2, country) for command in ("", *COMMANDS)}
        if country
        else {},
        "sizes": found,
    }


def _compile(folder: Path) -> None:
    """A month of one region, not measured: it leaves every module compiled, as on a machine that has run duban."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    national.make(folder / "first", 1)
    _measured("month", str(folder / "first"), "1")


def machine() -> dict[str, str]:
    """What the numbers were measured on."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "unknown")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "processor": f"{model}, {os.cpu_count()} cores",
        "memory": f"{memory:.0f} GiB",
        "system": f"{platform.system()} {platform.release().partition('-')[0]}",
        "python": platform.python_version(),
        "duckdb": version("duckdb"),
        "load": f"{os.getloadavg()[0]:.1f} at the start (1 a core is busy)",
    }


def measure_size(folder: Path, size: int, runs: int) -> Results:
    """Medians of a country of `size` regions, by stage."""
    found = []
    for _ in range(runs):
        place = folder / f"country_{size}"
        national.make(place, size)
        rest = (str(place), str(size))
        measured = _measured("read", *rest) | _measured("month", *rest) | _measured("plain", *rest)
        found.append(measured | {"check": _check(national.Country(place, size))})
    return {stage: _median([one[stage] for one in found]) for stage in found[0]}


def _measured(*arguments: str) -> Results:
    done = subprocess.run(
        [sys.executable, str(MEASURE), *arguments], check=True, capture_output=True, text=True
    )
    measured: Results = json.loads(done.stdout)
    return measured


def _check(country: national.Country) -> dict[str, float]:
    """Reading and validating the month's files with the command, imports and all."""
    return {"cpu": round(_seconds(_words("check", country) + [str(country.settings.raw)]), 3)}


def _median(rows: Sequence[dict[str, float]]) -> dict[str, float]:
    return {name: round(statistics.median(row[name] for row in rows), 3) for name in rows[0]}


def start_up(command: str, runs: int, country: national.Country) -> float:
    """Median processor seconds of a command from nothing to its answer; of a bare interpreter where there is none."""
    words = _words(command, country) if command else [sys.executable, "-c", "pass"]
    return round(statistics.median(_seconds(words) for _ in range(runs)), 3)


def _words(command: str, country: national.Country) -> list[str]:
    settings = country.settings
    file = str(next(settings.raw.rglob("*.csv")))
    words = [str(Path(sys.executable).with_name("duban")), *command.replace("FILE", file).split()]
    folders = {"--raw": settings.raw, "--var": settings.var, "--reference": settings.reference}
    return words if command == "--help" else words + [str(part) for pair in folders.items() for part in pair]


def _seconds(words: Sequence[str]) -> float:
    before = _children()
    subprocess.run(words, check=False, capture_output=True, cwd=ROOT)
    return _children() - before


def _children() -> float:
    use = resource.getrusage(resource.RUSAGE_CHILDREN)
    return use.ru_utime + use.ru_stime


def against(results: Results, known: Results) -> Iterable[str]:
    """Each stage that takes clearly more processor time than the committed number, with both."""
    for size, stages in results["sizes"].items():
        for stage, found in stages.items():
            before = known.get("sizes", {}).get(size, {}).get(stage, {}).get("cpu")
            if before and found["cpu"] > max(SLOWER * before, before + 0.3):
                yield f"slower: {stage} at {size} regions, {found['cpu']} s against {before} s ({found['cpu'] / before:.2f} times)"


def beside(results: Results, known: Results) -> Iterable[str]:
    """Each stage's processor time as a ratio against the committed number, a line a size."""
    for size, stages in results["sizes"].items():
        before = known.get("sizes", {}).get(size, {})
        ratios = (
            f"{stage} {found['cpu'] / before[stage]['cpu']:.2f}"
            for stage, found in stages.items()
            if "cpu" in found and before.get(stage, {}).get("cpu")
        )
        yield f"{size} regions, times the committed numbers: {', '.join(ratios) or 'none committed'}"


def keep(results: Results, known: Results) -> None:
    """The results become the committed numbers; sizes that were not measured now stay as they were, and with the
    smallest of them the start-up of commands, which is measured on it."""
    merged = {**results, "sizes": {**known.get("sizes", {}), **results["sizes"]}}
    if min(map(int, merged["sizes"])) < min(map(int, results["sizes"])):
        merged["start_up"] = known["start_up"]
    merged["sizes"] = dict(sorted(merged["sizes"].items(), key=lambda item: int(item[0])))
    BASELINE.write_text(json.dumps(merged, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    draw(merged)


if __name__ == "__main__":
    raise SystemExit(main())
