"""What the rest of the year must bring, and whether it will, in words and figures from the stored row alone."""

from __future__ import annotations

from models.assessment import Outlook
from models.notation import chance, number, quantity
from models.phrase import Row, pick, unit_of


def prospects(row: Row, lang: str) -> str:
    """Required, how demanding that is, forecast and outlook; nothing once the final figure has spoken."""
    steps = (required(row, lang), required_growth(row, lang), demanding(row, lang), forecast(row, lang))
    return ("" if lang == "zh" else " ").join(text for text in steps if text)


def required(row: Row, lang: str) -> str:
    """The amount that is left, and by reporting period."""
    if not row["required"]:
        return ""
    left = quantity(row["required"], unit_of(row, lang))
    limit, actual, periods = number(row.get("limit_value")), number(row["actual"]), row.get("periods_after")
    each = number(row["required_per_period"], 2)
    text = f"{limit} − {actual} = {left}"
    if not periods or periods == 1:
        return pick(lang, f"后期需完成 {text}。", f"Still required: {text}.")
    return pick(
        lang,
        f"后期需完成 {text}，余下 {periods} 期每期 {each}。",
        f"Still required: {text}, {each} in each of {periods} periods.",
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
    if years == 0:
        return pick(
            lang,
            f"近 {of} 年的同期从未完成这么多",
            f"the same months of {of} earlier years never brought as much",
        )
    if years == of:
        return pick(
            lang,
            f"近 {of} 年的同期都完成过这么多",
            f"the same months of each of {of} earlier years brought as much",
        )
    return pick(
        lang,
        f"近 {of} 年中有 {years} 年的同期完成过这么多",
        f"the same months brought as much in {years} of {of} earlier years",
    )


def required_growth(row: Row, lang: str) -> str:
    """The growth that the rest of the year needs, with the arithmetic and what rounding allows."""
    basis = row.get("required_basis")
    if basis is None:
        return ""
    if row["required_growth"] is None:
        return pick(
            lang,
            "后期需同比增长多少无从推算：缺少上年同期占全年的比重。",
            "The growth that the rest needs is unknown: last year's shares are missing.",
        )
    rate = f"{number(row['required_growth'], 1)}%"
    if row["kind"] != "growth":
        return pick(
            lang, f"即比上年同期增长 {rate}。", f"That is {rate} against the same months of last year."
        )
    share, goal, now = (number(row.get(name)) for name in ("required_share", "limit_value", "actual"))
    sum_ = f"({goal} − {share} × {now}) ÷ (1 − {share}) = {rate}"
    low, high = (number(row.get(name), 1) for name in ("required_growth_low", "required_growth_high"))
    proxy = row.get("required_proxy")
    if lang == "zh":
        how = f"按代用指标 {proxy} 的占比近似" if basis == "approximate" else "按本指标上年占比精确"
        return f"后期需同比增长 {sum_}（{how}；计入四舍五入为 {low}% 至 {high}%）。"
    how = (
        f"approximate, by the shares of {proxy}"
        if basis == "approximate"
        else "exact, by its own shares of last year"
    )
    return f"The rest of the year needs growth of {sum_} ({how}; rounding allows {low} to {high} %)."


def forecast(row: Row, lang: str) -> str:
    """The expected final figure with its interval, the probability, and the outlook in a word."""
    word = Outlook(row["outlook"]).word(lang)
    if row["status"] in ("achieved", "missed", "no_target", "no_plan"):
        return ""
    if row["probability"] is not None and row["forecast"] is None:
        return pick(lang, f"预期：{word}。", f"Outlook: {word}.")
    if row["forecast"] is None:
        reason = pick(lang, *_NO_FORECAST.get(str(row.get("forecast_reason")), ("", "")))
        return pick(lang, f"预期：{word}（{reason}）。", f"Outlook: {word} ({reason}).") if reason else ""
    value = quantity(row["forecast"], unit_of(row, lang), 2)
    low, high = number(row["forecast_low"], 2), number(row["forecast_high"], 2)
    likely, years = chance(row["probability"]), row.get("forecast_years")
    return pick(
        lang,
        f"预测全年 {value}（80% 区间 {low} 至 {high}，据 {years} 个往年），达标概率 {likely}：{word}。",
        f"Forecast for the year {value} (80 % interval {low} to {high}, from {years} earlier years), probability of reaching the target {likely}: {word}.",
    )


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
