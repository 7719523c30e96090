"""A folder a region and year: written where its rows changed, taken over from the generation before where not.

Beside the partitions lies what each of them held when it was written. A partition that holds the same now is linked
into the new generation and costs a directory entry; the others are written a bounded number at a time, because
every open file keeps buffers for all its columns.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from flows.parts import REGIONS, ROWS, literal
from flows.warehouse import quoted
from models.delivery import content_id
from models.relations import Relation
from sql import query

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MANIFEST = ".partitions"
LAYOUT = 1  # raise when a partition's file is to look otherwise, so that none is taken over
NONE = "none"  # the folder of rows without region or year
PARQUET_END = b"PAR1"


@dataclass(frozen=True, slots=True)
class Partition:
    """The rows of a region and year: how many, and a line that tells them from any others."""

    region: str
    year: str
    rows: int
    content: str

    @property
    def folder(self) -> Path:
        return Path(self.region, self.year)


@dataclass(frozen=True)
class Generation:
    """The partitions being written to `folder`; what did not change comes from the generation `before`."""

    folder: Path
    before: Path
    lines: list[str] = field(default_factory=list)

    def write(self, connection: DuckDBPyConnection, relation: Relation, year: str) -> None:
        """Write the partitions of `relation`, whose rows belong to the year that the SQL `year` gives."""
        (self.folder / relation.name).mkdir()  # no rows, no more than the folder
        found = list(_partitions(connection, relation, year))
        changed = [item for item in found if not self._take_over(relation, item)]
        for some in _batches(changed):
            self._write(connection, relation, year, some=some)
        self.lines.extend(item.content for item in found)

    def remember(self) -> None:
        """Write down what the partitions hold, for the next generation."""
        (self.folder / MANIFEST).write_text("\n".join(self.lines), encoding="utf-8")

    @cached_property
    def _known(self) -> frozenset[str]:
        try:
            return frozenset((self.before / MANIFEST).read_text(encoding="utf-8").split("\n"))
        except (OSError, UnicodeDecodeError):
            return frozenset()  # the first one, or one that cannot be trusted: everything is written

    def _take_over(self, relation: Relation, partition: Partition) -> bool:
        """Whether the partition could be linked, because it holds the same as before."""
        # DuckDB writes other names than plain ones in a way of its own
        if partition.content not in self._known or not partition.folder.as_posix().replace("/", "").isalnum():
            return False
        place = Path(relation.name) / partition.folder
        return _linked(self.before / place, self.folder / place)

    def _write(
        self, connection: DuckDBPyConnection, relation: Relation, year: str, *, some: list[Partition]
    ) -> None:
        draft = self.folder / ".draft"
        connection.execute(
            f"copy ({_rows_of(relation, year, some)}) to '{quoted(draft)}'"
            " (format parquet, partition_by (of_region, of_year))"
        )
        for path in draft.glob("of_region=*/of_year=*"):
            region, place = (part.name.partition("=")[2] for part in (path.parent, path))
            target = self.folder / relation.name / region
            target.mkdir(exist_ok=True)
            path.rename(target / place)
        shutil.rmtree(draft)


def _partitions(connection: DuckDBPyConnection, relation: Relation, year: str) -> Iterator[Partition]:
    names = ", ".join(f'"{column.name}"' for column in relation.columns)
    text = query("publish/content").replace("any_relation", relation.name)
    text = text.replace("any_columns", names).replace("any_year", year)
    for region, of_year, rows, *hashes in connection.execute(text).fetchall():
        yield Partition(
            region, of_year, rows, content_id(_shape(relation), region, of_year, rows, *map(str, hashes))
        )


def _shape(relation: Relation) -> str:
    from duckdb import __version__

    columns = ((column.name, column.type) for column in relation.columns)
    return f"{LAYOUT} {__version__} {relation.name} {tuple(columns)}"


def _batches(partitions: Iterable[Partition]) -> Iterator[list[Partition]]:
    """Partitions by so many regions and rows that their open files and buffers stay small."""
    batch: list[Partition] = []
    for item in partitions:
        regions = {one.region for one in batch}
        is_full = len(regions | {item.region}) > REGIONS or sum(one.rows for one in batch) + item.rows > ROWS
        if batch and is_full:
            yield batch
            batch = []
        batch.append(item)
    if batch:
        yield batch


def _rows_of(relation: Relation, year: str, some: list[Partition]) -> str:
    wanted = ", ".join(f"({literal(item.region)}, {literal(item.year)})" for item in some)
    first, last = min(item.region for item in some), max(item.region for item in some)
    reach = (
        "true"
        if NONE in (item.region for item in some)
        else f"region between {literal(first)} and {literal(last)}"
    )
    return (
        f"select coalesce(region, '{NONE}') as of_region, coalesce(({year})::text, '{NONE}') as of_year, *"
        f" from {relation.name} where {reach} and (of_region, of_year) in ({wanted})"
    )


def _linked(old: Path, new: Path) -> bool:
    """Whether all files of a partition are whole and now lie in the new generation too."""
    files = list(old.glob("*.parquet"))
    if not files or not all(map(_is_whole, files)):
        return False
    new.mkdir(parents=True)
    for path in files:
        _link(path, new / path.name)
    return True


def _is_whole(path: Path) -> bool:
    """Whether a file ends as it should; one that a power cut left short does not."""
    with path.open("rb") as handle:
        handle.seek(-min(len(PARQUET_END), path.stat().st_size), os.SEEK_END)
        return handle.read() == PARQUET_END


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # shares that know no links
        shutil.copy2(source, target)
