"""report: write what people look at, from the judged rows and from nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flows import warehouse
from flows.report import files, index, variance_csv
from flows.report.month import Month, months
from flows.report.reading import read_world
from flows.settings import Settings
from models.run import RunContext


@dataclass(frozen=True)
class Reported:
    """The files of this run, in the order in which one would open them."""

    files: tuple[str, ...]

    def __str__(self) -> str:
        return f"写出报告 {len(self.files)} 个文件"


def report(settings: Settings, context: RunContext) -> Reported:
    """Write page, workbook, table and brief of every region; files that would not change are left alone."""
    with warehouse.connect(settings) as connection:
        world = read_world(connection)
    folder = settings.var / "reports"
    written = [
        path for month in months(world, context.as_of) for path in write_month(folder, month, settings.lang)
    ]
    written.append(files.write(folder / "index.html", index.render(index.found(folder), settings.lang)))
    return Reported(tuple(str(path) for path in written))


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
