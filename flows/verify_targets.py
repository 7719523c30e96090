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
from flows.errors import RefusedError, UsageError
from flows.settings import Settings
from models.figure import FigureNotTarget
from models.indicator import normal_name
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
        place = "主要目标" if self.section == "headline" else f"第 {self.section} 部分"
        return f"{place}第 {self.paragraph} 段：{self.message}"


@dataclass(frozen=True, slots=True)
class Claim:
    """A number that a book row says it stands for; targets of one promise share theirs (均增长30%)."""

    place: Place
    printed: str
    promise: str
    row: str


def command(settings: Settings, arguments: argparse.Namespace) -> int:
    """`duban targets verify --report FILE`."""
    print(run(settings.reference, arguments.report))
    return 0


def run(reference: Path, report: Path, *, region: str | None = None, year: int | None = None) -> str:
    """One line that says how much was found. Raises RefusedError that lists every problem."""
    books, text = load(reference), read_report(report)
    year = year or plan_year(split_plan(text))
    if year is None:
        raise RefusedError(f"{report}：找不到写明年份的“二、”计划部分。请检查报告文本是否完整。")
    region = region or region_of_report(books, text, year=year)
    if region is None:
        raise RefusedError(
            f"{report}：开头没有 regions.csv 认得的地区名称。请补上报告标题，或在台账登记地区。"
        )
    problems = verify(books, text, region=region, year=year)
    if problems:
        raise RefusedError("\n".join([f"{report} 与台账有 {len(problems)} 处不符：", *map(str, problems)]))
    return _summary(books, text, region=region, year=year)


def read_report(report: Path) -> str:
    """The report's text, from UTF-8 or GB18030."""
    try:
        content = report.read_bytes()
    except OSError as error:
        raise UsageError(f"{report}：无法读取（{error.strerror}）。请给出报告文本文件。") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RefusedError(f"{report}：不是 UTF-8 或 GB18030 文本。请另存为 UTF-8 文本文件。")


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
        return [TextProblem("headline", 0, "文中找不到“二、”开头的计划部分。请检查报告文本是否完整。")]
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
        yield from _missing_at(place, target.printed, 1, f"目标 {target.target_id}", paragraphs)
    for other in others:
        place = (other.section, other.paragraph)
        yield from _missing_at(place, other.printed, other.occurrence, "figures_not_targets.csv", paragraphs)


def _missing_at(
    place: Place, printed: str, occurrence: int, row: str, paragraphs: dict[Place, Paragraph]
) -> Iterator[TextProblem]:
    if place not in paragraphs:
        yield TextProblem(*place, f"{row} 写的段落在文中不存在。请核对 section 和 paragraph。")
    elif (count := len(find_printed(printed, paragraphs[place].text))) < occurrence:
        there = "、".join(figure.printed for figure in figures_in(paragraphs[place].text)) or "没有数字"
        found = f"只出现 {count} 次" if count else "找不到"
        yield TextProblem(*place, f"{row} 的“{printed}”{found}（该段有：{there}）。请核对 printed。")


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
                f"目标 {target.target_id} 的值 {value} 与原文“{target.printed}”不符。请核对 value、unit 和 printed。",
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
        yield from _claims(place, target.printed, promise, f"目标 {target.target_id}")


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
                named = "、".join(sorted(set(claimed.values())))
                yield TextProblem(
                    *place,
                    f"“{printed}”出现 {count} 次，却被认领 {len(claimed)} 次（{named}）。请删去重复的一行。",
                )
            elif len(claimed) < count:
                yield TextProblem(
                    *place,
                    f"“{printed}”出现 {count} 次，只被认领 {len(claimed)} 次。请录入 targets.csv，或在 figures_not_targets.csv 写明理由。",
                )


def _summary(books: Books, text: str, *, region: str, year: int) -> str:
    targets, others = _rows_of(books, region=region, year=year)
    figures = sum(len(figures_in(paragraph.text)) for paragraph in split_plan(text))
    return f"{region} {year} 年：计划部分 {figures} 个数字全部认领，{len(targets)} 个目标与原文相符，{len(others)} 个数字不是目标。"
