"""`duban check FILE|DIR [--json]`: read and validate without writing, and say everything at once."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from flows.books import Books, load
from flows.errors import UsageError
from flows.receive.faults import Findings, printable
from flows.receive.finding import name_fault, paths, shown_name
from flows.receive.lexicon import Lexicon
from flows.receive.limits import Limits
from flows.receive.reading import read
from flows.receive.senders import sender_problems
from flows.receive.side_files import peek_side
from flows.settings import Settings
from models.delivery import Candidate, Delivery, Problem, RawFile, Reading, Severity
from models.message import Message, in_language, joined, say
from models.notation import named_period
from models.run import TIME_ZONE

REFUSED_EXIT = 3
_REMARKS_SHOWN = 5
_MARKS = {
    Severity.REFUSED: say("✗ 拒收"),
    Severity.QUARANTINED: say("? 隔离"),
    Severity.WARNING: say("· 提示"),
}


@dataclass(frozen=True)
class Checked:
    """One file with what would be accepted of it."""

    reading: Reading
    accepted: tuple[Candidate, ...]
    problems: tuple[Problem, ...]

    @property
    def would_refuse(self) -> bool:
        return any(problem.severity != Severity.WARNING for problem in self.problems)


def command(settings: Settings, arguments: argparse.Namespace) -> int:
    """Check one file or every file of a folder; 3 where something would be refused or quarantined."""
    checked = check(settings, arguments.path)
    for item in checked:
        print(as_json(item) if arguments.json else describe(item, every=settings.verbose, lang=settings.lang))
    return REFUSED_EXIT if any(item.would_refuse for item in checked) else 0


def check(settings: Settings, path: Path) -> list[Checked]:
    """Read `path` as a run would, with its side file where there is one, and pass the rows through the gate."""
    files = _files(path)
    today = datetime.now(TIME_ZONE).date()
    books = load(settings.reference).as_of(today)
    lexicon = Lexicon.of(books)
    region = only_region(settings, books)
    limits = Limits(bytes=settings.max_file_megabytes * 1024 * 1024, rows=settings.max_rows)
    read_in = [_delivery(file, lexicon, region, today, limits) for file in files]
    deliveries = [_held_to_books(item, books, lexicon) for item in read_in]
    return [_checked(item) for item in _gated(settings, books, deliveries, today)]


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return list(paths(path))
    if not os.path.lexists(path):
        raise UsageError(say("没有这个文件或目录：{path}。请核对路径。", path=shown_name(str(path))))
    return [path]


def only_region(settings: Settings, books: Books) -> str:
    """The one region watched, or "" where there are several and the file must say which."""
    watched = set(settings.regions) or {target.region for target in books.targets}
    return watched.pop() if len(watched) == 1 else ""


def _delivery(file: Path, lexicon: Lexicon, region: str, today: date, limits: Limits) -> Delivery:
    name, fault = shown_name(str(file)), name_fault(file)
    if fault is not None:
        findings = Findings(name)
        findings.add(fault)
        left = Reading(name, problems=tuple(findings))
        return Delivery(RawFile(name, "", 0, None), left, problems=left.problems)
    side, problems = peek_side(file, today=today, file=name)
    reading = read(file, relative=name, books=lexicon, side=side, region=region, limits=limits)
    raw = RawFile(name, _sha256(file), 0, side, problems)
    return Delivery(raw, reading, problems=(*problems, *reading.problems))


def _held_to_books(item: Delivery, books: Books, lexicon: Lexicon) -> Delivery:
    """A sender whom the books do not know: what a run would refuse whole is not taken here either."""
    objections = sender_problems(item.raw.path, item.raw.side, books, lexicon)
    if any(problem.severity == Severity.REFUSED for problem in objections):
        item = replace(item, reading=replace(item.reading, candidates=()))
    return replace(item, problems=(*objections, *item.problems))


def _sha256(file: Path) -> str:
    """Of the bytes, so that two files are two deliveries; one that cannot be read, or would keep the reader
    waiting (a pipe), goes by its path."""
    if not file.is_file() or file.is_symlink():
        return shown_name(str(file))
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return shown_name(str(file))


def _gated(
    settings: Settings, books: Books, deliveries: Sequence[Delivery], today: date
) -> Iterable[Delivery]:
    """Through the gate where there are rows to judge: without any, its seconds of loading are saved."""
    if not any(item.reading.candidates for item in deliveries):
        return deliveries
    from flows import validate

    return validate.check(settings, deliveries, books, today=today).deliveries


def _checked(item: Delivery) -> Checked:
    return Checked(item.reading, item.accepted, item.problems)


def as_json(item: Checked) -> str:
    """One object a file, on one line."""
    reading = item.reading
    content = {
        "file": reading.file,
        "layout": reading.layout or None,
        "encoding": reading.encoding or None,
        "cells_read": reading.cells_read,
        "rows_accepted": len(item.accepted),
        "problems": [_problem_fields(problem) for problem in item.problems],
    }
    return json.dumps(content, ensure_ascii=False)


def _problem_fields(problem: Problem) -> dict[str, object]:
    return {
        "severity": str(problem.severity),
        "rule": problem.rule,
        "sheet": problem.sheet,
        "row": problem.row or None,
        "column": problem.column,
        "value": problem.value,
        "message": problem.message,
        "advice": problem.advice,
    }


def describe(item: Checked, *, every: bool = True, lang: str = "zh") -> str:
    """What was recognised, how many figures would be taken, and every problem.

    Without `every`, remarks beyond the fifth of a kind are only counted; what keeps a figure out never is.
    """
    reading = item.reading
    head = [say("格式 {layout}", layout=reading.layout or say("未识别"))]
    head += [say("编码 {encoding}", encoding=reading.encoding)] if reading.encoding else []
    head += [say("单位 {units}", units=joined("、", reading.units))] if reading.units else []
    head += [say("时期 {periods}", periods=_span(item))] if item.accepted else []
    taken = len(item.accepted)
    head += [say("读到 {read} 个数，可采纳 {acceptable} 个", read=reading.cells_read, acceptable=taken)]
    recognised = "  " + in_language(joined(" · ", head), lang)
    return "\n".join([printable(reading.file), recognised, *_problem_lines(item.problems, every, lang)])


def _problem_lines(problems: Sequence[Problem], every: bool, lang: str) -> Iterator[str]:
    told: Counter[str] = Counter()
    for problem in problems:
        told[problem.rule] += problem.severity == Severity.WARNING
        if every or told[problem.rule] <= _REMARKS_SHOWN:
            yield f"  {line_of(problem, lang)}"
    for rule, count in told.items():
        if not every and count > _REMARKS_SHOWN:
            more = say("· 提示 同类另有 {count} 处，--verbose 全部列出", count=count - _REMARKS_SHOWN)
            yield f"  {in_language(more, lang)} [{rule}]"


def _span(item: Checked) -> Message:
    names = {(c.period_end, c.basis): named_period(c.period_end, c.basis) for c in item.accepted}
    ordered = [names[key] for key in sorted(names)]
    if len(ordered) == 1:
        return ordered[0]
    return say("{first} 至 {last}（{count} 期）", first=ordered[0], last=ordered[-1], count=len(ordered))


def line_of(problem: Problem, lang: str = "zh") -> str:
    """One problem as one line: where, what stood there, what is wrong, what to do."""
    where = in_language(_place(problem), lang)
    said = in_language(joined("", filter(None, (problem.message, problem.advice))), lang)
    return printable(f"{in_language(_MARKS[problem.severity], lang)} {where}{said} [{problem.rule}]")


def _place(problem: Problem) -> str:
    """Where in the file, and what stood there: 工作表“10月”第 5 行 E 列“49.5”：."""
    parts = [
        say("工作表“{sheet}”", sheet=problem.sheet) if problem.sheet else "",
        say("第 {row} 行", row=problem.row) if problem.row else "",
        say(" {column} 列", column=problem.column) if problem.column else "",
        f"“{_visible(problem.value)}”" if problem.value else "",
    ]
    found = [part for part in parts if part]
    return say("{place}：", place=joined("", found)) if found else ""


def _visible(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
