"""What the measurements look like: the tables of docs/performance.md and its picture, made from baseline.json.

.venv/bin/python -m benchmarks.bench_pages      write both anew from the committed numbers
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

Results = dict[str, Any]
STAGES = {
    "read": "DuckDB alone reads and inserts the files",
    "receive": "receive",
    "validate": "validate",
    "load": "load",
    "plain": "plainest SQL for shares and gaps",
    "judge": "judge",
    "report_one_region": "report, first region",
    "report_next_region": "report, each further region",
    "roll_up": "roll-up",
    "alert": "alert (a first run: a letter a region)",
    "publish": "publish the month",
    "publish_first": "publish 48 months, the first time",
    "publish_again": "publish, nothing changed",
    "books": "books, first time (with their gate)",
    "books_again": "books, unchanged",
    "imports": "imports of other people's packages",
    "check": "`duban check` of the month's files, imports and all",
}
RUN = (
    "prepare",
    "books_again",
    "receive",
    "validate",
    "load",
    "judge",
    "report_one_region",
    "alert",
    "publish",
)
DRAWN = {
    "receive": "#1a7f5a",
    "validate": "#b3541e",
    "load": "#2457a6",
    "judge": "#7a3b94",
    "publish": "#6b6b6b",
}
BEGIN, END = "<!-- measured -->", "<!-- /measured -->"
WIDTH, HEIGHT, LEFT, TOP, BOTTOM, RIGHT = 720, 380, 70, 24, 48, 120


def page_table(results: Results) -> str:
    """Machine, stages by size, ratios, start-up: as Markdown."""
    return "\n".join(
        [
            *_machine(results),
            "",
            *_stages(results),
            "",
            *_ratios(results),
            "",
            *_growth(results),
            "",
            *_start_up(results),
        ]
    )


def _machine(results: Results) -> Iterator[str]:
    yield "; ".join(f"{name} {value}" for name, value in results["machine"].items())


def _stages(results: Results) -> Iterator[str]:
    sizes = [*results["sizes"]]
    yield "Processor seconds (peak MiB of the process while the stage ran):"
    yield ""
    yield f"| | {' | '.join(f'{int(size):,} regions' for size in sizes)} |"
    yield f"|---|{'---:|' * len(sizes)}"
    for stage, name in STAGES.items():
        yield f"| {name} | {' | '.join(_cell(results['sizes'][size].get(stage)) for size in sizes)} |"


def _cell(found: dict[str, float] | None) -> str:
    if not found:
        return "not measured"
    return f"{found['cpu']:.2f}" + (f" ({found['peak_mib']:.0f})" if "peak_mib" in found else "")


def _ratios(results: Results) -> Iterator[str]:
    sizes = results["sizes"]
    yield f"| | {' | '.join(f'{int(size):,} regions' for size in sizes)} | aim |"
    yield f"|---|{'---:|' * len(sizes)}---|"
    reading = [_ratio(stages, ("receive", "validate", "load"), "read") for stages in sizes.values()]
    judging = [_ratio(stages, ("judge",), "plain") for stages in sizes.values()]
    peaks = [f"{max(s.get('peak_mib', 0) for s in stages.values()):,.0f} MiB" for stages in sizes.values()]
    pages = [
        f"{stages['page']['bytes'] / 1e6:.2f} MB" if "page" in stages else "" for stages in sizes.values()
    ]
    yield f"| receive + validate + load ÷ DuckDB alone | {' | '.join(reading)} | 4 |"
    yield f"| judge ÷ plainest SQL | {' | '.join(judging)} | 3 |"
    runs = [_run_seconds(stages) for stages in sizes.values()]
    yield f"| one run without imports, one region's report | {' | '.join(runs)} | 2 s for a district |"
    yield f"| highest peak of memory | {' | '.join(peaks)} | 2,048 MiB |"
    yield f"| page of a region | {' | '.join(pages)} | 2 MB |"


def _ratio(stages: dict[str, dict[str, float]], ours: tuple[str, ...], plain: str) -> str:
    if not all(name in stages for name in (*ours, plain)):
        return ""
    return f"{sum(stages[name]['cpu'] for name in ours) / max(stages[plain]['cpu'], 0.01):.0f}"


def _run_seconds(stages: dict[str, dict[str, float]]) -> str:
    if not all(name in stages for name in RUN):
        return ""
    return f"{sum(stages[name]['cpu'] for name in RUN):.2f} s"


def _growth(results: Results) -> Iterator[str]:
    """How many times a stage's seconds grow from one size to the next."""
    sizes = results["sizes"]
    steps = [*pairwise(sizes)]
    shown = (f"{int(a):,} → {int(b):,} regions ({int(b) / int(a):.3g} times)" for a, b in steps)
    yield f"| grows, times | {' | '.join(shown)} |"
    yield f"|---|{'---:|' * len(steps)}"
    for stage, name in STAGES.items():
        if all(sizes[size].get(stage) for size in sizes):
            yield f"| {name} | {' | '.join(_times(sizes[a][stage], sizes[b][stage]) for a, b in steps)} |"


