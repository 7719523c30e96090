"""brief.docx: the monthly note to the leadership, in the usual official layout (GB/T 9704)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from flows.report import brief_target as told
from flows.report import brief_text as say
from flows.report.brief_layout import Paper
from flows.report.changes import changes
from flows.report.month import Month
from flows.report.reading import Row
from models import notation
from models.words import numeral, word

SHORT = ("behind", "missed")
BOUNDS = {">=": "≥", "<=": "≤"}
ANNEXED = 300  # rows of the annex; a longer list is for the workbook, the annex then holds what is behind
PRINTED = 13  # characters of the printed goal in the annex; the page shows it whole
DETAILED = 20  # targets behind that get a paragraph of their own; the others stand in the annex


def render(month: Month) -> bytes:
    """The note's bytes; the same month gives the same bytes."""
    paper = Paper(mark=word("simulated.long") if month.is_simulated else "", created=month.as_of)
    paper.title(f"{month.name}{month.year}年政府工作报告", "目标任务推进情况通报")
    paper.subtitle(f"（{notation.stretch(month.period, 'ytd')}）")
    if month.is_simulated:
        paper.warning("本通报所用数据均为模拟数据，由程序生成，仅供演示，不反映实际情况，不得引用。")
    paper.body(say.opening(month))
    for place, (heading, write) in enumerate(_parts(month), start=1):
        paper.heading(f"{numeral(place)}、{heading}")
        write(paper)
    title = f"{month.name}{month.year}年政府工作报告目标任务进展一览表"
    paper.close(title, month.operator, notation.day(month.as_of))
    _annex(paper, month, title)
    return paper.bytes()


def _parts(month: Month) -> Iterator[tuple[str, Callable[[Paper], None]]]:
    """The note's parts that have something to say, each with what writes it."""
    found = changes(month)
    improved = say.better(month, found)
    expected = say.year_end(month)
    problems = say.data_problems(month, found)
    behind = [row for row in month.variance if row["status"] in SHORT]
    slightly = [row for row in month.variance if row["status"] == "slightly_behind"]
    yield "总体情况", lambda paper: paper.body(say.overall(month))
    if behind:
        yield "滞后情况", lambda paper: _behind(paper, month, behind)
    if slightly:
        yield "略有滞后情况", lambda paper: _slightly(paper, month, slightly)
    if improved:
        yield "好转和完成情况", lambda paper: paper.body("；".join(improved) + "。")
    if expected:
        yield "年末预期", lambda paper: _listed(paper, expected)
    if problems:
        yield "数据报送情况", lambda paper: _listed(paper, problems)


def _behind(paper: Paper, month: Month, rows: Sequence[Row]) -> None:
    worst = sorted(rows, key=lambda row: (row["status"] != "missed", -(row["severity"] or 0)))
    for place, row in enumerate(worst[:DETAILED], start=1):
        owner = f"（{month.office_name(row['responsible_office'])}）。"
        paper.item(f"{place}．{month.indicator_name(row)}", owner + told.shortfall(month, row))
    if len(worst) > DETAILED:
        paper.body(f"其余{len(worst) - DETAILED}项滞后目标为{say.names(month, worst[DETAILED:])}，详见附件。")
    if missing := say.measures_missing(month, worst):
        paper.body(missing)


def _slightly(paper: Paper, month: Month, rows: Sequence[Row]) -> None:
    worst = sorted(rows, key=lambda row: (told.lumpy(month, row) != "", -(row["severity"] or 0)))[:DETAILED]
    said = [
        f"{month.indicator_name(row)}（{month.office_name(row['responsible_office'])}）"
        f"{told.standing(month, row).rstrip('。')}{told.lumpy(month, row)}"
        for row in worst
    ]
    rest = f"；其余{len(rows) - DETAILED}项详见附件" if len(rows) > DETAILED else ""
    paper.body(f"以下{len(rows)}项低于应有进度，未达到滞后标准：{'；'.join(said)}{rest}。")


def _listed(paper: Paper, texts: Sequence[str]) -> None:
    for text in texts:
        paper.body(text)


def _annex(paper: Paper, month: Month, title: str) -> None:
    """Every target in one table, in the order of the report."""
    header = (
        "序号",
        "指标",
        "责任单位",
        "数据期",
        "全年目标",
        "实际",
        "差距\n（百分点）",
        "状态",
        "年末预期",
    )
    widths = (10, 37, 28, 17, 25, 18, 15, 17, 17)
    listed = month.variance
    if len(listed) > ANNEXED:
        listed = tuple(row for row in listed if row["status"] in (*SHORT, "slightly_behind"))[:ANNEXED]
    rows = [_annex_row(month, place, row) for place, row in enumerate(listed, start=1)]
    rules = "、".join(sorted({row["rule_set"] for row in month.variance if row["rule_set"]}))
    left_out = len(month.variance) - len(listed)
    rest = f"其余{left_out}项见工作簿。" if left_out else ""
    note = f"注：差距为负表示低于应有进度或不利；“—”表示没有数据或不适用。状态按规则 {rules} 判定。{rest}" + (
        word("simulated.long") + "。" if month.is_simulated else ""
    )
    paper.annex(
        title + (f"\n{word('simulated.mark')}" if month.is_simulated else ""), header, rows, widths, note
    )


def _annex_row(month: Month, place: int, row: Row) -> list[str]:
    is_stage = row["kind"] == "stage"
    late = "（迟报）" if row["data_state"] in say.NO_DATA else ""
    return [
        str(place),
        month.indicator_name(row),
        month.office_name(row["responsible_office"]),
        notation.stretch(row["period_end"], row["basis"]) if row["actual"] is not None else notation.MISSING,
        _shortened(row["printed"] or notation.MISSING),
        notation.MISSING
        if is_stage
        else BOUNDS.get(row["actual_bound"] or "", "") + told.amount(row["actual"], row["unit"]),
        notation.signed(notation.points_of(row), 1),
        word(f"status.{row['status']}") + late,
        word(f"outlook.{row['outlook']}") if row["outlook"] not in (None, "unknown") else notation.MISSING,
    ]


def _shortened(text: str) -> str:
    """The printed goal, cut where a cell of the annex ends."""
    return text if len(text) <= PRINTED else f"{text[: PRINTED - 1]}…"
