"""What was promised and what came of it: the target with its place, the figure with its source."""

from __future__ import annotations

import json
from decimal import Decimal

from models.notation import day, number
from models.phrase import Row, covered, measured, pick, told, unit_of
from models.words import section_word

_CHANGES = {"increase": ("上升", "to rise"), "decrease": ("下降", "to fall"), "hold": ("保持", "to hold")}


def promise(row: Row, lang: str) -> str:
    """What was promised, where the report says so, and whether it binds."""
    limit = _limit(row, lang)
    if lang == "zh":
        printed = str(row["printed"]).translate(str.maketrans("“”", "‘’"))
        return f"目标：{_place(row, lang)}“{printed}”{limit and '，'}{limit}（{row['nature']}）。"
    nature = {"约束性": "binding", "预期性": "expected"}.get(str(row["nature"]), str(row["nature"]))
    return f"Target: {_place(row, lang)}, printed “{row['printed']}”{limit and ', '}{limit} ({nature})."


def figure(row: Row, lang: str) -> str:
    """The actual with file, sheet, row, hash and vintage."""
    if row["period_end"] is None:
        return pick(lang, "实际：本年还没有可用的数据。", "Actual: no figure of the year is here yet.")
    when = covered(row, row["period_end"], lang)
    if row.get("rivals"):
        return _disputed(row, when, lang)
    value = told(row, row["actual"], lang, bound=row["actual_bound"])
    return pick(
        lang,
        f"实际：{when}{value}（来源：{_source(row, lang)}）。",
        f"Actual: {when} {value} (source: {_source(row, lang)}).",
    )


def _disputed(row: Row, when: str, lang: str) -> str:
    """Every figure that contradicts the others, each with its source; none of them is taken."""
    figures = pick(lang, "；", "; ").join(_rival(row, rival, lang) for rival in json.loads(row["rivals"]))
    return pick(
        lang,
        f"实际：{when}的数互相矛盾，尚未采用其中任何一个：{figures}。",
        f"Actual: the figures for {when} contradict each other and none is taken: {figures}.",
    )


def _rival(row: Row, rival: Row, lang: str) -> str:
    sides = {f"source_{name}": rival[name] for name in ("file", "sheet", "row", "column")}
    source = _source({**row, **sides, "sha256": rival["sha256"]}, lang)
    value = told(row, Decimal(rival["value"]), lang, bound=rival["bound"] or None)
    return pick(lang, f"{value}（来源：{source}）", f"{value} (source: {source})")


def _limit(row: Row, lang: str) -> str:
    comparator = row["comparator"]
    if row["kind"] == "stage":
        return ""
    if comparator is None:
        return pick(lang, "结果待录入", "a result still to be entered")
    if comparator == "relative":
        return _in_step(row, lang)
    if comparator in _CHANGES:
        return _change(row, lang)
    if row["target_value"] is None:
        return pick(lang, "任务值待下达", "a value still to be assigned")
    return pick(lang, "即", "that is ") + _value(row, lang)


def _value(row: Row, lang: str) -> str:
    value = measured(row, row["target_value"], lang)
    comparator, tolerance = row["comparator"], row.get("tolerance")
    what = pick(lang, "增速", "growth of ") if row["measure"] == "growth" else ""
    if comparator == "range":
        high = measured(row, row["value_high"], lang)
        return what + pick(lang, f"{value}至{high}", f"{value} to {high}")
    if comparator == "~=":
        is_cap, unit = (row.get("sign") or 1) < 0, _slack_unit(row, lang)
        zh, en = ("高", "above") if is_cap else ("低", "below")
        slack = pick(
            lang, f"，允许{zh}{number(tolerance)}{unit}", f", may be {number(tolerance)}{unit} {en} it"
        )
        return what + pick(lang, f"{value}左右", f"about {value}") + (slack if tolerance else "")
    if row["measure"] == "rank":
        return pick(lang, f"{value}以内", f"{value} or better")
    zh, en = ("不超过", "at most") if comparator == "<=" else ("不低于", "at least")
    return what + pick(lang, f"{zh}{value}", f"{en} {value}")


def _slack_unit(row: Row, lang: str) -> str:
    return pick(lang, "个百分点", " points") if unit_of(row, lang) == "%" else unit_of(row, lang)


def _in_step(row: Row, lang: str) -> str:
    reference = row.get("reference_name") or pick(lang, "参照指标", "its reference")
    tolerance, margin = row.get("tolerance"), row["target_value"]
    text = pick(lang, f"即与{reference}增速同步", f"that is growth in step with {reference}")
    if margin:
        text += pick(lang, f"并高出{number(margin)}个百分点", f" and {number(margin)} points above")
    if tolerance:
        text += pick(
            lang, f"（允许低{number(tolerance)}个百分点）", f" (may be {number(tolerance)} points short)"
        )
    return text


def _change(row: Row, lang: str) -> str:
    zh, en = _CHANGES[row["comparator"]]
    base = pick(
        lang, *(("上年末", "last year-end") if row["basis"] == "point" else ("上年同期", "last year"))
    )
    if row["comparator"] == "hold":
        return pick(lang, f"即保持{base}水平", f"that is to hold the level of {base}")
    by = measured(row, row["target_value"], lang) if row["target_value"] else ""
    return pick(lang, f"即与{base}相比{zh}{by}", f"that is {en}{by and ' by '}{by} against {base}")


def _place(row: Row, lang: str) -> str:
    section, paragraph = section_word(row["section"], lang), row["paragraph"]
    if lang == "zh":
        return f"{row['year']}年政府工作报告{section}" + (f"第{paragraph}段" if paragraph else "")
    return f"{row['year']} work report, {section}" + (f", paragraph {paragraph}" if paragraph else "")


def _source(row: Row, lang: str) -> str:
    place = [str(row["source_file"])]
    if row.get("source_sheet"):
        place.append(pick(lang, f"工作表“{row['source_sheet']}”", f"sheet “{row['source_sheet']}”"))
    if row.get("source_row"):
        column = row.get("source_column") or ""
        place.append(
            pick(lang, f"第{row['source_row']}行“{column}”列", f"row {row['source_row']}, column “{column}”")
        )
    if row.get("sha256"):
        place.append(f"sha256 {row['sha256']}")
    if row.get("received"):
        place.append(
            pick(lang, f"{day(row['received'], lang)}收到", f"received {day(row['received'], lang)}")
        )
    place.append(pick(lang, *_VINTAGES.get(str(row["finality"]), ("", ""))))
    place.append(pick(lang, *_ORIGINS.get(str(row["provenance"]), ("", ""))))
    return pick(lang, "，", ", ").join(part for part in place if part)


_VINTAGES = {
    "estimate": ("预计数", "estimate"),
    "preliminary": ("初步数", "preliminary"),
    "revised": ("修订数", "revised"),
    "final": ("最终数", "final"),
}
_ORIGINS = {
    "official": ("官方报送", "official"),
    "public": ("取自公开页面", "from a public page"),
    "simulated": ("模拟数据", "simulated"),
}
