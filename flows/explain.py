"""`duban explain TARGET_ID [--period YYYY-MM]`: why this colour, from the published row alone, without a lock."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from typing import Any

from flows import warehouse
from flows.errors import NotFoundError
from flows.settings import Settings
from models.explanation import sentences
from models.message import in_language, joined, say
from models.notation import day
from sql import query

Row = dict[str, Any]
_PREFIX = re.compile(r"^\d{6}-\d{4}-")


def command(settings: Settings, arguments: argparse.Namespace) -> int:
    """Print the explanation of the newest assessment, or of what is known now of one period."""
    rows = read_rows(settings, arguments.target_id)
    row = chosen(rows, arguments.period)
    print("\n".join((heading(row, settings.lang), *sentences(row, settings.lang))))
    return 0


def read_rows(settings: Settings, target_id: str) -> list[Row]:
    """Every assessment of one target, oldest first; NotFoundError names the nearest targets."""
    with warehouse.read_published(settings) as connection:
        # a variable, because a bound parameter would import pandas
        connection.execute("set variable target_id = '" + target_id.replace("'", "''") + "'")
        result = connection.execute(query("status/assessments"))
        names = [column[0] for column in result.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
        if not rows:
            known = [row[0] for row in connection.execute(query("status/target_ids")).fetchall()]
            raise NotFoundError(_not_found(target_id, known))
    return rows


def near_ids(target_id: str, known: Sequence[str], *, limit: int = 3) -> list[str]:
    """Ids whose own part is like that of `target_id`, or holds it; region and year are alike in all of them."""
    slugs = {one: _PREFIX.sub("", one) for one in known}
    wanted = _PREFIX.sub("", target_id)
    held = [one for one, slug in slugs.items() if len(wanted) > 2 and wanted in slug]
    like = get_close_matches(wanted, dict.fromkeys(slugs.values()), n=limit, cutoff=0.6)
    return list(dict.fromkeys(held + [one for slug in like for one in slugs if slugs[one] == slug]))[:limit]


def _not_found(target_id: str, known: Sequence[str]) -> str:
    near = near_ids(target_id, known)
    if near:
        return say("没有目标“{target_id}”。相近的有：{near}。", target_id=target_id, near=joined("、", near))
    return say(
        "没有目标“{target_id}”，也没有相近的编号。用 duban status 列出全部目标及其编号。", target_id=target_id
    )


def chosen(rows: list[Row], period: date | None) -> Row:
    """The newest row, or the newest of a month; NotFoundError names the periods there are."""
    if period is None:
        return [row for row in rows if row["is_newest"]][-1]
    found = [row for row in rows if row["period_end"] and f"{row['period_end']:%Y-%m}" == f"{period:%Y-%m}"]
    if not found:
        there = sorted({f"{row['period_end']:%Y-%m}" for row in rows if row["period_end"]})
        raise NotFoundError(
            say(
                "目标 {target_id} 没有 {period:%Y-%m} 的研判。已有：{there}。",
                target_id=rows[0]["target_id"],
                period=period,
                there=joined("、", there) or say("无"),
            )
        )
    return found[-1]


def heading(row: Row, lang: str) -> str:
    """The indicator, the id and the date it is looked at from."""
    title = say(
        "{region_name} {indicator_name}（{target_id}），截至{as_of}",
        region_name=row["region_name"],
        indicator_name=row["indicator_name"],
        target_id=row["target_id"],
        as_of=day(row["as_of"], lang),
    )
    return in_language(title, lang)
