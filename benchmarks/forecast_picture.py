"""Draw docs/forecast.svg from a back-test: `python benchmarks/forecast_picture.py OUT [--to docs/forecast.svg]`.

OUT is the folder that `make backtest DATA=… OUT=…` has written. Plain SVG by hand: no plotting library, no fonts.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

COLOURS = {"ours": "#0b5cad", "linear": "#9a9a9a", "last_share": "#c98a00", "mean_share": "#3d8b40"}
NAMES = {
    "ours": "duban",
    "linear": "linear",
    "last_share": "last year's share",
    "mean_share": "three-year share",
}
DASHES = {"ours": "", "linear": "2 3", "last_share": "8 3", "mean_share": "5 3"}
WIDTH, HEIGHT, MARGIN, GAP = 300, 220, 44, 40
Point = tuple[float, float]
Record = Mapping[str, str]


@dataclass(frozen=True)
class Panel:
    """One chart: where it stands and what its axes span."""

    left: float
    title: str
    x: tuple[float, float]
    y: tuple[float, float]
    x_ticks: Sequence[float]
    y_ticks: Sequence[float]
    caption: str

    def at(self, point: Point) -> Point:
        """Axis values as places on the page."""
        across = (point[0] - self.x[0]) / (self.x[1] - self.x[0])
        up = (point[1] - self.y[0]) / (self.y[1] - self.y[0])
        return self.left + across * WIDTH, MARGIN + (1 - up) * HEIGHT


def main() -> None:
    """Read the folder, write the picture."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--to", type=Path, default=Path("docs/forecast.svg"))
    options = parser.parse_args()
    scores = [row for row in _rows(options.out / "scores.csv") if row["scored_in"] == "flow"]
    options.to.write_text(picture(scores, _rows(options.out / "reliability.csv")), encoding="utf-8")
    print(options.to)


def picture(scores: Sequence[Record], reliability: Sequence[Record]) -> str:
    """The whole SVG: error and coverage by month, and reliability."""
    parts = [*_error(scores), *_coverage(scores), *_reliability(reliability)]
    width, height = 3 * WIDTH + 2 * GAP + 2 * MARGIN + 2 * GAP, HEIGHT + 2 * MARGIN + 30
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        'font-family="sans-serif" font-size="11" fill="#333">\n'
        f'<rect width="{width}" height="{height}" fill="#fff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _error(scores: Sequence[Record]) -> Iterator[str]:
    panel = Panel(
        left=MARGIN,
        title="Error of the year-end figure, %",
        x=(3, 11),
        y=(0, 10),
        x_ticks=range(3, 12),
        y_ticks=range(0, 11, 2),
        caption="known up to month",
    )
    yield from _axes(panel)
    for method in ("linear", "last_share", "mean_share", "ours"):
        yield _line(panel, _by_month(scores, method, "error", lambda value: value), method)
    for place, method in enumerate(NAMES):
        yield from _legend(panel, method, place)


def _coverage(scores: Sequence[Record]) -> Iterator[str]:
    panel = Panel(
        left=MARGIN + WIDTH + 2 * GAP,
        title="Years inside the 80 % interval, %",
        x=(3, 11),
        y=(50, 100),
        x_ticks=range(3, 12),
        y_ticks=range(50, 101, 10),
        caption="known up to month",
    )
    yield from _axes(panel)
    yield _line(panel, [(3, 80), (11, 80)], "linear")
    yield _line(panel, _by_month(scores, "ours", "coverage", lambda value: value * 100), "ours")


def _reliability(reliability: Sequence[Record]) -> Iterator[str]:
    panel = Panel(
        left=MARGIN + 2 * (WIDTH + 2 * GAP),
        title="Target reached, % (size: how often it was said)",
        x=(0, 100),
        y=(0, 100),
        x_ticks=range(0, 101, 20),
        y_ticks=range(0, 101, 20),
        caption="probability that was said, %",
    )
    yield from _axes(panel)
    yield _line(panel, [(0, 0), (100, 100)], "linear")
    total = sum(int(row["n_forecasts"]) for row in reliability)
    for row in reliability:
        x, y = panel.at((float(row["said"]) * 100, float(row["happened"]) * 100))
        radius = 2 + 16 * (int(row["n_forecasts"]) / total) ** 0.5
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{COLOURS["ours"]}" fill-opacity=".6"/>'


def _by_month(
    scores: Sequence[Record], method: str, column: str, shown: Callable[[float], float]
) -> list[Point]:
    found = [row for row in scores if row["method"] == method and row["month"]]
    return sorted((float(row["month"]), shown(float(row[column]))) for row in found)


def _axes(panel: Panel) -> Iterator[str]:
    yield f'<text x="{panel.left}" y="{MARGIN - 16}" font-weight="bold">{panel.title}</text>'
    for tick in panel.y_ticks:
        x, y = panel.at((panel.x[0], tick))
        yield f'<line x1="{x}" x2="{x + WIDTH}" y1="{y:.1f}" y2="{y:.1f}" stroke="#ddd"/>'
        yield f'<text x="{x - 6}" y="{y + 4:.1f}" text-anchor="end">{tick}</text>'
    for tick in panel.x_ticks:
        x, y = panel.at((tick, panel.y[0]))
        yield f'<text x="{x:.1f}" y="{y + 16:.1f}" text-anchor="middle">{tick}</text>'
    middle = panel.left + WIDTH / 2
    yield f'<text x="{middle}" y="{MARGIN + HEIGHT + 34}" text-anchor="middle">{panel.caption}</text>'


def _line(panel: Panel, points: Sequence[Point], method: str) -> str:
    places = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(panel.at, points))
    weight = 2.5 if method == "ours" else 1.5
    return (
        f'<polyline points="{places}" fill="none" stroke="{COLOURS[method]}" '
        f'stroke-width="{weight}" stroke-dasharray="{DASHES[method]}"/>'
    )


def _legend(panel: Panel, method: str, place: int) -> Iterator[str]:
    x, y = panel.left + WIDTH - 130, MARGIN + 14 + 16 * place
    yield (
        f'<line x1="{x}" x2="{x + 24}" y1="{y - 4}" y2="{y - 4}" stroke="{COLOURS[method]}" '
        f'stroke-width="2" stroke-dasharray="{DASHES[method]}"/>'
    )
    yield f'<text x="{x + 30}" y="{y}">{NAMES[method]}</text>'


if __name__ == "__main__":
    main()
