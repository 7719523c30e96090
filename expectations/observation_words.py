"""What each rule says of a figure that breaks it: the fact with its figures, and what to do, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from models.delivery import Candidate
from models.message import Message, either, say
from models.notation import named_period, number, quantity
from models.printed import fitting_unit
from models.words import unit_word

Evidence = Mapping[str, object]
Words = tuple[Message, Message]  # message, advice

RELEASE = say("若数字无误，请负责人用 duban quarantine accept 放行并写明理由。")
_TIMES = {
    3: either("1000 倍", "1,000 times"),
    4: either("1 万倍", "10,000 times"),
    8: either("1 亿倍", "100 million times"),
}
_PARTS = {
    3: either("千分之一", "a thousandth of"),
    4: either("万分之一", "a ten-thousandth of"),
    8: either("亿分之一", "a hundred-millionth of"),
}


def told(rule: str, candidate: Candidate, evidence: Evidence) -> Words:
    """Message and advice of `rule` for a figure."""
    return _WORDS[rule](candidate, evidence)


def _figure(c: Candidate, e: Evidence) -> Message:
    """社会消费品零售总额2024年1—3月累计绝对量 31亿元."""
    name, period = e["indicator_name"], named_period(c.period_end, c.basis)
    value = notate(c.value, c.unit, bound=c.bound)
    if c.measure == "growth":
        return say("{name}{period}同比增速为 {value}", name=name, period=period, value=value)
    return say("{name}{period}为 {value}", name=name, period=period, value=value)


def notate(value: Decimal, unit: str | None, *, bound: str | None = None) -> Message:
    """A figure with its unit, in the words of either language."""
    space = "" if unit in ("%", "‰") else " "
    english = quantity(value, f"{space}{unit_word(unit, 'en')}" if unit else None, bound=bound)
    return either(quantity(value, unit, bound=bound), english)


def _decimal(e: Evidence, name: str) -> Decimal:
    return Decimal(str(e[name]))


def _value(c: Candidate, e: Evidence, name: str) -> Message:
    return notate(_decimal(e, name), c.unit)


def _like(c: Candidate, e: Evidence) -> Message:
    """The figure it is held against: 2023年1—3月的 28亿元."""
    end = date.fromisoformat(str(e["like_end"]))
    period, value = named_period(end, c.basis), _value(c, e, "like_value")
    if end == c.period_end:
        return say("此前报的{period}的 {value}", period=period, value=value)
    return say("{period}的 {value}", period=period, value=value)


def _has(e: Evidence, name: str) -> bool:
    return e[name] is not None and e[name] == e[name]  # NaN is missing


def _value_unusable(c: Candidate, e: Evidence) -> Words:
    printed = c.printed or c.value
    if c.value.is_finite():
        return say("数值“{printed}”过大，无法保存。", printed=printed), say("请核对数字与单位后重报。")
    return say("数值“{printed}”不是数字。", printed=printed), say("缺数请留空，或填“-”。")


def _same_key_two_values(c: Candidate, e: Evidence) -> Words:
    return (
        say(
            "{figure}，但同一文件对同一地区、指标、口径、期间给出了 {count} 个不同的数，全部隔离。",
            figure=_figure(c, e),
            count=int(_decimal(e, "values_of_key")),
        ),
        say("请确认哪一个正确：用 duban quarantine accept 放行它，或更正后重报。"),
    )


def _future_period(c: Candidate, e: Evidence) -> Words:
    days = int(_decimal(e, "days_early"))
    return (
        say("{figure}，但收到文件时该期还有 {days} 天才结束。", figure=_figure(c, e), days=days),
        say(
            '请核对年份与月份；预计数请在报送说明中写 finality = "estimate"。{release}',
            release=RELEASE,
        ),
    )


def _estimate_before_end(c: Candidate, e: Evidence) -> Words:
    days = int(_decimal(e, "days_early_estimated"))
    return (
        say("{figure}，是期末前 {days} 天的预计数。", figure=_figure(c, e), days=days),
        say("已采纳；期末后请报初步数，预计数不作定论。"),
    )


def _outside_calendar(c: Candidate, e: Evidence) -> Words:
    month = c.period_end.month
    return (
        say("{figure}，但报数日历中该指标在 {month} 月不报数。", figure=_figure(c, e), month=month),
        say("请核对期间；若确实在该月报数，请在 calendar.csv 补上月份。{release}", release=RELEASE),
    )


def _outside_calendar_then(c: Candidate, e: Evidence) -> Words:
    month = c.period_end.month
    return (
        say("{figure}，报数日历中该指标在 {month} 月不报数。", figure=_figure(c, e), month=month),
        say("已采纳：日历只说现在的报数月份，早年可能不同。请核对期间。"),
    )


def _unit_slip(c: Candidate, e: Evidence) -> Words:
    distance = e["slip_distance"]
    return (
        _slip_from_past(c, e) if distance is not None and float(str(distance)) < 0.4 else _slip_from_aim(c, e)
    )


def _slip_from_past(c: Candidate, e: Evidence) -> Words:
    slip = float(str(e["slip_power"]))
    power = min(_TIMES, key=lambda k: abs(abs(slip) - k))
    times = _TIMES[power] if slip > 0 else _PARTS[power]
    fact = say(
        "{figure}，约为{like}的 {times}，疑似单位写错。", figure=_figure(c, e), like=_like(c, e), times=times
    )
    signed = power if slip > 0 else -power
    unit, right = (
        fitting_unit(c.value, c.unit, c.printed, signed),
        notate(c.value.scaleb(-signed), c.unit),
    )
    if not unit:
        return fact, _about(right)
    return fact, say(
        "按“{unit}”理解则为 {right}，与以往相当，请核对单位后重报。{release}",
        unit=unit,
        right=right,
        release=RELEASE,
    )


def _slip_from_aim(c: Candidate, e: Evidence) -> Words:
    power = int(str(e["aim_slip"]))
    unit, right = fitting_unit(c.value, c.unit, c.printed, power), notate(c.value.scaleb(-power), c.unit)
    fact = say("{aim}，疑似单位写错。", aim=_from_aim(c, e))
    if not unit:
        return fact, _about(right)
    return fact, say(
        "按“{unit}”理解则为 {right}，与目标相称，请核对单位后重报。{release}",
        unit=unit,
        right=right,
        release=RELEASE,
    )


def _about(right: Message) -> Message:
    return say("相称的数应在 {right} 左右，请核对单位后重报。{release}", right=right, release=RELEASE)


def _far_from_target(c: Candidate, e: Evidence) -> Words:
    return (
        say("{aim}，相差过于悬殊，且没有往期可比。", aim=_from_aim(c, e)),
        say("请核对数字、单位、口径与所在行。{release}", release=RELEASE),
    )


def _from_aim(c: Candidate, e: Evidence) -> Message:
    """…为 280,000亿元，是2024年目标 300亿元折算到 3 月（75亿元）的 3,733 倍."""
    aim, expected = _decimal(e, "aim_value"), _decimal(e, "aim_expected")
    times = c.value / expected
    many = number(times, 0) if abs(times) >= 10 else number(times, 6)
    whole = say("{year}年目标 {aim}", year=c.period_end.year, aim=notate(aim, c.unit))
    goal = (
        whole
        if aim == expected
        else say(
            "{aim}折算到 {month} 月（{expected}）",
            aim=whole,
            month=c.period_end.month,
            expected=notate(round(expected, 2) or expected, c.unit),
        )
    )
    return say("{figure}，是{goal}的 {many} 倍", figure=_figure(c, e), goal=goal, many=many)


def _over_capacity(c: Candidate, e: Evidence) -> Words:
    room = notate(_decimal(e, "room"), c.unit)
    return (
        say("{figure}，但总共只有 {room}。", figure=_figure(c, e), room=room),
        say("请核对数字、期间与所在行。{release}", release=RELEASE),
    )


def _another_office(c: Candidate, e: Evidence) -> Words:
    sent, booked = (
        either(f"{e[f'office_{who}_name']}（{e[f'office_{who}']}）", str(e[f"office_{who}"]))
        for who in ("sent", "booked")
    )
    return (
        say(
            "{figure}，由{sent}报送，而台账写明该指标由{booked}报送。",
            figure=_figure(c, e),
            sent=sent,
            booked=booked,
        ),
        say("已采纳。职责有调整的，请更新 indicators.csv 的 reporting_office；否则请由该单位报送。"),
    )


def _out_of_range(c: Candidate, e: Evidence) -> Words:
    low, high = (number(_decimal(e, name)) if _has(e, name) else "" for name in ("domain_low", "domain_high"))
    has_end = high and (c.measure not in ("total", "level") or c.value > 0)  # a count has one, but far off
    span = say("{low} 至 {high}", low=low, high=high) if has_end else say("不小于 {low}", low=low)
    return (
        say("{figure}，超出合理范围（{span}）。", figure=_figure(c, e), span=span),
        say("请核对数字、口径与单位后重报。{release}", release=RELEASE),
    )


def _not_whole(c: Candidate, e: Evidence) -> Words:
    return (
        say("{figure}，应为整数。", figure=_figure(c, e)),
        say("请核对数字与单位（例如把“万{unit}”写成了“{unit}”）。{release}", unit=c.unit, release=RELEASE),
    )


def _jump(c: Candidate, e: Evidence) -> Words:
    figure = _figure(c, e)
    if c.measure == "growth":
        return (
            say("{figure}，{apart}，远超该序列以往的波动。", figure=figure, apart=_points_apart(c, e)),
            say("请核对小数点与口径（指数减 100 才是增速）。{release}", release=RELEASE),
        )
    if not c.value:
        return (
            say("{figure}，而{like}。", figure=figure, like=_like(c, e)),
            say("缺数请留空，不要填 0。{release}", release=RELEASE),
        )
    return (
        say("{figure}，{apart}，远超该序列以往的波动。", figure=figure, apart=_times_apart(c, e)),
        say("请核对小数点、位数与所在行。{release}", release=RELEASE),
    )


def _notable_change(c: Candidate, e: Evidence) -> Words:
    apart = _points_apart(c, e) if c.measure == "growth" else _times_apart(c, e)
    return say("{figure}，{apart}。", figure=_figure(c, e), apart=apart), say("已采纳，请留意是否确有其事。")


def _points_apart(c: Candidate, e: Evidence) -> Message:
    apart = number(c.value - _decimal(e, "like_value"), 1)
    return say("与{like}相差 {apart} 个百分点", like=_like(c, e), apart=apart)


def _times_apart(c: Candidate, e: Evidence) -> Message:
    like = _decimal(e, "like_value")
    if not like or not c.value:
        return say("对照{like}", like=_like(c, e))
    return say("是{like}的 {times} 倍", like=_like(c, e), times=number(c.value / like, 2))


def _falls(c: Candidate, e: Evidence) -> Message:
    is_fall = _has(e, "fall") and float(str(e["fall"])) > 0
    name = "previous" if is_fall else "next"
    period = named_period(date.fromisoformat(str(e[f"{name}_end"])), c.basis)
    figure, value = _figure(c, e), _value(c, e, f"{name}_value")
    if is_fall:
        return say("{figure}，小于{period}累计的 {value}", figure=figure, period=period, value=value)
    return say("{figure}，大于其后{period}累计的 {value}", figure=figure, period=period, value=value)


def _cumulative_falls(c: Candidate, e: Evidence) -> Words:
    return (
        say("{falls}，年内累计数下降超过一成。", falls=_falls(c, e)),
        say("请核对是否把当月数填入了累计栏。{release}", release=RELEASE),
    )


def _cumulative_dips(c: Candidate, e: Evidence) -> Words:
    return (
        say("{falls}，年内累计数下降。", falls=_falls(c, e)),
        say("已采纳：核减、退库可使累计数下降。请说明原因。"),
    )


def _sum(c: Candidate, e: Evidence) -> Message:
    return say(
        "{figure}；累计 {whole}，而上期累计 {before} 加本期 {part} 得 {total}",
        figure=_figure(c, e),
        whole=_value(c, e, "sum_whole"),
        before=_value(c, e, "sum_before"),
        part=_value(c, e, "sum_part"),
        total=notate(_decimal(e, "sum_before") + _decimal(e, "sum_part"), c.unit),
    )


def _sum_of_months(c: Candidate, e: Evidence) -> Words:
    return (
        say("{sum}，相差超过一成。", sum=_sum(c, e)),
        say("请核对当月数、累计数是否填错栏。{release}", release=RELEASE),
    )


def _sum_of_months_off(c: Candidate, e: Evidence) -> Words:
    return say("{sum}，不相等。", sum=_sum(c, e)), say("已采纳：此前各月修订后累计数可与各月之和不等。")


def _growth_against_levels(c: Candidate, e: Evidence) -> Words:
    fact = say(
        "{figure}；公布增速 {published}%，按绝对量计算为 {implied}%。",
        figure=_figure(c, e),
        published=number(_decimal(e, "published_growth")),
        implied=number(_decimal(e, "implied_growth"), 1),
    )
    return fact, say("已采纳：增速按可比口径或可比价格计算，普查修订也会改变基数，两者可以都对。")


def _same_key_repeated(c: Candidate, e: Evidence) -> Words:
    return (
        say("{figure}，在同一文件中重复出现，数值相同。", figure=_figure(c, e)),
        say("只采纳一次，无需处理。"),
    )


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
