"""reports/index.html: every region and month that has a report, with its counts, and nothing to load."""

from __future__ import annotations

import csv
import html
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from flows.report.page import fill, text
from flows.report.palette import MARKS, STATUSES
from models.words import word

FILES = (("variance.xlsx", "page.workbook"), ("brief.docx", "page.brief"))


@dataclass(frozen=True)
class Listed:
    """What the index says of one report."""

    region: str
    name: str
    month: str  # YYYY-MM
    as_of: str
    simulated: bool
    counts: Mapping[str, int]

    @property
    def counts_total(self) -> int:
        """How many targets the report has."""
        return sum(self.counts.values())


def found(folder: Path) -> list[Listed]:
    """Every report under `folder`, region by region, the newest month first."""
    listed = [_read(path) for path in sorted(folder.glob("[0-9]*/*/variance.csv"))]
    return sorted((item for item in listed if item), key=lambda item: (item.region, _backwards(item.month)))


def _backwards(month: str) -> int:
    return -int(month.replace("-", ""))


def _read(path: Path) -> Listed | None:
    """What a report's own table says; None for a table without rows, or damaged: its next run mends it."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        first = rows[0]
        return Listed(
            region=path.parent.parent.name,
            name=first["region_name"],
            month=path.parent.name,
            as_of=max(row["as_of"] for row in rows),
            simulated=any(row["provenance"] == "simulated" for row in rows),
            counts=Counter(row["status"] for row in rows),
        )
    except (IndexError, KeyError, UnicodeDecodeError, csv.Error):
        return None


def render(listed: Iterable[Listed], lang: str = "zh") -> bytes:
    """The index' bytes."""
    reports = list(listed)
    simulated = any(item.simulated for item in reports)
    parts = {
        "LANG": "zh-CN" if lang == "zh" else "en",
        "TITLE": html.escape(word("index.title", lang)),
        "STYLE": text("page.css"),
        "HINT": html.escape(word("index.hint", lang)),
        "BAND": _tag("aside", word("simulated.long", lang), 'class="band"') if simulated else "",
        "REGIONS": "".join(_region(group, lang) for group in _by_region(reports)),
    }
    return fill(text("index.html"), parts).encode("utf-8")


def _by_region(reports: Iterable[Listed]) -> list[list[Listed]]:
    groups: dict[str, list[Listed]] = {}
    for item in reports:
        groups.setdefault(item.region, []).append(item)
    return sorted(groups.values(), key=lambda group: -group[0].counts_total)


def _region(reports: list[Listed], lang: str) -> str:
    mark = word("simulated.mark", lang) if any(item.simulated for item in reports) else ""
    used = [s for s in STATUSES if any(item.counts.get(s) for item in reports)]
    head = [word("column.month", lang), word("column.as_of", lang), word("page.trend_short", lang)]
    head += [f"{MARKS[s]} {word('status.' + s, lang)}" for s in used] + [word("index.files", lang)]
    cells = "".join(_tag("th", text, 'scope="col"') for text in head)
    rows = "".join(_row(item, used, lang) for item in reports)
    title = _tag("h2", f"{reports[0].name}{mark}")
    caption = _tag("caption", reports[0].name + mark, 'class="visually-hidden"')
    return f'<section>{title}<div class="scroll"><table class="plain index">{caption}<thead><tr>{cells}</tr></thead><tbody>{rows}</tbody></table></div></section>'


def _row(item: Listed, used: list[str], lang: str) -> str:
    place = f"{_safe(item.region)}/{_safe(item.month)}"
    bar = "".join(
        f'<i class="s-{s}" style="flex-grow:{int(item.counts[s])}"></i>' for s in used if item.counts.get(s)
    )
    links = " · ".join(_tag("a", word(key, lang), f'href="{place}/{file}"') for file, key in FILES)
    numbers = "".join(_tag("td", str(item.counts.get(s, 0)), 'class="num"') for s in used)
    first = _tag("a", item.month, f'href="{place}/index.html"')
    return f'<tr><th scope="row">{first}</th>{_tag("td", item.as_of)}<td><div class="strip" aria-hidden="true">{bar}</div></td>{numbers}<td>{links}</td></tr>'


def _safe(part: str) -> str:
    """A part of a path that cannot leave the folder or the attribute."""
    return re.sub(r"[^0-9A-Za-z-]", "", part)


def _tag(name: str, content: str, attributes: str = "") -> str:
    return f"<{name}{' ' + attributes if attributes else ''}>{html.escape(content)}</{name}>"
