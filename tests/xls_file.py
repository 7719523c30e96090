"""Excel 97 workbooks for tests, by the writer that the sample year uses."""

from __future__ import annotations

from data.sample_year.xls_file import Cell, xls_bytes

__all__ = ["Cell", "xls_bytes"]
