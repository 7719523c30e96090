"""index.html: one file with its data, styles and scripts inside, that asks no server for anything.

What came from outside is only ever data: it travels as JSON that cannot end its script element, and the page's
scripts put it into text nodes.
"""

from __future__ import annotations

import html
import json
import re
from functools import cache
from pathlib import Path

from flows.report.month import Month
from flows.report.page_data import page_data
from models.words import word

HERE = Path(__file__).parent
SCRIPTS = ("words", "format", "dom", "state", "table", "heat", "views", "chart", "panel", "start")
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def render(month: Month, lang: str = "zh") -> bytes:
    """The whole page; the same month gives the same bytes."""
    parts = {
        "LANG": "zh-CN" if lang == "zh" else "en",
        "TITLE": html.escape(
            month.title(lang) + (word("simulated.mark", lang) if month.is_simulated else "")
        ),
        "NOSCRIPT": html.escape(word("page.noscript", lang)),
        "STYLE": text("page.css"),
        "DATA": as_script(page_data(month, lang)),
        "ECHARTS": (HERE / "assets" / "echarts.common.min.js").read_text(encoding="utf-8"),
        "SCRIPT": "\n".join(text(f"{name}.js") for name in SCRIPTS),
    }
    return fill(text("page.html"), parts).encode("utf-8")


def as_script(data: object) -> str:
    """JSON that is safe inside a script element, whatever the strings hold."""
    plain = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return re.sub("[<>&\u2028\u2029]", lambda found: _UNSAFE[found[0]], plain)


def fill(template: str, parts: dict[str, str]) -> str:
    """Put `parts` in place of `@@NAME@@` in one pass, so that no part is searched again."""
    return re.sub(r"@@([A-Z]+)@@", lambda found: parts[found[1]], template)


@cache
def text(name: str) -> str:
    """One of the page's own files."""
    return (HERE / "templates" / name).read_text(encoding="utf-8")
