"""How fast each reader is, beside pandas' own reading of the same file, and how much memory it takes.

    .venv/bin/python benchmarks/bench_readers.py [--figures 50000]

Each line: one file of a layout with about that many figures, and a folder of small files. Pandas only splits
the file into cells; duban also finds names, periods and units and keeps where each figure stood.
"""

from __future__ import annotations

import argparse
import io
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from flows.books import load  # noqa: E402
from flows.receive import Lexicon, read  # noqa: E402
from models.period import month_end  # noqa: E402

NAMES = ("出口总值", "进口总值", "社会消费品零售总额", "国内生产总值", "第一产业增加值", "第二产业增加值")
MONTHS = [f"{year}年{month}月" for year in range(1990, 2025) for month in range(1, 13)]


def long_form(figures: int) -> bytes:
    lines = ["地区,指标,口径,累计或当月,时期,界限,数值,单位,备注"]
    for number in range(figures):
        end = month_end(1990 + number // 12 % 35, number % 12 + 1)
        name = NAMES[number // 420 % len(NAMES)]
        lines.append(
            f"全国,{name},total,ytd,{end:%Y-%m},,{number}.25,{'亿美元' if '口' in name else '亿元'},"
        )
    return "\n".join([*lines, ""]).encode("gb18030")


def columns(figures: int) -> bytes:
    rows = [["指标", *MONTHS]]
    for number in range(max(1, figures // len(MONTHS))):
        name = NAMES[2 + number % 4]
        rows.append([f"{name}累计值(亿元)", *(f"{number + place}.25" for place in range(len(MONTHS)))])
    return _csv([["数据库：月度数据"], *rows, ["数据来源：国家统计局"]])


def rows(figures: int) -> bytes:
    count = max(1, figures // len(MONTHS))
    header = ["时间", *(f"{NAMES[2 + n % 4]}累计值(亿元)" for n in range(count))]
    body = [[month, *(f"{place + n}.25" for n in range(count))] for place, month in enumerate(MONTHS)]
    return _csv([["数据库：月度数据"], header, *body, ["数据来源：国家统计局"]])


def workbook(figures: int) -> bytes:
    from xlsxwriter import Workbook

    buffer = io.BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("数据")
        sheet.write_row(0, 0, ["指标", *MONTHS])
        for number in range(max(1, figures // len(MONTHS))):
            name = f"{NAMES[2 + number % 4]}累计值(亿元)"
            sheet.write_row(number + 1, 0, [name, *(number + place + 0.25 for place in range(len(MONTHS)))])
    return buffer.getvalue()


def _csv(rows: list[list[str]]) -> bytes:
    return "\r\n".join([",".join(row) for row in rows] + [""]).encode("gb18030")


def pandas_csv(path: Path) -> None:
    import pandas as pd

    pd.read_csv(path, encoding="gb18030", header=None, names=range(2000), skiprows=0, dtype="string")


def pandas_long(path: Path) -> None:
    import pandas as pd

    pd.read_csv(path, encoding="gb18030")


def pandas_excel(path: Path) -> None:
    import pandas as pd

    pd.read_excel(path, engine="calamine", header=None)


CASES: tuple[tuple[str, str, Callable[[int], bytes], Callable[[Path], None]], ...] = (
    ("long", "csv", long_form, pandas_long),
    ("nbs_columns", "csv", columns, pandas_csv),
    ("nbs_rows", "csv", rows, pandas_csv),
    ("nbs_columns", "xlsx", workbook, pandas_excel),
)


def best_of(times: int, work: Callable[[], object]) -> float:
    """The least processor time of several runs, so that other work on the machine does not count."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--figures", type=int, default=50_000)
    parser.add_argument("--small-files", type=int, default=300)
    chosen = parser.parse_args()
    lexicon = Lexicon.of(load(ROOT / "tests" / "reference_national"))
    print(f"{'layout':14}{'file':6}{'figures':>9}{'duban s':>9}{'pandas s':>9}{'ratio':>7}{'figures/s':>11}")
    with tempfile.TemporaryDirectory() as folder:
        for name, kind, make, with_pandas in CASES:
            path = Path(folder) / f"{name}.{kind}"
            path.write_bytes(make(chosen.figures))
            _compare(f"{name:14}{kind:6}", path, lexicon, with_pandas, repeats=3)
        small = Path(folder) / "small.csv"
        small.write_bytes(long_form(20))
        _compare(
            f"{'small files':14}{'csv':6}", small, lexicon, pandas_long, repeats=3, files=chosen.small_files
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory, pandas included: {peak:.0f} MiB")


def _compare(
    title: str,
    path: Path,
    lexicon: Lexicon,
    with_pandas: Callable[[Path], None],
    *,
    repeats: int,
    files: int = 1,
) -> None:
    def ours() -> int:
        return sum(
            len(read(path, relative=path.name, books=lexicon, region="100000").candidates)
            for _ in range(files)
        )

    def theirs() -> None:
        for _ in range(files):
            with_pandas(path)

    theirs()  # pandas imports itself on first use
    figures = ours()
    mine, other = best_of(repeats, ours), best_of(repeats, theirs)
    print(f"{title}{figures:9}{mine:9.2f}{other:9.2f}{mine / other:7.1f}{figures / mine:11,.0f}")


if __name__ == "__main__":
    main()
