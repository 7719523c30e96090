"""`duban alias add`: a person's decision that a name means an indicator or a region, written into the book.

Only the one cell changes: byte order mark, quoting and every other byte of the book stay as they are. Author
and reason go to alias_log.csv beside it.
"""

from __future__ import annotations

import argparse
import csv
import fcntl
import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from flows.books import Books, load
from flows.errors import DiskError, NotFoundError, RefusedError, UsageError, system_words
from flows.settings import Settings
from models.indicator import Indicator, nearest_names, normal_name
from models.message import in_language, joined, say
from models.region import Region
from models.run import TIME_ZONE

LOG = "alias_log.csv"
LOG_COLUMNS = ("entered_on", "subject", "alias", "author", "reason")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
# One cell with its quotes; a quoted cell may hold commas, line ends and doubled quotes.
_CELL = re.compile(r'(?:^|(?<=[,\r\n]))("(?:[^"]|"")*"|[^,\r\n"]*)(?=,|\r|\n|$)')


def command(settings: Settings, arguments: argparse.Namespace) -> int:
    """`duban alias add SUBJECT ALIAS --author A --reason R`."""
    today = datetime.now(TIME_ZONE).date()
    done = add_alias(
        settings.reference,
        arguments.subject,
        arguments.alias,
        author=arguments.author,
        reason=arguments.reason,
        today=today,
    )
    print(in_language(done, settings.lang))
    return 0


def add_alias(reference: Path, subject: str, alias: str, *, author: str, reason: str, today: date) -> str:
    """Add `alias` to an indicator or region of the books; says what was done. Raises for a name that is taken."""
    alias, author, reason = (
        _plain(text, name)
        for text, name in ((alias, say("别名")), (author, say("决定人")), (reason, say("理由")))
    )
    with _locked(reference):
        books = load(reference)
        row = _subject(books, subject)
        owner = _owner(books, row, alias)
        if owner == row.key:
            return say("{key} 已有这个名称“{alias}”，未作改动。", key=row.key, alias=alias)
        if owner is not None:
            raise RefusedError(
                say(
                    "别名“{alias}”已属于 {owner}，不能再给 {key}。请核对名称，或先改台账。",
                    alias=alias,
                    owner=owner,
                    key=row.key,
                )
            )
        book = reference / ("indicators.csv" if isinstance(row, Indicator) else "regions.csv")
        _append_log(reference / LOG, (today.isoformat(), row.key, alias, author, reason))
        _replace_bytes(book, with_alias(book.read_bytes(), row, alias))
    return say(
        "已为 {key} 登记别名“{alias}”（{author}：{reason}）。下次运行会重新判读此前拒收的文件。",
        key=row.key,
        alias=alias,
        author=author,
        reason=reason,
    )


def _plain(text: str, name: str) -> str:
    """A text that is one cell, no list and no formula when a spreadsheet opens the book."""
    bare = text.strip()
    if not bare or _UNPRINTABLE.search(bare) or "|" in bare or bare[0] in "=+-@":
        raise UsageError(
            say(
                "{name}“{text}”不能登记：不能为空，不能含 | 或换行，不能以 = + - @ 开头。",
                name=name,
                text=text,
            )
        )
    return bare


def _subject(books: Books, subject: str) -> Indicator | Region:
    row = books.indicator(subject) or books.region(subject)
    if row is None:
        known = [indicator.indicator_id for indicator in books.indicators]
        near = nearest_names(subject, [*known, *(region.region for region in books.regions)])
        hint = (
            say("相近的有：{near}", near=joined("、", near))
            if near
            else say("编号见 indicators.csv 和 regions.csv")
        )
        raise NotFoundError(
            say("台账里没有编号为“{subject}”的指标或地区。{hint}。", subject=subject, hint=hint)
        )
    return row


def _owner(books: Books, row: Indicator | Region, alias: str) -> str | None:
    names = books.indicator_names() if isinstance(row, Indicator) else books.region_names()
    return names.get(normal_name(alias))


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Two people who add an alias at once: the second waits, and neither alias is lost."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise DiskError(
            say(
                "{folder}：无法打开（{reason}）。请检查 --reference 的路径。",
                folder=folder,
                reason=system_words(error),
            )
        ) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def with_alias(content: bytes, row: Indicator | Region, alias: str) -> bytes:
    """A book's bytes with `alias` appended to the aliases of `row`'s newest line, all else unchanged."""
    text = content.decode("utf-8")
    lines = list(_records(text))
    header = [cell.strip().removeprefix("\ufeff") for cell in lines[0][1]]
    key, entered, aliases = (header.index(name) for name in (_key_column(row), "entered_on", "aliases"))
    newest = [
        (start, record)
        for start, record in lines[1:]
        if len(record) > max(key, entered)
        and record[key].strip() == row.key
        and _same_day(record[entered], row.entered_on)
    ]
    start, record = newest[-1]
    cell = list(_CELL.finditer(text, start))[aliases]
    kept = record[aliases].strip()
    changed = _quoted(f"{kept}|{alias}" if kept else alias)
    return (text[: cell.start(1)] + changed + text[cell.end(1) :]).encode("utf-8")


def _key_column(row: Indicator | Region) -> str:
    return "indicator_id" if isinstance(row, Indicator) else "region"


def _same_day(cell: str, day: date) -> bool:
    return [int(part) for part in re.split("[-/]", cell.strip())] == [day.year, day.month, day.day]


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record's place in the text, and its cells."""
    lines = io.StringIO(text, newline="")
    start = 0
    while line := lines.readline():
        while line.count('"') % 2:
            line += lines.readline()
        yield start, next(csv.reader([line]), [])
        start += len(line)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in ',"\r\n') else cell


def _append_log(log: Path, row: tuple[str, ...]) -> None:
    kept = log.read_bytes() if log.exists() else "\ufeff".encode() + (",".join(LOG_COLUMNS) + "\n").encode()
    _replace_bytes(log, kept + (",".join(map(_quoted, row)) + "\n").encode())


def _replace_bytes(file: Path, content: bytes) -> None:
    """Write whole or not at all; the file keeps its permissions."""
    target = file.resolve()
    draft = target.with_name(f".{target.name}.{os.getpid()}.draft")
    try:
        with draft.open("wb") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
        draft.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o644)
        draft.replace(target)
    except OSError as error:
        raise DiskError(
            say("{file}：无法写入（{reason}）。请检查权限和磁盘空间。", file=file, reason=system_words(error))
        ) from error
    finally:
        draft.unlink(missing_ok=True)
