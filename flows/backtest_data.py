"""Read the series of a back-test: a CSV of published figures, every problem of the file told at once."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import NamedTuple

from flows.errors import DubanError, UsageError, system_words
from models.message import joined, say

COLUMNS = ("series_id", "region", "name", "measure", "unit", "period_end", "value")
NEEDED = ("series_id", "measure", "period_end", "value")
MEASURES = ("level_cum", "count_cum", "growth_cum")
PERIOD = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-\d{2})?")
LIMIT = Decimal(10) ** 14
SHOWN = 20


class BacktestDataError(DubanError):
    """The file of series cannot be used; the message lists every problem with its row and column."""


class Row(NamedTuple):
    """One published figure of one series."""

    series_id: str
    measure: str
    year: int
    month: int
    value: Decimal


def read_rows(path: Path) -> list[Row]:
    """The figures of `path`; rows with an empty value are left out, since missing is not zero."""
    lines = csv.DictReader(io.StringIO(_text(path), newline=""))
    problems: list[str] = []
    try:
        _require_columns(path, lines.fieldnames or ())
        rows = list(_rows(lines, problems))
    except csv.Error as error:
        raise BacktestDataError(
            say(
                "{path}:第 {line_num} 行不是可读的 CSV({error})。",
                path=path,
                line_num=lines.line_num,
                error=error,
            )
        ) from None
    problems += _contradictions(rows)
    if problems:
        raise BacktestDataError(_message(path, problems))
    if not rows:
        raise BacktestDataError(say("{path}:没有数据行。", path=path))
    return [row for _, row in rows]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UsageError(say("{path}:没有这个文件。", path=path)) from None
    except OSError as error:
        raise BacktestDataError(
            say("{path}:无法读取({reason})。", path=path, reason=system_words(error))
        ) from None
    except UnicodeDecodeError as error:
        raise BacktestDataError(
            say("{path}:不是 UTF-8 文本(第 {start} 字节)。请另存为 UTF-8 CSV。", path=path, start=error.start)
        ) from None


def _require_columns(path: Path, found: Iterable[str]) -> None:
    missing = [column for column in NEEDED if column not in found]
    if missing:
        names = joined("、", missing)
        raise BacktestDataError(
            say(
                "{path}:表头缺少 {names} 列。需要的列:{columns}。",
                path=path,
                names=names,
                columns=joined("、", COLUMNS),
            )
        )


def _rows(lines: csv.DictReader[str], problems: list[str]) -> Iterator[tuple[int, Row]]:
    for cells in lines:
        if not (cells["value"] or "").strip() and (cells["series_id"] or "").strip():
            continue
        found = list(_cell_problems(cells))
        problems += [
            say("第 {line_num} 行 {problem}", line_num=lines.line_num, problem=problem) for problem in found
        ]
        if not found:
            yield lines.line_num, _row(cells)


def _row(cells: Mapping[str, str]) -> Row:
    year, month = cells["period_end"].strip()[:7].split("-")
    value = Decimal(cells["value"].strip())
    return Row(cells["series_id"].strip(), cells["measure"].strip(), int(year), int(month), value)


def _cell_problems(cells: Mapping[str, str | None]) -> Iterator[str]:
    series_id, measure, period_end, value = ((cells[column] or "").strip() for column in NEEDED)
    if not series_id:
        yield say("series_id 列为空。")
    if measure not in MEASURES:
        yield say(
            "measure 列“{measure}”不认识,只能是 {measures}。",
            measure=measure,
            measures=joined("、", MEASURES),
        )
    if not PERIOD.fullmatch(period_end):
        yield say("period_end 列“{period_end}”不是 YYYY-MM。", period_end=period_end)
    number = _number(value)
    if number is None or abs(number) >= LIMIT:
        yield say("value 列“{value}”不是可用的数。", value=value)
    elif number < 0 and measure == "count_cum":
        yield say("value 列“{value}”为负,count_cum 不能为负。", value=value)


def _number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _contradictions(rows: Iterable[tuple[int, Row]]) -> Iterator[str]:
    seen: dict[tuple[str, int, int], int] = {}
    measures: dict[str, str] = {}
    for line, row in rows:
        first = seen.setdefault((row.series_id, row.year, row.month), line)
        if first != line:
            yield say(
                "第 {line} 行 与第 {first} 行重复:{series_id} {year}-{month:02d} 只能有一个值。",
                line=line,
                first=first,
                series_id=row.series_id,
                year=row.year,
                month=row.month,
            )
        if measures.setdefault(row.series_id, row.measure) != row.measure:
            yield say(
                "第 {line} 行 measure 列“{measure}”与同一序列此前的“{measures}”不一致。",
                line=line,
                measure=row.measure,
                measures=measures[row.series_id],
            )


def _message(path: Path, problems: list[str]) -> str:
    more = [say("……另有 {problems} 处。", problems=len(problems) - SHOWN)] if len(problems) > SHOWN else []
    return joined(
        "\n",
        [
            say("{path}:{problems} 处有问题,未作回测。", path=path, problems=len(problems)),
            *problems[:SHOWN],
            *more,
        ],
    )
