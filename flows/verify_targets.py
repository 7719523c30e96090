"""`duban targets verify`: hold the books against the text they were entered from.

Every target's printed figure must stand at its section and paragraph, no number may be claimed twice, and
targets.csv and figures_not_targets.csv together must claim every number of the plan part.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from flows.books import Books, load
from flows.errors import RefusedError, UsageError, system_words
from flows.settings import Settings
from models.figure import FigureNotTarget
from models.indicator import normal_name
from models.message import in_language, joined, say
from models.plan_text import (
    Figure,
    Paragraph,
    figures_in,
    find_printed,
    normal_text,
    plan_year,
    split_plan,
)
from models.quantity import convert, parse_unit
from models.target import Target

Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class TextProblem:
    """One disagreement between the books and the text."""

    section: str
    paragraph: int
    message: str

    def __str__(self) -> str:
        place = (
            say("主要目标") if self.section == "headline" else say("第 {section} 部分", section=self.section)
        )
        return say(
            "{place}第 {paragraph} 段：{message}", place=place, paragraph=self.paragraph, message=self.message
        )


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that a book row says it stands for; targets of one promise share theirs (均增长30%)."""

    place: Place
    printed: str
    promise: str
    row: str


def command(settings: Settings, arguments: argparse.Namespace) -> int:
    """`duban targets verify --report FILE`."""
    print(in_language(run(settings.reference, arguments.report), settings.lang))
    return 0


def run(reference: Path, report: Path, *, region: str | None = None, year: int | None = None) -> str:
    """One line that says how much was found. Raises RefusedError that lists every problem."""
    books, text = load(reference), read_report(report)
    year = year or plan_year(split_plan(text))
    if year is None:
        raise RefusedError(
            say("{report}：找不到写明年份的“二、”计划部分。请检查报告文本是否完整。", report=report)
        )
    region = region or region_of_report(books, text, year=year)
    if region is None:
        raise RefusedError(
            say(
                "{report}：开头没有 regions.csv 认得的地区名称。请补上报告标题，或在台账登记地区。",
                report=report,
            )
        )
    problems = verify(books, text, region=region, year=year)
    if problems:
        raise RefusedError(
            joined(
                "\n",
                [
                    say("{report} 与台账有 {problems} 处不符：", report=report, problems=len(problems)),
                    *map(str, problems),
                ],
            )
        )
    return _summary(books, text, region=region, year=year)


def read_report(report: Path) -> str:
    """The report's text, from UTF-8 or GB18030."""
    try:
        content = report.read_bytes()
    except OSError as error:
        raise UsageError(
            say(
                "{report}：无法读取（{reason}）。请给出报告文本文件。",
                report=report,
                reason=system_words(error),
            )
        ) from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RefusedError(say("{report}：不是 UTF-8 或 GB18030 文本。请另存为 UTF-8 文本文件。", report=report))


def region_of_report(books: Books, text: str, *, year: int) -> str | None:
    """The region that the text's first lines name, the longer name winning; else the only one with targets."""
    head = normal_name(text[:200])
    found = [(len(name), code) for name, code in books.region_names().items() if name in head]
    watched = {target.region for target in books.targets if target.year == year}
    return max(found)[1] if found else watched.pop() if len(watched) == 1 else None


def verify(books: Books, text: str, *, region: str, year: int) -> list[TextProblem]:
    """Every disagreement between the text's plan part and the books of one region and year."""
    paragraphs = {paragraph.place: paragraph for paragraph in split_plan(text)}
    if not paragraphs:
        return [TextProblem("headline", 0, say("文中找不到“二、”开头的计划部分。请检查报告文本是否完整。"))]
    targets, others = _rows_of(books, region=region, year=year)
    placed = [target for target in targets if target.paragraph is not None]
    problems = [*_not_found(placed, others, paragraphs), *_wrong_values(books, targets)]
    problems += _miscounted([*_target_claims(placed), *_other_claims(others)], paragraphs)
    order = list(paragraphs)
    return sorted(
        problems,
        key=lambda p: order.index((p.section, p.paragraph)) if (p.section, p.paragraph) in order else -1,
    )


def _rows_of(books: Books, *, region: str, year: int) -> tuple[list[Target], list[FigureNotTarget]]:
    newest = {row.target_id: row for row in books.targets if (row.region, row.year) == (region, year)}
    others = {row.key: row for row in books.figures_not_targets if (row.region, row.year) == (region, year)}
    return list(newest.values()), list(others.values())


def _not_found(
    targets: list[Target], others: list[FigureNotTarget], paragraphs: dict[Place, Paragraph]
) -> Iterator[TextProblem]:
    """Rows whose printed words are not at their place."""
    for target in targets:
        place = (target.section, target.paragraph or 0)
        yield from _missing_at(
            place, target.printed, 1, say("目标 {target_id}", target_id=target.target_id), paragraphs
        )
    for other in others:
        place = (other.section, other.paragraph)
        yield from _missing_at(place, other.printed, other.occurrence, "figures_not_targets.csv", paragraphs)


