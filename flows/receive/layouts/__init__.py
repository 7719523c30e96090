"""Layouts, each a small module recognised by what is in the sheet. A new one: a new file, one line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flows.receive.desk import Desk
from flows.receive.layouts import bureau, long, nbs_columns, nbs_rows, page_text, template, vendor
from flows.receive.sheet import Sheet


@dataclass(frozen=True)
class Layout:
    """`recognise` looks at a sheet and gives its frame or None; `read` puts what the frame holds on the desk."""

    name: str
    recognise: Callable[[Sheet], Any]
    read: Callable[[Any, Sheet, Desk], None]


# In the order of asking: the more a layout demands of a sheet, the earlier it is asked.
LAYOUTS: tuple[Layout, ...] = (
    Layout("template", template.recognise, template.read),
    Layout("long", long.recognise, long.read),
    Layout("vendor", vendor.recognise, vendor.read),
    Layout("bureau_page", page_text.recognise, page_text.read),
    Layout("nbs_columns", nbs_columns.recognise, nbs_columns.read),
    Layout("nbs_rows", nbs_rows.recognise, nbs_rows.read),
    Layout("region_table", bureau.recognise_regions, bureau.read),
    Layout("bureau_monthly", bureau.recognise_months, bureau.read),
)
