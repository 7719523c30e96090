"""report: write what people look at, from the judged rows and from nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from flows import groups, warehouse
from flows.report import files, index, variance_csv
from flows.report.month import Month, months
from flows.report.reading import read_regions, read_world
from flows.settings import Settings
from models.message import say
from models.run import RunContext

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class Reported:
    """The files of this run, in the order in which one would open them."""

    files: tuple[str, ...]

    def __str__(self) -> str:
        return say("写出报告 {files} 个文件", files=len(self.files))


def report(settings: Settings, context: RunContext) -> Reported:
    """Write page, workbook, table and brief of every region; files that would not change are left alone."""
    folder = settings.var / "reports"
    with warehouse.connect(settings) as connection:
        regions, newest = read_regions(
            connection, lambda region: groups.is_of(settings, context.group, region)
        )
        written = [
            path
            for region in regions
            for path in write_region(settings, context, connection, region=region, newest=newest)
        ]
    written.append(files.write(folder / "index.html", index.render(index.found(folder), settings.lang)))
    return Reported(tuple(str(path) for path in written))


def write_region(
    settings: Settings,
    context: RunContext,
    connection: DuckDBPyConnection,
    *,
    region: str,
    newest: date | None,
) -> list[Path]:
    """The files of one region; only its rows are read, so that a country takes no more memory than a county."""
    world = read_world(connection, region)
    (month,) = months(world, context.as_of, newest)
    return write_month(settings.var / "reports", month, settings.lang)


def write_month(folder: Path, month: Month, lang: str) -> list[Path]:
    """The files of one region and month."""
    from flows.report import brief, page, workbook

    contents: dict[str, Callable[[], bytes]] = {
        "index.html": lambda: page.render(month, lang),
        "variance.xlsx": lambda: workbook.render(month, lang),
        "variance.csv": lambda: variance_csv.render(month),
        "brief.docx": lambda: brief.render(month),
    }
    place = folder / month.region / f"{month.period:%Y-%m}"
    return [files.write(place / name, render()) for name, render in contents.items()]
