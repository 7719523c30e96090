"""Back-test of the forecast: `python -m flows.backtest DATA [--out DIR]`, also `make backtest DATA=… OUT=…`.

Every complete year with three complete years before it is forecast again from each month from March to November,
all in one pass of the very SQL that `flows/forecast.py` runs for the product, and set beside plain methods.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows import forecast
from flows.backtest_data import Row, read_rows
from flows.backtest_print import report
from flows.errors import CannotOpen, DubanError, UsageError, system_words
from models.message import in_language, say
from sql import query

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

INPUTS = {
    "forecast_series": "series",
    "backtest_whole_year": "whole_year",
    "forecast_origin": "origin",
    "forecast_target": "target",
}
RESULTS = {
    "backtest_plain": "plain",
    "backtest_plain_spread": "plain_spread",
    "backtest_plain_said": "plain_said",
    "backtest_made": "made",
    "backtest_group_member": "group_member",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code. What a user can cause is one plain message on stderr."""
    options = _options(arguments)
    try:
        _backtest(options.data, options.out, options.lang)
    except DubanError as error:
        print(in_language(error, options.lang), file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:  # `| head` has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def run(connection: DuckDBPyConnection, rows: Sequence[Row]) -> None:
    """Forecast every origin of `rows` anew; leaves the `backtest_*` relations on the connection."""
    _load(connection, rows)
    _create(connection, INPUTS)
    forecast.run(connection)
    _create(connection, RESULTS)


def fetch(connection: DuckDBPyConnection, name: str) -> list[dict[str, Any]]:
    """The rows of `sql/backtest/<name>.sql`, a column a key."""
    cursor = connection.execute(query(f"backtest/{name}"))
    columns = [column[0] for column in cursor.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def _backtest(data: Path, out: Path | None, lang: str) -> None:
    import duckdb

    rows = read_rows(data)
    with duckdb.connect() as connection:
        run(connection, rows)
        forecasts = fetch(connection, "forecasts")
        if not forecasts:
            raise UsageError(
                say(
                    "{data}:没有可以回测的年份。需要一个完整年度(3—12 月或四个季度齐全),且此前至少有三个完整年度。",
                    data=data,
                )
            )
        scores, reliability = fetch(connection, "score"), fetch(connection, "reliability")
    tables = {"forecasts": forecasts, "scores": scores, "reliability": reliability}
    paths = [_write(table, out / f"{name}.csv") for name, table in tables.items()] if out else []
    print(report(scores, reliability, lang=lang), *paths, sep="\n", flush=True)


def _load(connection: DuckDBPyConnection, rows: Sequence[Row]) -> None:
    import pandas as pd

    frame = pd.DataFrame(rows, columns=list(Row._fields)).assign(value=[f"{row.value:f}" for row in rows])
    connection.register("backtest_frame", frame)
    connection.execute("create or replace temp table backtest_row as select * from backtest_frame")
    connection.unregister("backtest_frame")


def _create(connection: DuckDBPyConnection, relations: dict[str, str]) -> None:
    for relation, name in relations.items():
        connection.execute(f"create or replace temp table {relation} as {query(f'backtest/{name}')}")


def _write(rows: Sequence[dict[str, Any]], path: Path) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, list(rows[0]) if rows else [])
            writer.writeheader()
            writer.writerows(rows)
    except OSError as error:
        raise CannotOpen(
            say(
                "{path}:无法写入({reason})。请换一个可写的 --out 目录。",
                path=path,
                reason=system_words(error),
            )
        ) from None
    return path


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m flows.backtest", description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="CSV: series_id, measure, period_end, value …")
    parser.add_argument("--out", type=Path, help="folder for forecasts.csv, scores.csv and reliability.csv")
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
