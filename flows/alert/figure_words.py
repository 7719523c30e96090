"""The figures of a target as a mail words them: actual, gap, what is still required, the outlook."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from flows.alert.desk import OUTLOOKS, Desk
from flows.alert.facts import Standing
from flows.alert.letter import plain
from models import notation
from models.stage_words import stage_text
from models.words import unit_word
from models.words_alert import say

_PERIODS = ("month", "quarter")


def figure_text(desk: Desk, standing: Standing, *, in_words: bool = False) -> str:
    """The actual: a growth `in_words` for a sentence (同比下降2.1%), as a rate for a table (−2.1%)."""
    if standing.kind == "stage":
        return _stages(desk, standing)
    if in_words and standing.measure == "growth" and not standing.actual_bound:
        return notation.growth(standing.actual, desk.language)
    unit = figure_unit(standing, desk.language)
    text = _amount(desk, standing.actual, unit, 2, bound=standing.actual_bound)
    key = "mail.done" if standing.kind == "total" else "mail.stands_at"
    return desk.say(key, value=text) if in_words else text


def _stages(desk: Desk, standing: Standing) -> str:
    """One stage in the words of its promise; of several, how many are there."""
    if standing.status != "achieved" and standing.actual and standing.actual > 1:
        return desk.say("mail.stages_reached", n=notation.number(standing.actual))
    return stage_text(standing.printed, is_reached=bool(standing.actual), lang=desk.language)


def _amount(
    desk: Desk, value: Decimal | None, unit: str, places: int | None, bound: str | None = None
) -> str:
    return notation.amount(value, unit, places, lang=desk.language, bound=bound)


def figure_unit(standing: Standing, language: str) -> str:
    """The unit as it follows the actual: growth is always in %; English sets words apart with a space."""
    unit = "%" if standing.measure == "growth" else unit_word(standing.unit, language)
    return unit if language == "zh" or unit in ("%", "‰") else f" {unit}"


def printed_text(desk: Desk, standing: Standing) -> str:
    """The target as printed, and in the unit of the figures where the report prints another or Chinese one."""
    printed = plain(standing.printed)
    if standing.comparator == "<=" and standing.kind in ("ratio", "total", "level", "growth"):
        return desk.say("mail.at_most", value=printed)
    if standing.kind not in ("total", "level") or standing.target_value is None:
        return printed
    stated = notation.amount(standing.target_value, standing.unit)
    is_clear = printed.isascii() if desk.language == "en" else stated in printed.replace(" ", "")
    if standing.value_high is not None or is_clear:
        return printed
    value = _amount(desk, standing.target_value, figure_unit(standing, desk.language), None)
    return desk.say("mail.printed_as", printed=printed, value=value)


def expected_text(desk: Desk, standing: Standing) -> str:
    """What was expected by now, which the gap is counted from; empty where that is the target itself."""
    if standing.expected is None or standing.kind not in ("total", "level"):
        return ""
    if is_settled(standing) and standing.period_end == standing.final_period:
        return ""
    return _amount(desk, standing.expected, figure_unit(standing, desk.language), 2)


def is_settled(standing: Standing) -> bool:
    return standing.status in ("achieved", "missed")


def reference_text(desk: Desk, standing: Standing) -> str:
    """The figure that a target in step with another is held against, by name."""
    reference = desk.facts.standings.get(standing.reference_target or "")
    if standing.kind != "relative" or standing.reference_value is None:
        return ""
    name = desk.indicator_name(reference) if reference else desk.say("mail.reference")
    growth = notation.growth(standing.reference_value, desk.language)
    return desk.say("mail.reference_value", name=name, growth=growth)


def gap_text(standing: Standing, language: str) -> str:
    """The gap in points for rates, in the unit and points for quantities."""
    points = notation.points(standing.gap_points, language)
    if standing.kind in ("growth", "ratio", "relative") or standing.gap is None:
        return points
    if standing.kind == "stage":
        return f"{notation.signed(standing.gap, 0)}{say('mail.days', language)}"
    gap = notation.signed(standing.gap, 2)
    gap = f"{gap.replace(',', '') if language == 'zh' else gap}{figure_unit(standing, language)}"
    if standing.gap_points is None or standing.kind == "rank":
        return gap
    return f"{gap} ({points})" if language == "en" else f"{gap}（{points}）"


def severity_text(desk: Desk, standing: Standing) -> str:
    """How large the shortfall is beside the red threshold of its kind; empty without one that counts."""
    if standing.severity <= 0 or standing.is_between_dates:
        return ""
    return desk.say("mail.severity_value", n=notation.number(standing.severity, 1))


def required_text(desk: Desk, standing: Standing) -> str:
    """What the rest of the year must bring: the amount, by period, and the growth that this means."""
    parts, unit = [], figure_unit(standing, desk.language)
    if standing.required is not None and standing.required > 0 and standing.kind in ("total", "level"):
        parts.append(_amount(desk, standing.required, unit, 2))
        each = standing.required_per_period
        if each is not None and each != standing.required:
            period = standing.frequency if standing.frequency in _PERIODS else "period"
            value = _amount(desk, _whole(standing, each), unit, 2)
            parts.append(desk.say(f"mail.required_each_{period}", value=value))
    if standing.required_growth is not None and not is_settled(standing):
        parts.append(notation.growth(standing.required_growth, desk.language) + _range(desk, standing))
    return desk.say("mail.comma").join(parts)


def _range(desk: Desk, standing: Standing) -> str:
    """The range that the rounding of the printed rates leaves open."""
    row = desk.facts.judged.get(standing.target_id, {})
    low, high = row.get("required_growth_low"), row.get("required_growth_high")
    if standing.measure != "growth" or low is None or high is None or low == high:
        return ""
    ends = {"low": f"{notation.number(low, 1)}%", "high": f"{notation.number(high, 1)}%"}
    return desk.say("mail.required_range", **ends)


def _whole(standing: Standing, value: Decimal | None) -> Decimal | None:
    """Counts of people, households and firms are shown whole."""
    is_count = standing.is_whole_number and standing.measure != "growth"
    return value.quantize(Decimal(1), ROUND_HALF_UP) if value is not None and is_count else value


def outlook_text(desk: Desk, standing: Standing) -> str:
    parts = [OUTLOOKS[standing.outlook].word(desk.language)]
    if standing.forecast is not None:
        unit = figure_unit(standing, desk.language)
        places = 1 if standing.measure == "growth" or abs(standing.forecast) >= 10 else 2
        low, value, high = (
            _amount(desk, _whole(standing, v), "", places)
            for v in (standing.forecast_low, standing.forecast, standing.forecast_high)
        )
        both = "%" if unit == "%" else ""  # 2.4%～6.6%, but 85.9～93.7万平方米
        parts.append(desk.say("mail.forecast", value=value + unit, low=low + both, high=high + unit))
    if standing.probability is not None:
        parts.append(desk.say("mail.probability", value=notation.chance(standing.probability)))
    return desk.say("mail.comma").join(parts)


def previous_text(desk: Desk, standing: Standing) -> str:
    """The figure before, with its status; empty where there is none or where it is a project."""
    row = desk.facts.judged.get(standing.target_id, {})
    if row.get("period_previous") is None or row.get("actual_previous") is None or standing.kind == "stage":
        return ""
    if desk.hides_period(standing, row["period_previous"]):
        return ""
    unit = figure_unit(standing, desk.language)
    return desk.say(
        "mail.previous_value",
        stretch=notation.stretch(row["period_previous"], standing.basis, desk.language),
        value=_amount(desk, row["actual_previous"], unit, 2),
        status=desk.status_word(str(row["status_previous"])),
    )
