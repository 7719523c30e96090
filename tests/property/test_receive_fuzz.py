"""Mutated files: no traceback, and never a figure that the file did not hold for that key."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from flows.receive.sheet import column_number
from models.delivery import Reading
from tests.receive_desk import read_bytes
from tests.receive_writers import SERIES, WRITERS, Observation, Rows, encode, months

Key = tuple[str, str, str, str, str]
MONTHLY = {"bureau_monthly", "bureau_page"}


@cache
def rows_of(layout: str) -> tuple[tuple[str, ...], ...]:
    """A valid file of a layout, every value printed once only."""
    random_ = random.Random(layout)
    pool = [s for s in SERIES if s.indicator == "retail"] if layout in MONTHLY else SERIES
    ends = months(4, 1 if layout in MONTHLY else 4)
    values = iter(random_.sample(range(100, 9999), 200))
    from decimal import Decimal

    written = [
        Observation(s.indicator, s.measure, s.basis, end, Decimal(next(values)) + Decimal("0.25"))
        for s in pool
        for end in ends
    ]
    return tuple(map(tuple, WRITERS[layout](written, "chinese")))


def table(layout: str) -> Rows:
    return [list(row) for row in rows_of(layout)]


def figures(reading: Reading) -> dict[Key, str]:
    return {
        (c.region, c.indicator, c.measure, c.basis, c.period_end.isoformat()): f"{c.bound}{c.value}"
        for c in reading.candidates
    }


@cache
def original(layout: str) -> dict[Key, str]:
    with TemporaryDirectory() as folder:
        return figures(read_bytes(Path(folder), encode(table(layout), "utf-8")))


def drop_a_cell(rows: Rows, random_: random.Random) -> None:
    row = random_.choice([row for row in rows if row])
    row.pop(random_.randrange(len(row)))


def insert_a_cell(rows: Rows, random_: random.Random) -> None:
    row = random_.choice(rows)
    row.insert(random_.randrange(len(row) + 1), random_.choice(["", "x", "重庆市"]))


def drop_a_row(rows: Rows, random_: random.Random) -> None:
    rows.pop(random_.randrange(len(rows)))


def join_two_rows(rows: Rows, random_: random.Random) -> None:
    place = random_.randrange(len(rows) - 1)
    rows[place : place + 2] = [rows[place] + rows[place + 1]]


def split_a_row(rows: Rows, random_: random.Random) -> None:
    place = random_.randrange(len(rows))
    at = random_.randrange(len(rows[place]) + 1)
    rows[place : place + 1] = [rows[place][:at], rows[place][at:]]


def swap_two_columns(rows: Rows, random_: random.Random) -> None:
    size = max(map(len, rows))
    one, other = random_.sample(range(size), 2)
    for row in rows:
        if len(row) > max(one, other):
            row[one], row[other] = row[other], row[one]


def repeat_a_row(rows: Rows, random_: random.Random) -> None:
    place = random_.randrange(len(rows))
    rows.insert(random_.randrange(len(rows)), list(rows[place]))


def shuffle_the_figures(rows: Rows, random_: random.Random) -> None:
    """Rows below the header in another order: each still says whose figures it holds."""
    body = rows[4:-2]
    random_.shuffle(body)
    rows[4:-2] = body


STRUCTURAL: list[Callable[[Rows, random.Random], None]] = [
    drop_a_cell,
    insert_a_cell,
    drop_a_row,
    join_two_rows,
    split_a_row,
    swap_two_columns,
    repeat_a_row,
    shuffle_the_figures,
]
# Two columns of a bureau's table have the same heading: swapped, the file says something else, and soundly.
CASES = [
    (layout, mutate)
    for layout in sorted(set(WRITERS) - {"bureau_page"})
    for mutate in STRUCTURAL
    if (layout, mutate) != ("bureau_monthly", swap_two_columns)
]


@pytest.mark.parametrize(("layout", "mutate"), CASES, ids=[f"{case[0]} {case[1].__name__}" for case in CASES])
def test_a_file_torn_apart_gives_only_figures_that_it_held_for_their_key(
    tmp_path: Path, layout: str, mutate: Callable[[Rows, random.Random], None]
) -> None:
    held = original(layout).items()
    for seed in range(60):
        rows = table(layout)
        mutate(rows, random.Random(seed))
        reading = read_bytes(tmp_path, encode(rows, "utf-8"))
        assert figures(reading).items() <= held, f"{layout} {mutate.__name__} {seed}"


@pytest.mark.parametrize("seed", range(40))
def test_a_page_that_lost_or_repeats_lines_gives_only_figures_that_it_held(tmp_path: Path, seed: int) -> None:
    random_ = random.Random(seed)
    rows = table("bureau_page")
    place = random_.randrange(6, len(rows))
    rows[place : place + 1] = random_.choice([[], [rows[place]] * 2])
    assert figures(read_bytes(tmp_path, encode(rows, "utf-8"))).items() <= original("bureau_page").items()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
@pytest.mark.parametrize("layout", sorted(WRITERS))
def test_a_file_cut_short_gives_only_whole_figures(tmp_path: Path, layout: str, encoding: str) -> None:
    content = encode(table(layout), encoding)
    held = original(layout).items()
    for size in range(0, len(content), 1 + len(content) // 120):
        reading = read_bytes(tmp_path, content[:size])
        assert figures(reading).items() <= held, f"{layout} cut at {size}"
        assert reading.candidates or reading.problems


@pytest.mark.parametrize("wrong", ["latin-1", "gb18030", "utf-16-le", "big5", "shift_jis"])
@pytest.mark.parametrize("layout", sorted(WRITERS))
def test_a_file_in_a_broken_encoding_gives_nothing_wrong(tmp_path: Path, layout: str, wrong: str) -> None:
    for right in ("utf-8", "gb18030"):
        content = encode(table(layout), right).decode(wrong, errors="replace").encode("utf-8")
        assert figures(read_bytes(tmp_path, content)).items() <= original(layout).items()


@pytest.mark.parametrize("layout", sorted(WRITERS))
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16", "xlsx", "xls"])
def test_broken_bytes_never_end_in_a_traceback(tmp_path: Path, layout: str, encoding: str) -> None:
    """A broken digit may be a digit: then the figure must be the one that now stands at its place."""
    content = encode(table(layout), encoding)
    for seed in range(5 if encoding == "xls" else 25):  # each old workbook costs a process
        random_ = random.Random(seed)
        broken = bytearray(content)
        for _ in range(random_.choice([1, 1, 3, 20])):
            at = random_.randrange(len(broken))
            change = random_.choice(["flip", "cut", "insert"])
            if change == "flip":
                broken[at] ^= 1 << random_.randrange(8)
            elif change == "cut":
                del broken[at : at + random_.randint(1, 40)]
            else:
                broken[at:at] = random_.randbytes(random_.randint(1, 8))
        reading = read_bytes(tmp_path, bytes(broken))
        assert reading.candidates or reading.problems
        if encoding in ("utf-8", "gb18030") and layout != "bureau_page":
            stands_there(reading, bytes(broken).decode(encoding, errors="replace"))


def stands_there(reading: Reading, text: str) -> None:
    """Slow and simple: the printed figure is the cell of the file at the row and column that are named."""
    rows = list(csv.reader(io.StringIO(text, newline="")))
    for c in reading.candidates:
        cells = rows[c.row - 1]
        if c.column.isascii() and c.column.isupper():
            assert cells[column_number(c.column)].strip() == c.printed
        else:
            assert c.printed in [cell.strip() for cell in cells]


def test_the_untouched_files_give_every_figure() -> None:
    """The fuzz above would hold of a reader that reads nothing."""
    assert {layout: len(original(layout)) for layout in WRITERS} == {
        "long": 32,
        "nbs_columns": 32,
        "nbs_rows": 32,
        "vendor": 32,
        "bureau_monthly": 4,
        "bureau_page": 4,
    }
