"""What was promised and what came of it: the target with its place, the figure with its source."""

from __future__ import annotations

from models.notation import day, number, quantity, stretch
from models.phrase import Row, pick, unit_of

COMPARATORS = {">=": "≥", "<=": "≤", "~=": "≈"}


def promise(row: Row, lang: str) -> str:
    """What was promised, where the report says so, and who answers for it."""
    place = _place(row, lang)
    limit = _limit(row, lang)
    if lang == "zh":
        return f"目标：{place}“{row['printed']}”，{limit}（{row['nature']}）。"
    nature = {"约束性": "binding", "预期性": "expected"}.get(str(row["nature"]), str(row["nature"]))
    return f"Target: {place}, printed “{row['printed']}”, {limit} ({nature})."


def figure(row: Row, lang: str) -> str:
    """The actual with file, sheet, row, hash and vintage."""
    if row["period_end"] is None:
        return (
            "实际：本年还没有可用的数据。" if lang == "zh" else "Actual: no figure of the year is here yet."
        )
    value = quantity(row["actual"], unit_of(row, lang), bound=row["actual_bound"])
    when = stretch(row["period_end"], row["basis"], lang)
    return f"{pick(lang, '实际：', 'Actual: ')}{when}{pick(lang, '', ' ')}{value}{_source(row, lang)}"


def _limit(row: Row, lang: str) -> str:
    value = quantity(row["target_value"], unit_of(row, lang))
    comparator, tolerance = row["comparator"], row.get("tolerance")
    if row["kind"] == "stage":
        return pick(lang, "按期完成节点", "stages done on time")
    if comparator is None:
        return pick(lang, "结果待录入", "result still to be entered")
    if row["target_value"] is None and comparator not in ("relative", "increase", "decrease", "hold"):
        return pick(lang, "任务值待下达", "value still to be assigned")
    if comparator == "range":
        high = quantity(row["value_high"], unit_of(row, lang))
        return pick(lang, f"{value}至{high}", f"{value} to {high}")
    if comparator == "relative":
        extra = (
            pick(
                lang,
                f"（允许低 {number(tolerance)} 个百分点）",
                f" (may be {number(tolerance)} points short)",
            )
            if tolerance
            else ""
        )
        return pick(lang, f"与参照指标增速同步{extra}", f"in step with the growth of its reference{extra}")
    if comparator in ("increase", "decrease", "hold"):
        zh, en = {
            "increase": ("上升", "to rise"),
            "decrease": ("下降", "to fall"),
            "hold": ("保持", "to hold"),
        }[comparator]
        return pick(lang, f"与基期相比{zh}", f"{en} against the baseline")
    about = f"{pick(lang, '，允许偏差 ', ', tolerance ')}{number(tolerance)}" if comparator == "~=" else ""
    return f"{COMPARATORS.get(comparator, '')} {value}{about}".strip()


def _place(row: Row, lang: str) -> str:
    section, paragraph = row["section"], row["paragraph"]
    if lang == "zh":
        part = "总目标" if section == "headline" else f"第{section}部分"
        return f"{row['year']}年报告{part}" + (f"第{paragraph}段" if paragraph else "")
    part = "headline targets" if section == "headline" else f"section {section}"
    return f"{row['year']} report, {part}" + (f", paragraph {paragraph}" if paragraph else "")


def _source(row: Row, lang: str) -> str:
    place = [str(row["source_file"])]
    if row.get("source_sheet"):
        place.append(pick(lang, f"工作表“{row['source_sheet']}”", f"sheet “{row['source_sheet']}”"))
    if row.get("source_row"):
        column = row.get("source_column") or ""
        place.append(
            pick(lang, f"第 {row['source_row']} 行 {column} 列", f"row {row['source_row']}, column {column}")
        )
    if row.get("sha256"):
        place.append(f"sha256 {row['sha256']}")
    if row.get("received"):
        place.append(
            pick(lang, f"{day(row['received'], lang)}收到", f"received {day(row['received'], lang)}")
        )
    place.append(pick(lang, *_VINTAGES.get(str(row["finality"]), ("", ""))))
    place.append(pick(lang, *_ORIGINS.get(str(row["provenance"]), ("", ""))))
    text = pick(lang, "，", ", ").join(part for part in place if part)
    return pick(lang, f"（{text}）。", f" ({text}).")


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
