"""What can be wrong with a row or column of a table, told once with the number of figures that it costs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flows.receive.desk import Place
from flows.receive.faults import Fault
from flows.receive.sheet import Row, width
from models.delivery import Severity
from models.message import say


@dataclass
class Tally:
    """One fault of a row or column with the number of figures it costs."""

    fault: Fault
    place: Place
    value: str
    figures: int = 0

    @property
    def counted(self) -> Fault:
        """The fault, saying how many figures it costs where these are several."""
        if self.figures < 2:
            return self.fault
        return replace(
            self.fault,
            message=say("{message}（涉及 {figures} 个数）", message=self.fault.message, figures=self.figures),
        )


def width_fault(cells: Row, header: int, printed: int) -> Fault | None:
    """A row that lost or gained a cell would put figures under the wrong heading."""
    if header <= len(cells) <= max(header, printed) and width(cells) <= header:
        return None
    return Fault(
        "row_width",
        say(
            "这一行有 {cells} 格，表头有 {header} 格，可能多了或少了一格，没有读取。",
            cells=len(cells),
            header=header,
        ),
        say("请核对分隔符；带千分号的数字请去掉千分号或加引号。"),
    )


def blank_region() -> Fault:
    return Fault(
        "no_region",
        say("这一行没有写地区。"),
        say("请在每一行写明地区；合并的单元格请拆开填满。"),
    )


def no_period() -> Fault:
    return Fault(
        "no_period",
        say("表中没有时期：表头、行首和标题都没有写明是哪一年、哪个月的数。"),
        say(
            "这些数是哪个时期的？请在标题写明（例如 2018年 或 2024年1—3月），加“时期”一栏，或在 .delivery.toml 写 period。"
        ),
    )


def above_header(rows: int) -> Fault:
    return Fault(
        "above_header",
        say("表头上面有 {rows} 行数，看不出属于哪张表，没有读取。", rows=rows),
        say("如是另一张表，请写明它的表头；如不需要报送，请删去。"),
    )


def below_notes(rows: int) -> Fault:
    return Fault(
        "below_notes",
        say("注释下面还有 {rows} 行数，看不出属于哪张表，没有读取。", rows=rows),
        say("如是同一张表，请移到注释上面；如是另一张表，请在上面写明表头。"),
    )


def no_heading(cells: int) -> Fault:
    return Fault(
        "column_not_read",
        say("这一栏没有表头，其中 {cells} 格没有读取。", cells=cells),
        say("请写明表头；不需要报送的请删去。"),
        Severity.WARNING,
    )


def no_indicator() -> Fault:
    return Fault("no_indicator", say("没有写明是哪个指标。"), say("请在表头或“指标：”一行写明指标全称。"))
