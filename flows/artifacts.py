"""What Prefect's own page shows of a run: the variance table and the refusals, as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from prefect.artifacts import create_markdown_artifact

from flows import warehouse
from flows.monitor import Summary
from flows.settings import Settings
from sql import query


def write(settings: Settings, summary: Summary) -> None:
    """One artifact for the variance table and one for what was refused or quarantined."""
    with warehouse.read_published(settings) as connection:
        variance = connection.execute(query("artifacts/variance")).fetchall()
        refusals = connection.execute(query("artifacts/refusals")).fetchall()
    files = "\n".join(f"- `{file}`" for file in summary.files)
    heading = f"## 截至 {summary.context.as_of}\n\n{summary.loaded}\n\n{files}\n\n"
    columns = ("地区", "目标", "期", "实际", "目标值", "差距（点）", "状态", "数据", "来源")
    create_markdown_artifact(heading + _table(columns, variance), key="variance", description="差距表")
    create_markdown_artifact(
        _table(("文件", "行", "列", "值", "说明", "处置"), refusals), key="refusals", description="隔离与拒收"
    )


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    return "\n".join(lines + ["| " + " | ".join(map(_cell, row)) + " |" for row in rows])


def _cell(value: object) -> str:
    """A cell that cannot break out of its table: what files say is data, never markup."""
    text = "" if value is None else str(value)
    for mark in "\\`*_{}[]<>#|!":
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split())
