"""variance.xlsx: what officials open in Excel. Sheets, charts and formats; the cells' text is always text."""

from __future__ import annotations

import io
from datetime import datetime

from flows.report.month import Month
from flows.report.sheet import Pen
from flows.report.workbook_history import write_history
from flows.report.workbook_receipts import write_dictionary, write_receipts, write_refusals
from flows.report.workbook_summary import write_summary
from flows.report.workbook_variance import write_variance
from models.words import word


def render(month: Month, lang: str = "zh") -> bytes:
    """The workbook's bytes; the same month gives the same bytes."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties(
        {
            "title": month.title(lang),
            "comments": word("simulated.long", lang) if month.is_simulated else "",
            "created": datetime.combine(month.as_of, datetime.min.time()),
        }
    )
    pen = Pen(book, month, lang)
    for write in (
        write_summary,
        write_variance,
        write_history,
        write_refusals,
        write_receipts,
        write_dictionary,
    ):
        write(pen)
    book.close()
    return buffer.getvalue()