def _times(before: dict[str, float], after: dict[str, float]) -> str:
    return f"{after['cpu'] / before['cpu']:.1f}" if before["cpu"] else ""


def _start_up(results: Results) -> Iterator[str]:
    found = results["start_up"]
    yield "Commands from nothing to their answer, on the smallest country's published file:"
    yield ""
    yield "| command | processor seconds | bare interpreters |"
    yield "|---|---:|---:|"
    for command, seconds in found.items():
        name = f"`duban {command}`" if command else "bare interpreter"
        yield f"| {name} | {seconds:.2f} | {seconds / max(found[''], 0.001):.1f} |"


def draw(results: Results) -> None:
    """Put the tables into docs/performance.md and the growth of the stages beside it."""
    docs = ROOT / "docs"
    page = docs / "performance.md"
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    page.write_text(f"{before}{BEGIN}\n{page_table(results)}\n{END}{after}", encoding="utf-8")
    (docs / "performance.svg").write_text(picture(results["sizes"]), encoding="utf-8")


def picture(sizes: dict[str, dict[str, dict[str, float]]]) -> str:
    """Processor seconds of the stages by number of regions, both on logarithmic scales."""
    body = [*_grid(), *(line for stage in DRAWN for line in _curve(stage, sizes))]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
            "<title>Processor seconds of each stage by number of regions</title>",
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
            *body,
            "</svg>\n",
        ]
    )


def _grid() -> Iterator[str]:
    for regions in (1, 10, 100, 1000):
        yield _rule(_x(regions), TOP, _x(regions), HEIGHT - BOTTOM)
        yield _text(_x(regions), HEIGHT - BOTTOM + 18, f"{regions:,}", "middle")
    for seconds in (0.01, 0.1, 1, 10, 100):
        yield _rule(LEFT, _y(seconds), WIDTH - RIGHT, _y(seconds))
        yield _text(LEFT - 8, _y(seconds) + 4, f"{seconds:g} s", "end")
    yield _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, "regions (50 indicators each, 48 months)", "middle")


def _curve(stage: str, sizes: dict[str, dict[str, dict[str, float]]]) -> Iterator[str]:
    points = [(_x(int(size)), _y(found[stage]["cpu"])) for size, found in sizes.items() if stage in found]
    colour = DRAWN[stage]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
    yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points)
    if points:
        yield _text(points[-1][0] + 8, points[-1][1] + 4, stage, "start", colour)


def _x(regions: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * math.log10(regions) / math.log10(3000)


def _y(seconds: float) -> float:
    low, high = math.log10(0.01), math.log10(300)
    share = (math.log10(max(seconds, 0.01)) - low) / (high - low)
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share


def _rule(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#ddd"/>'


def _text(x: float, y: float, text: str, anchor: str, colour: str = "#333") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{text}</text>'


if __name__ == "__main__":
    draw(json.loads((Path(__file__).with_name("baseline.json")).read_text(encoding="utf-8")))
