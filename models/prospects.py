"""What the rest of the year must bring, and whether it will, in words and figures from the stored row alone."""

from __future__ import annotations

from decimal import ROUND_CEILING

from models.assessment import Outlook
from models.notation import RATES, chance, growth, number
from models.phrase import Row, bare, measured, operand, pick, unit_of


def prospects(row: Row, lang: str) -> str:
    """Required, how demanding that is, forecast and outlook; nothing once the final figure has spoken."""
    steps = (required(row, lang), required_growth(row, lang), demanding(row, lang), forecast(row, lang))
    return ("" if lang == "zh" else " ").join(text for text in steps if text)


def required(row: Row, lang: str) -> str:
    """The amount that is left, and by reporting period."""
    if not row["required"]:
        return ""
    sum_ = f"{bare(row.get('limit_value'), lang)} − {operand(row['actual'], lang)} = {measured(row, row['required'], lang)}"
    periods = row.get("periods_after")
    if not periods or periods == 1:
        return pick(lang, f"后期需完成：{sum_}。", f"Still required: {sum_}.")
    each = row["required_per_period"]
    each = measured(row, each.to_integral_value(ROUND_CEILING) if row.get("whole_number") else each, lang, 2)
    return pick(
        lang,
        f"后期需完成：{sum_}，余下 {periods} 个报送期平均每期{each}。",
        f"Still required: {sum_}, {each} in each of {periods} periods.",
    )


def demanding(row: Row, lang: str) -> str:
    """How often the same months of earlier years brought as much, and whether days enough are left."""
    if not row["required"]:
        return ""
    parts = []
    years, of = row.get("demanding_years"), row.get("demanding_of")
    if of:
        parts.append(_demand(years or 0, of, lang))
    days = row.get("capacity_left")
    if days is not None and row["required"] > days:
        parts.append(
            pick(lang, f"余下只有 {days} 天，已不可能", f"only {days} days are left: it can no longer be had")
        )
    joined = pick(lang, "；", "; ").join(parts)
    return f"{joined[:1].upper()}{joined[1:]}{pick(lang, '。', '.')}" if joined else ""


def _demand(years: int, of: int, lang: str) -> str:
    """Never, usually (in every year) or in some of the earlier years that compare."""
    if of == 1:
        zh, en = ("没有", "did not bring") if years == 0 else ("曾", "brought")
        return pick(
            lang,
            f"可比的往年只有 1 个，其余下月份{zh}完成过这么多",
            f"the rest of the one earlier year that compares {en} as much",
        )
    if years == 0:
        return pick(
            lang,
            f"可比的 {of} 个往年，余下月份从未完成过这么多",
            f"the rest of {of} earlier years never brought as much",
        )
    if years == of:
        return pick(
            lang,
            f"可比的 {of} 个往年，余下月份每年都完成过这么多",
            f"the rest of the year brought as much in each of {of} earlier years",
        )
    return pick(
        lang,
        f"可比的 {of} 个往年中，有 {years} 年的余下月份完成过这么多",
        f"the rest of the year brought as much in {years} of {of} earlier years",
    )


def required_growth(row: Row, lang: str) -> str:
    """The growth that the rest of the year needs, with the arithmetic and what rounding allows."""
    basis = row.get("required_basis")
    if basis is None:
        return ""
    rate = row["required_growth"]
    if rate is None and row["kind"] != "growth":
        return ""  # without last year's rest the amount alone is said
    if rate is None:
        return pick(
            lang,
            "后期需增长多少无从推算：没有可用的上年占比（总量与增速对不上或缺报，台账也没有可用的替代指标）。",
            "The growth that the rest needs is unknown: no shares of last year that fit (neither totals that reproduce the growth nor a proxy).",
        )
    if row["kind"] != "growth":
        return pick(lang, f"这相当于余下时间{growth(rate)}。", f"That is {growth(rate, lang)}.")
    part = bare(row.get("required_share"), lang)
    sum_ = f"({bare(row.get('limit_value'), lang)} − {part} × {operand(row['actual'], lang)}) ÷ (1 − {part})"
    low, high = (f"{number(row.get(name), 1)}%" for name in ("required_growth_low", "required_growth_high"))
    return pick(
        lang,
        f"余下时间需{growth(rate)}：{sum_} = {number(rate, 1)}%（{_exactness(row, lang)}；计入四舍五入为 {low} 至 {high}）。",
        f"The rest of the year needs {sum_} = {number(rate, 1)}% ({_exactness(row, lang)}; rounding allows {low} to {high}).",
    )