def _missing_at(
    place: Place, printed: str, occurrence: int, row: str, paragraphs: dict[Place, Paragraph]
) -> Iterator[TextProblem]:
    if place not in paragraphs:
        yield TextProblem(*place, say("{row} 写的段落在文中不存在。请核对 section 和 paragraph。", row=row))
    elif (count := len(find_printed(printed, paragraphs[place].text))) < occurrence:
        there = joined("、", (figure.printed for figure in figures_in(paragraphs[place].text))) or say(
            "没有数字"
        )
        found = say("只出现 {count} 次", count=count) if count else say("找不到")
        yield TextProblem(
            *place,
            say(
                "{row} 的“{printed}”{found}（该段有：{there}）。请核对 printed。",
                row=row,
                printed=printed,
                found=found,
                there=there,
            ),
        )


def _wrong_values(books: Books, targets: list[Target]) -> Iterator[TextProblem]:
    """Targets whose value is not what is printed, unless an earlier row was and this one adjusts it."""
    for target in targets:
        rows = [row for row in books.targets if row.target_id == target.target_id]
        if not any(_prints_its_value(row) for row in rows):
            value = (
                f"{target.value}{'' if target.value_high is None else f'—{target.value_high}'} {target.unit}"
            )
            yield TextProblem(
                target.section,
                target.paragraph or 0,
                say(
                    "目标 {target_id} 的值 {value} 与原文“{printed}”不符。请核对 value、unit 和 printed。",
                    target_id=target.target_id,
                    value=value,
                    printed=target.printed,
                ),
            )


def _prints_its_value(target: Target) -> bool:
    values = [value for value in (target.value, target.value_high) if value is not None]
    printed = [_in_unit(figure, target.unit) for figure in figures_in(normal_text(target.printed))]
    return not values or printed == values


def _in_unit(figure: Figure, unit: str) -> Decimal | None:
    """A printed number in the target's unit; None if it measures something else."""
    printed, wanted = parse_unit(figure.unit), parse_unit(unit)
    if figure.amount is None or printed is None or wanted is None or printed.dimension != wanted.dimension:
        return None
    return convert(figure.amount, printed, wanted)


def _target_claims(targets: list[Target]) -> Iterator[Claim]:
    for target in targets:
        place, promise = (target.section, target.paragraph or 0), target.promise_id or target.target_id
        yield from _claims(
            place, target.printed, promise, say("目标 {target_id}", target_id=target.target_id)
        )


def _other_claims(others: list[FigureNotTarget]) -> Iterator[Claim]:
    for other in others:
        place, promise = (other.section, other.paragraph), f"{other.printed} {other.occurrence}"
        yield from _claims(place, other.printed, promise, "figures_not_targets.csv")


def _claims(place: Place, printed: str, promise: str, row: str) -> Iterator[Claim]:
    for number, figure in enumerate(figures_in(normal_text(printed))):
        yield Claim(place, figure.printed, f"{promise} {number}", row)


def _miscounted(claims: Iterable[Claim], paragraphs: dict[Place, Paragraph]) -> Iterator[TextProblem]:
    """Numbers that more rows claim than the paragraph prints, and numbers that no row claims."""
    rows: dict[tuple[Place, str], dict[str, str]] = defaultdict(dict)
    for claim in claims:
        rows[claim.place, claim.printed].setdefault(claim.promise, claim.row)
    for place, paragraph in paragraphs.items():
        for printed, count in Counter(figure.printed for figure in figures_in(paragraph.text)).items():
            claimed = rows[place, printed]
            if len(claimed) > count:
                named = joined("、", sorted(set(claimed.values())))
                yield TextProblem(
                    *place,
                    say(
                        "“{printed}”出现 {count} 次，却被认领 {claimed} 次（{named}）。请删去重复的一行。",
                        printed=printed,
                        count=count,
                        claimed=len(claimed),
                        named=named,
                    ),
                )
            elif len(claimed) < count:
                yield TextProblem(
                    *place,
                    say(
                        "“{printed}”出现 {count} 次，只被认领 {claimed} 次。请录入 targets.csv，或在 figures_not_targets.csv 写明理由。",
                        printed=printed,
                        count=count,
                        claimed=len(claimed),
                    ),
                )


def _summary(books: Books, text: str, *, region: str, year: int) -> str:
    targets, others = _rows_of(books, region=region, year=year)
    figures = sum(len(figures_in(paragraph.text)) for paragraph in split_plan(text))
    return say(
        "{region} {year} 年：计划部分 {figures} 个数字全部认领，{targets} 个目标与原文相符，{others} 个数字不是目标。",
        region=region,
        year=year,
        figures=figures,
        targets=len(targets),
        others=len(others),
    )
