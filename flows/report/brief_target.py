"""What the monthly note says of one target, composed from its judged row: nothing a row does not hold.

Chinese official prose: rates differ by 个百分点, a fall is 下降 and never a negative growth, an unknown input
leaves its clause out.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from flows.report.month import Month
from flows.report.reading import Row
from models.notation import MISSING, day, month, number, stretch


def shortfall(facts: Month, row: Row) -> str:
    """One target that is behind: figure, gap, what is left to do, outlook, measures."""
    parts = (
        standing(facts, row),
        _since(row),
        required(facts, row),
        outlook(facts, row),
        measures(facts, row),
    )
    return "".join(part for part in parts if part)


def standing(facts: Month, row: Row) -> str:
    """Where the target stands, as a full sentence."""
    if row["kind"] == "stage":
        return _stage(facts, row)
    if row["actual"] is None:
        return ""
    return f"{figure(row)}，{against(facts, row)}。" if against(facts, row) else f"{figure(row)}。"


def figure(row: Row) -> str:
    """The figure with its stretch of time: 1—10月同比增长6.3%; a bound is said as a bound."""
    when = stretch(row["period_end"], row["basis"])
    actual, unit = Decimal(row["actual"]), row["unit"] or ""
    bound = {">=": "及以上", "<=": "及以下"}.get(row["actual_bound"] or "", "")
    if row["measure"] == "growth":
        return f"{when}{growth(actual)}{bound}"
    if row["kind"] == "rank":
        return f"{when}居第{number(actual)}位"
    if row["kind"] == "total":
        return f"{when}完成{amount(actual, unit)}{bound}"
    return f"{when}为{amount(actual, unit)}{bound}"


def amount(value: Decimal | None, unit: str | None, places: int | None = None) -> str:
    """A figure with its unit as notes print it: no grouping, whole ten-thousands as 万 (1万人, 362.7亿元)."""
    if value is None:
        return MISSING
    exact = Decimal(value)
    in_ten_thousands = exact / 10_000
    is_plain_unit = unit and unit[0] not in "万亿%"
    if (
        is_plain_unit
        and abs(exact) >= 10_000
        and in_ten_thousands == in_ten_thousands.quantize(Decimal("0.01"))
    ):
        return f"{number(in_ten_thousands)}万{unit}"
    return f"{number(exact, places).replace(',', '')}{unit or ''}"


def growth(rate: Decimal) -> str:
    """增长6.3%, 下降2.1%, 与上年同期持平."""
    if rate == 0:
        return "与上年同期持平"
    return f"同比{'增长' if rate > 0 else '下降'}{number(abs(rate))}%"


def against(facts: Month, row: Row) -> str:
    """The gap to the schedule or the limit, in the words of the kind; empty where there is none."""
    gap = row["gap"]
    if gap is None:
        return ""
    by_kind = {"total": _against_schedule, "level": _against_schedule, "relative": _against_reference}
    return by_kind.get(row["kind"], _against_limit)(facts, row, Decimal(gap))


def _against_schedule(facts: Month, row: Row, gap: Decimal) -> str:
    unit = row["unit"] or ""
    parts = []
    if row["completion"] is not None and row["target_value"] is not None:
        parts.append(f"为全年目标{amount(row['target_value'], unit)}的{number(row['completion'], 1)}%")
    elif row["target_value"] is not None:
        parts.append(f"全年目标为{amount(row['target_value'], unit)}")
    if row["expected"] is not None and row["status"] not in ("achieved", "missed"):
        size = amount(abs(gap), unit, 2)
        parts.append(f"比应达进度{'少' if gap < 0 else '多'}{size}" if gap else "与应达进度持平")
    return "，".join(parts)


def _against_limit(facts: Month, row: Row, gap: Decimal) -> str:
    limit = row["expected"] if row["expected"] is not None else row["target_value"]
    if limit is None or row["actual"] is None:
        return ""
    size = f"{number(abs(gap), 2)}个百分点" if row["unit"] == "%" else amount(abs(gap), row["unit"], 2)
    name = "目标" if limit == row["target_value"] else "应达水平"
    goal = f"{name}（{amount(limit, row['unit'])}）"
    if gap == 0:
        return f"与{goal}持平"
    return f"比{goal}{'高' if Decimal(row['actual']) > Decimal(limit) else '低'}{size}"


def _against_reference(facts: Month, row: Row, gap: Decimal) -> str:
    reference = facts.target.get(facts.target.get(row["target_id"], {}).get("reference_target") or "")
    name = facts.indicator_name(reference) if reference else "参照指标"
    value = f"（{number(row['reference_value'])}%）" if row["reference_value"] is not None else ""
    if gap == 0:
        return f"与{name}增速{value}持平"
    return f"比{name}增速{value}{'低' if gap < 0 else '高'}{number(abs(gap), 2)}个百分点"


def _stage(facts: Month, row: Row) -> str:
    stages = facts.schedule.get(row["target_id"], ())
    done = Decimal(row["actual"] or 0)
    left = [stage for place, stage in enumerate(stages, start=1) if place > done]
    overdue = [stage for stage in left if stage["period_end"] <= (row["period_end"] or facts.as_of)]
    if overdue:
        first = overdue[0]
        days = ((row["period_end"] or facts.as_of) - first["period_end"]).days
        late = f"，已逾期{days}天" if days > 0 else ""
        return f"“{first['stage_name']}”应于{day(first['period_end'])}前完成，目前未完成{late}。"
    if row["status"] == "achieved":
        return "各节点均已完成。"
    return f"下一节点“{left[0]['stage_name']}”应于{day(left[0]['period_end'])}前完成。" if left else ""


def _since(row: Row) -> str:
    count = row["periods_in_status"]
    if not count or count < 2 or row["status"] not in ("behind", "slightly_behind"):
        return ""
    return f"自{month(row['status_since'])}起已连续{count}期{'滞后' if row['status'] == 'behind' else '略有滞后'}。"


def required(facts: Month, row: Row) -> str:
    """What the rest of the year would have to bring."""
    if row["status"] in ("achieved", "missed"):
        return ""
    if row["kind"] == "total" and row["required"]:
        each = row["required_per_period"]
        per = (
            f"，平均每{_reporting_period(facts, row)}{amount(each, row['unit'], 2)}"
            if each is not None and each != row["required"]
            else ""
        )
        return f"后期需完成{amount(row['required'], row['unit'])}{per}。"
    if row["kind"] == "growth" and row["required_growth"] is not None:
        return f"后期需{growth(half_up(row['required_growth'], 1))}左右{_rounding_range(facts, row)}。"
    if row["kind"] == "level" and row["required"]:
        return f"距全年目标还差{amount(row['required'], row['unit'])}。"
    return ""


def _rounding_range(facts: Month, row: Row) -> str:
    """The range that the rounding of the printed figures leaves open."""
    evidence = facts.evidence(row)
    low, high = evidence.get("required_growth_low"), evidence.get("required_growth_high")
    if low is None or high is None or low == high:
        return ""
    return f"（考虑数据四舍五入，在{number(low, 1)}%至{number(high, 1)}%之间）"


OUTLOOKS = {
    "likely": "有望完成全年目标",
    "uncertain": "能否完成全年目标尚不确定",
    "unlikely": "难以完成全年目标",
}


def outlook(facts: Month, row: Row) -> str:
    """The forecast with its interval, where there is one."""
    if row["outlook"] not in OUTLOOKS or row["status"] in ("achieved", "missed"):
        return ""
    if row["forecast"] is None or row["kind"] == "stage":
        return f"{'' if row['outlook'] == 'uncertain' else '预计'}{OUTLOOKS[row['outlook']]}。"
    is_growth = row["measure"] == "growth"
    places = 0 if facts.is_whole(row) else 1
    unit = "%" if is_growth else row["unit"] or ""
    value = (
        growth(half_up(row["forecast"], 1))
        if is_growth
        else f"约{amount(half_up(row['forecast'], places), unit)}"
    )
    interval = ""
    if row["forecast_low"] is not None and row["forecast_high"] is not None:
        low, high = (amount(half_up(row[end], places), unit) for end in ("forecast_low", "forecast_high"))
        interval = f"（八成可能在{low}至{high}之间）"
    return f"据现有数据推算全年{value}{interval}，{OUTLOOKS[row['outlook']]}。"


def half_up(value: Decimal, places: int) -> Decimal:
    """Rounded half up, as tables round."""
    return Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _reporting_period(facts: Month, row: Row) -> str:
    frequency = facts.indicator.get(row["indicator"], {}).get("frequency")
    return {"month": "月", "quarter": "季度"}.get(frequency or "", "期")


def lumpy(facts: Month, row: Row) -> str:
    """Said of targets that come in lumps: their pace alone makes no red."""
    is_lumpy = facts.target.get(row["target_id"], {}).get("lumpy")
    return "（完成时间集中，不因进度判为滞后）" if is_lumpy else ""


def measures(facts: Month, row: Row) -> str:
    """What the responsible office has promised; empty where it has promised nothing."""
    said = facts.acknowledgements.get(row["target_id"], ())
    if not said:
        return ""
    newest = said[-1]
    until = f"，期限{day(newest['due_on'])}" if newest["due_on"] else ""
    return f"整改措施：{str(newest['measures_taken']).strip().rstrip('。；;')}（{newest['author']}填报{until}）。"