def _exactness(row: Row, lang: str) -> str:
    if row.get("required_basis") == "approximate":
        proxy = row.get("required_proxy_name") or row.get("required_proxy")
        return pick(lang, f"按{proxy}上年的占比近似推算", f"approximate, by last year's shares of {proxy}")
    return pick(lang, "按本指标上年的占比推算", "exact, by its own shares of last year")


def forecast(row: Row, lang: str) -> str:
    """The outlook in a word, the expected final figure with its interval, the probability."""
    word = Outlook(row["outlook"]).word(lang)
    if row["status"] in ("achieved", "missed", "no_target", "no_plan"):
        return ""
    if row["probability"] is not None and row["forecast"] is None:
        return pick(lang, f"预期：{word}。", f"Outlook: {word}.")
    if row["forecast"] is None:
        reason = _no_forecast(row, lang)
        return pick(lang, f"预期：{word}（{reason}）。", f"Outlook: {word} ({reason}).") if reason else ""
    places = 1 if row["measure"] == "growth" else 2
    value = _expected(row, lang, places)
    low, high = _interval(row, lang, places)
    likely, years = chance(row["probability"]), row.get("forecast_years")
    return pick(
        lang,
        f"预期：{word}。预计全年{value}（80% 的把握在 {low} 至 {high} 之间，依据 {years} 个往年），达标概率 {likely}。",
        f"Outlook: {word}. Forecast for the year {value} (80 % interval {low} to {high}, from {years} earlier years), probability of reaching the target {likely}.",
    )


def _interval(row: Row, lang: str, places: int) -> tuple[str, str]:
    """Both ends, the unit of an amount once: 2.4% and 6.6%, but 85.9 and 93.7万平方米."""
    low, high = (measured(row, row[name], lang, places) for name in ("forecast_low", "forecast_high"))
    return low if unit_of(row, lang) in RATES else bare(row["forecast_low"], lang, places), high


def _expected(row: Row, lang: str, places: int) -> str:
    if row["measure"] == "growth":
        return growth(row["forecast"], lang, places)
    return measured(row, row["forecast"], lang, places)


def _no_forecast(row: Row, lang: str) -> str:
    """Why there is none; a figure that is a bound, disputed or an estimate of the end says so itself."""
    for holds, zh, en in (
        (row["data_state"] == "disputed", "数据有争议，不作预测", "the figure is disputed"),
        (bool(row["actual_bound"]), "数据只是界限，不作预测", "the figure is only a bound"),
        (
            row["period_end"] is not None and row["period_end"] == row.get("final_period"),
            "以最终数据为准",
            "the final figure will tell",
        ),
    ):
        if holds:
            return pick(lang, zh, en)
    return pick(lang, *_NO_FORECAST.get(str(row.get("forecast_reason")), ("", "")))


_NO_FORECAST = {
    "lumpy": (
        "零星完成的目标，前期进度不能预示全年，不作预测",
        "it comes in lumps: what came so far says nothing of the year-end",
    ),
    "few_years": ("往年数据太少，不作预测", "too few earlier years for a forecast"),
    "no_figure": ("没有可据以预测的数", "no figure to forecast from"),
    "no_method": ("此类指标不作预测", "this kind is not forecast"),
    "not_computable": ("数据不足以计算", "the figures do not allow one"),
    "not_forecast": ("此类目标不作预测", "this kind of target is not forecast"),
}
