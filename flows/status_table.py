"""The table of `duban status` on a terminal: colours, marks and words, bars for the gap."""

from __future__ import annotations

from collections import Counter
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


def show(standing: Standing) -> None:
    """Print counts and a table for each region."""
    console = Console()
    for region, group in groupby(
        sorted(standing.rows, key=lambda row: str(row["region"])), lambda row: row["region_name"]
    ):
        rows = list(group)
        console.print(heading(region, rows, standing.lang))
        console.print(table(rows, standing))
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


def table(rows: list[Row], standing: Standing) -> Table:
    """One line a target."""
    lang = standing.lang
    made = Table(box=None, pad_edge=False, header_style="bold underline")
    for name in ("status", "indicator", "responsible_office", "period"):
        made.add_column(
            word(f"column.{name}", lang),
            no_wrap=name in ("status", "indicator", "period"),
            overflow="ellipsis",
            min_width=18 if name == "indicator" else None,  # a line without its name says nothing
        )
    for name in ("target", "actual", "gap_points"):
        made.add_column(word(f"column.{name}", lang), justify="right", no_wrap=True)
    made.add_column("", no_wrap=True)
    made.add_column(word("column.outlook", lang), no_wrap=True)
    for row in rows:
        made.add_row(*cells(row, standing))
    return made


def cells(row: Row, standing: Standing) -> list[Text]:
    """The cells of one line; a figure that is late says so beside its status."""
    lang = standing.lang
    style = STYLES.get(row["status"], GREY)
    status = Text(f"{MARKS[row['status']]} {word('status.' + row['status'], lang)}", style)
    if row["data_state"] in ("late", "never_delivered", "disputed", "closed"):
        status.append(f" {word('data_state.' + row['data_state'], lang)}", "magenta")
    outlook = "" if row["outlook"] == "unknown" else word(f"outlook.{row['outlook']}", lang)
    return [
        status,
        Text(standing.name(row)),
        Text(standing.office(row), GREY),
        Text(notation.stretch(row["period_end"], row["basis"], lang)),
        Text(_short(standing.target(row))),
        Text(standing.actual(row), "bold"),
        Text(notation.signed(notation.points_of(row), 1), style),
        bar(notation.points_of(row)),
        Text(outlook),
    ]


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
