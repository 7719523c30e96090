"""What each rule says of a figure that breaks it: the fact with its figures, and what to do, in plain Chinese."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from models.delivery import Candidate
from models.notation import number
from models.notation import quantity as notate
from models.period import period_name
from models.printed import fitting_unit

Evidence = Mapping[str, object]
Words = tuple[str, str]  # message, advice

RELEASE = "若数字无误，请负责人用 duban quarantine accept 放行并写明理由。"
_TIMES = {3: "1000 倍", 4: "1 万倍", 8: "1 亿倍"}
_PARTS = {3: "千分之一", 4: "万分之一", 8: "亿分之一"}


def told(rule: str, candidate: Candidate, evidence: Evidence) -> Words:
    """Message and advice of `rule` for a figure."""
    return _WORDS[rule](candidate, evidence)


def _figure(c: Candidate, e: Evidence) -> str:
    """社会消费品零售总额2024年1—3月累计绝对量 31亿元."""
    measure = "同比增速" if c.measure == "growth" else ""
    return f"{e['indicator_name']}{period_name(c.period_end, c.basis)}{measure}为 {notate(c.value, c.unit, bound=c.bound)}"


def _decimal(e: Evidence, name: str) -> Decimal:
    return Decimal(str(e[name]))


def _value(c: Candidate, e: Evidence, name: str) -> str:
    return notate(_decimal(e, name), c.unit)


def _like(c: Candidate, e: Evidence) -> str:
    """The figure it is held against: 2023年1—3月的 28亿元."""
    end = date.fromisoformat(str(e["like_end"]))
    earlier = "此前报的" if end == c.period_end else ""
    return f"{earlier}{period_name(end, c.basis)}的 {_value(c, e, 'like_value')}"


def _has(e: Evidence, name: str) -> bool:
    return e[name] is not None and e[name] == e[name]  # NaN is missing


def _value_unusable(c: Candidate, e: Evidence) -> Words:
    if c.value.is_finite():
        return f"数值“{c.printed or c.value}”过大，无法保存。", "请核对数字与单位后重报。"
    return f"数值“{c.printed or c.value}”不是数字。", "缺数请留空，或填“-”。"


def _same_key_two_values(c: Candidate, e: Evidence) -> Words:
    count = int(_decimal(e, "values_of_key"))
    fact = f"{_figure(c, e)}，但同一文件对同一地区、指标、口径、期间给出了 {count} 个不同的数，全部隔离。"
    return fact, "请确认哪一个正确：用 duban quarantine accept 放行它，或更正后重报。"


def _future_period(c: Candidate, e: Evidence) -> Words:
    days = int(_decimal(e, "days_early"))
    fact = f"{_figure(c, e)}，但收到文件时该期还有 {days} 天才结束。"
    return fact, f'请核对年份与月份；预计数请在报送说明中写 finality = "estimate"。{RELEASE}'


def _estimate_before_end(c: Candidate, e: Evidence) -> Words:
    days = int(_decimal(e, "days_early_estimated"))
    return f"{_figure(c, e)}，是期末前 {days} 天的预计数。", "已采纳；期末后请报初步数，预计数不作定论。"


def _outside_calendar(c: Candidate, e: Evidence) -> Words:
    fact = f"{_figure(c, e)}，但报数日历中该指标在 {c.period_end.month} 月不报数。"
    return fact, f"请核对期间；若确实在该月报数，请在 calendar.csv 补上月份。{RELEASE}"


def _outside_calendar_then(c: Candidate, e: Evidence) -> Words:
    fact = f"{_figure(c, e)}，报数日历中该指标在 {c.period_end.month} 月不报数。"
    return fact, "已采纳：日历只说现在的报数月份，早年可能不同。请核对期间。"


def _unit_slip(c: Candidate, e: Evidence) -> Words:
    distance = e["slip_distance"]
    return (
        _slip_from_past(c, e) if distance is not None and float(str(distance)) < 0.4 else _slip_from_aim(c, e)
    )


def _slip_from_past(c: Candidate, e: Evidence) -> Words:
    slip = float(str(e["slip_power"]))
    power = min(_TIMES, key=lambda k: abs(abs(slip) - k))
    times = _TIMES[power] if slip > 0 else _PARTS[power]
    fact = f"{_figure(c, e)}，约为{_like(c, e)}的 {times}，疑似单位写错。"
    unit = fitting_unit(c.value, c.unit, c.printed, power if slip > 0 else -power)
    right = notate(c.value.scaleb(-power if slip > 0 else power), c.unit)
    fit = f"按“{unit}”理解则为 {right}，与以往相当，" if unit else f"相称的数应在 {right} 左右，"
    return fact, f"{fit}请核对单位后重报。{RELEASE}"


def _slip_from_aim(c: Candidate, e: Evidence) -> Words:
    power = int(str(e["aim_slip"]))
    unit = fitting_unit(c.value, c.unit, c.printed, power)
    right = notate(c.value.scaleb(-power), c.unit)
    fit = f"按“{unit}”理解则为 {right}，与目标相称，" if unit else f"相称的数应在 {right} 左右，"
    return f"{_from_aim(c, e)}，疑似单位写错。", f"{fit}请核对单位后重报。{RELEASE}"


def _far_from_target(c: Candidate, e: Evidence) -> Words:
    return (
        f"{_from_aim(c, e)}，相差过于悬殊，且没有往期可比。",
        f"请核对数字、单位、口径与所在行。{RELEASE}",
    )


def _from_aim(c: Candidate, e: Evidence) -> str:
    """…为 280,000亿元，是2024年目标 300亿元折算到 3 月（75亿元）的 3,733 倍."""
    aim, expected = _decimal(e, "aim_value"), _decimal(e, "aim_expected")
    by_now = "" if aim == expected else f"折算到 {c.period_end.month} 月（{notate(expected, c.unit)}）"
    times = c.value / expected
    many = number(times, 0) if abs(times) >= 10 else number(times, 6)
    return f"{_figure(c, e)}，是{c.period_end.year}年目标 {notate(aim, c.unit)}{by_now}的 {many} 倍"


def _over_capacity(c: Candidate, e: Evidence) -> Words:
    room = notate(_decimal(e, "room"), c.unit)
    return f"{_figure(c, e)}，但总共只有 {room}。", f"请核对数字、期间与所在行。{RELEASE}"


def _another_office(c: Candidate, e: Evidence) -> Words:
    sent, booked = (f"{e[f'office_{who}_name']}（{e[f'office_{who}']}）" for who in ("sent", "booked"))
    fact = f"{_figure(c, e)}，由{sent}报送，而台账写明该指标由{booked}报送。"
    return fact, "已采纳。职责有调整的，请更新 indicators.csv 的 reporting_office；否则请由该单位报送。"


def _out_of_range(c: Candidate, e: Evidence) -> Words:
    low, high = (number(_decimal(e, name)) if _has(e, name) else "" for name in ("domain_low", "domain_high"))
    has_end = high and (c.measure not in ("total", "level") or c.value > 0)  # a count has one, but far off
    span = f"{low} 至 {high}" if has_end else f"不小于 {low}"
    return f"{_figure(c, e)}，超出合理范围（{span}）。", f"请核对数字、口径与单位后重报。{RELEASE}"


def _not_whole(c: Candidate, e: Evidence) -> Words:
    return (
        f"{_figure(c, e)}，应为整数。",
        f"请核对数字与单位（例如把“万{c.unit}”写成了“{c.unit}”）。{RELEASE}",
    )


def _jump(c: Candidate, e: Evidence) -> Words:
    if c.measure == "growth":
        return (
            f"{_figure(c, e)}，{_points_apart(c, e)}，远超该序列以往的波动。",
            f"请核对小数点与口径（指数减 100 才是增速）。{RELEASE}",
        )
    if not c.value:
        return f"{_figure(c, e)}，而{_like(c, e)}。", f"缺数请留空，不要填 0。{RELEASE}"
    return (
        f"{_figure(c, e)}，{_times_apart(c, e)}，远超该序列以往的波动。",
        f"请核对小数点、位数与所在行。{RELEASE}",
    )


def _notable_change(c: Candidate, e: Evidence) -> Words:
    apart = _points_apart(c, e) if c.measure == "growth" else _times_apart(c, e)
    return f"{_figure(c, e)}，{apart}。", "已采纳，请留意是否确有其事。"


def _points_apart(c: Candidate, e: Evidence) -> str:
    apart = number(c.value - _decimal(e, "like_value"), 1)
    return f"与{_like(c, e)}相差 {apart} 个百分点"


def _times_apart(c: Candidate, e: Evidence) -> str:
    like = _decimal(e, "like_value")
    if not like or not c.value:
        return f"对照{_like(c, e)}"
    return f"是{_like(c, e)}的 {number(c.value / like, 2)} 倍"


def _falls(c: Candidate, e: Evidence) -> str:
    if _has(e, "fall") and float(str(e["fall"])) > 0:
        name, verb = "previous", "小于"
    else:
        name, verb = "next", "大于其后"
    end = date.fromisoformat(str(e[f"{name}_end"]))
    return f"{_figure(c, e)}，{verb}{period_name(end, c.basis)}累计的 {_value(c, e, f'{name}_value')}"


def _cumulative_falls(c: Candidate, e: Evidence) -> Words:
    return f"{_falls(c, e)}，年内累计数下降超过一成。", f"请核对是否把当月数填入了累计栏。{RELEASE}"


def _cumulative_dips(c: Candidate, e: Evidence) -> Words:
    return f"{_falls(c, e)}，年内累计数下降。", "已采纳：核减、退库可使累计数下降。请说明原因。"


def _sum(c: Candidate, e: Evidence) -> str:
    whole, before, part = (_value(c, e, name) for name in ("sum_whole", "sum_before", "sum_part"))
    total = notate(_decimal(e, "sum_before") + _decimal(e, "sum_part"), c.unit)
    return f"{_figure(c, e)}；累计 {whole}，而上期累计 {before} 加本期 {part} 得 {total}"


def _sum_of_months(c: Candidate, e: Evidence) -> Words:
    return f"{_sum(c, e)}，相差超过一成。", f"请核对当月数、累计数是否填错栏。{RELEASE}"


def _sum_of_months_off(c: Candidate, e: Evidence) -> Words:
    return f"{_sum(c, e)}，不相等。", "已采纳：此前各月修订后累计数可与各月之和不等。"


def _growth_against_levels(c: Candidate, e: Evidence) -> Words:
    implied, published = number(_decimal(e, "implied_growth"), 1), number(_decimal(e, "published_growth"))
    fact = f"{_figure(c, e)}；公布增速 {published}%，按绝对量计算为 {implied}%。"
    return fact, "已采纳：增速按可比口径或可比价格计算，普查修订也会改变基数，两者可以都对。"


def _same_key_repeated(c: Candidate, e: Evidence) -> Words:
    return f"{_figure(c, e)}，在同一文件中重复出现，数值相同。", "只采纳一次，无需处理。"


_WORDS: dict[str, Callable[[Candidate, Evidence], Words]] = {
    "value_unusable": _value_unusable,
    "same_key_two_values": _same_key_two_values,
    "future_period": _future_period,
    "estimate_before_end": _estimate_before_end,
    "outside_calendar": _outside_calendar,
    "outside_calendar_then": _outside_calendar_then,
    "unit_slip": _unit_slip,
    "out_of_range": _out_of_range,
    "over_capacity": _over_capacity,
    "far_from_target": _far_from_target,
    "not_whole": _not_whole,
    "jump": _jump,
    "another_office": _another_office,
    "notable_change": _notable_change,
    "cumulative_falls": _cumulative_falls,
    "cumulative_dips": _cumulative_dips,
    "sum_of_months": _sum_of_months,
    "sum_of_months_off": _sum_of_months_off,
    "growth_against_levels": _growth_against_levels,
    "same_key_repeated": _same_key_repeated,
}
