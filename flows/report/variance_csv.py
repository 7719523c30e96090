"""variance.csv: the columns of the variance relation, one row a target, UTF-8 with BOM so that Excel opens it."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

from flows.report.month import Month
from models.relations import PUBLISHED

COLUMNS = tuple(c.name for relation in PUBLISHED if relation.name == "variance" for c in relation.columns)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def render(month: Month) -> bytes:
    """The file's bytes."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([cell(row[name]) for name in COLUMNS] for row in month.variance)
    return sheet.getvalue().encode("utf-8-sig")


def cell(value: object) -> str:
    """A value as text; an outside text that a spreadsheet would run as a formula gets an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return (
        f"'{text}"
        if isinstance(value, str) and text.startswith(FORMULA_STARTS) and text not in (">=", "<=")
        else text
    )
