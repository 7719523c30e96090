"""XLS and XLSX → sheets of text cells, values only."""

from __future__ import annotations

from flows.receive.faults import Fault
from flows.receive.limits import Limits
from flows.receive.opened import Opened


def open_workbook(content: bytes, limits: Limits) -> Opened | Fault:
    raise NotImplementedError
