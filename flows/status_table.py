"""The table of `duban status` on a terminal: colours, marks and words, bars for the gap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from flows.report.palette import MARKS, STATUSES
from flows.status import Row, Standing
from models import notation
from models.words import word

STYLES = {
    "achieved": "bold blue",
    "on_schedule": "green",
    "slightly_behind": "yellow",
    "behind": "bold red",
    "missed": "bold white on red",
}
GREY = "bright_black"
BAR_POINTS = 10  # points at which half a bar is full
HALF = 5
PRINTED = 12  # characters of a goal that is no figure
COLUMNS = (
    "status", "indicator", "responsible_office", "period", "target", "actual", "gap_points", "bar", "outlook",
)  # fmt: skip
NARROWER = ("bar", "responsible_office", "outlook", "period")  # left out of a narrow terminal, in this order


def show(standing: Standing) -> None:
    """Print counts and a table for each region."""
    console = Console()
    for region, group in groupby(
        sorted(standing.rows, key=lambda row: str(row["region"])), lambda row: row["region_name"]
    ):
        rows = list(group)
        console.print(heading(region, rows, standing.lang))
        console.print(_fitting(rows, standing, console))
    if not standing.rows:
        console.print(word("terminal.nothing", standing.lang))


def heading(region: str, rows: list[Row], lang: str) -> Text:
    """Region, as-of date, counts by status, and the mark of simulated figures."""
    as_of = max(row["as_of"] for row in rows)
    title = word("terminal.title", lang, region=region, as_of=notation.day(as_of, lang), total=len(rows))
    text = Text(f"\n{title}  ", style="bold")
    counts = Counter(row["status"] for row in rows)
    for status in (s for s in STATUSES if counts[s]):
        text.append(
            f"{MARKS[status]} {word('status.' + status, lang)} {counts[status]}  ", STYLES.get(status, GREY)
        )
    if any(row["provenance"] == "simulated" for row in rows):
        text.append(f"\n{word('simulated.long', lang)}", "bold black on yellow")
    return text


def _fitting(rows: list[Row], standing: Standing, console: Console) -> Table:
    """The table with as many columns as the terminal has room for."""
    unbounded = console.options.update(max_width=1000)
    for count in range(len(NARROWER) + 1):
        made = table(rows, standing, [name for name in COLUMNS if name not in NARROWER[:count]])
        if console.measure(made, options=unbounded).maximum <= console.width:
            break
    return made


def table(rows: list[Row], standing: Standing, columns: Sequence[str] = COLUMNS) -> Table:
    """One line a target; what is too long for the terminal ends in dots."""
    made = Table(box=None, pad_edge=False, header_style="bold underline")
    for name in columns:
        made.add_column(
            "" if name == "bar" else word(f"column.{name}", standing.lang),
            justify="right" if name in ("target", "actual", "gap_points") else "left",
            no_wrap=True,
            overflow="ellipsis",
        )
    for row in rows:
        filled = cells(row, standing)
        made.add_row(*(filled[name] for name in columns))
    return made


def cells(row: Row, standing: Standing) -> dict[str, Text]:
    """The cells of one line; a figure that is late says so beside its status."""
    lang = standing.lang
    style = STYLES.get(row["status"], GREY)
    status = Text(f"{MARKS[row['status']]} {word('status.' + row['status'], lang)}", style)
    if row["data_state"] in ("late", "never_delivered", "disputed", "closed"):
        status.append(f" {word('data_state.' + row['data_state'], lang)}", "magenta")
    outlook = "" if row["outlook"] == "unknown" else word(f"outlook.{row['outlook']}", lang)
    return {
        "status": status,
        "indicator": Text(standing.name(row)),
        "responsible_office": Text(standing.office(row), GREY),
        "period": Text(notation.stretch(row["period_end"], row["basis"], lang)),
        "target": Text(_short(standing.target(row))),
        "actual": Text(standing.actual(row), "bold"),
        "gap_points": Text(notation.signed(notation.points_of(row), 1), style),
        "bar": bar(notation.points_of(row)),
        "outlook": Text(outlook),
    }


def bar(gap_points: object) -> Text:
    """A bar to the left of the middle for a shortfall, to the right for a lead."""
    if gap_points is None:
        return Text(" " * (2 * HALF + 1))
    size = min(HALF, round(abs(float(str(gap_points))) / BAR_POINTS * HALF))
    if float(str(gap_points)) < 0:
        return Text(" " * (HALF - size)).append("█" * size, "red").append("│").append(" " * HALF)
    return Text(" " * HALF + "│").append("█" * size, "green").append(" " * (HALF - size))


def _short(text: str) -> str:
    return text if len(text) <= PRINTED else f"{text[: PRINTED - 1]}…"
