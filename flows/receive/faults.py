"""What can be wrong with a label, a cell or a row, in plain Chinese with what to do about it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from models.delivery import Problem, Severity
from models.message import say


@dataclass(frozen=True, slots=True)
class Fault:
    """A reason not to take a figure, before it is known at which cell it stands."""

    rule: str
    message: str
    advice: str
    severity: Severity = Severity.REFUSED


@dataclass
class Findings:
    """Collects the problems of one file, so that all are told at once."""

    file: str
    sheet: str = ""
    problems: list[Problem] = field(default_factory=list)

    def add(self, fault: Fault, *, row: int = 0, column: str = "", value: str = "") -> None:
        self.problems.append(
            Problem(
                file=self.file,
                sheet=self.sheet,
                rule=fault.rule,
                message=printable(fault.message),
                advice=fault.advice,
                severity=fault.severity,
                row=row,
                column=column,
                value=value[:200],
            )
        )

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.problems)


def printable(text: str) -> str:
    """Text from outside without control characters: a terminal or a mail must not obey a cell."""
    return text if text.isprintable() else "".join(c if is_shown(c) else "�" for c in text)


def is_shown(character: str) -> bool:
    """Whether a character can be shown as it is: Chinese text has spaces that Python calls unprintable."""
    return character.isprintable() or unicodedata.category(character) == "Zs"


def broken_workbook() -> Fault:
    return Fault(
        "broken_workbook",
        say("工作簿打不开，可能没有传完整或已损坏。"),
        say("请在 Excel 中打开并另存为 xlsx 后重新报送。"),
    )


def password_protected() -> Fault:
    return Fault("password_protected", say("工作簿设有密码，打不开。"), say("请去掉密码后另存再报送。"))


def linked() -> Fault:
    return Fault("symlink", say("这是一个链接，不是文件；不跟随链接读取。"), say("请把文件本身复制进来。"))


def torn_header() -> Fault:
    return Fault(
        "torn_header",
        say("表头各行的格数不一样，可能多了或少了一格，整张表没有读取。"),
        say("请核对表头的分隔符，或改报 xlsx。"),
    )
