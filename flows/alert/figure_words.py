"""The figures of a target as a mail words them: actual, gap, what is still required, the outlook."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from flows.alert.desk import OUTLOOKS, Desk
from flows.alert.facts import Standing
from models import notation
from models.words import unit_word
from models.words_alert import say


def figure_text(desk: Desk, standing: Standing) -> str:
    if standing.kind == "stage":
        key = "mail.stages_reached" if standing.actual else "mail.no_stage_reached"
        return desk.say(key, n=notation.number(standing.actual))
    return notation.quantity(
        standing.actual, figure_unit(standing, desk.language), 2, bound=standing.actual_bound
    )


def figure_unit(standing: Standing, language: str) -> str:
    """The unit as it follows the actual: growth is always in %; English sets words apart with a space."""
    unit = "%" if standing.measure == "growth" else unit_word(standing.unit, language)
    return unit if language == "zh" or unit in ("%", "‰") else f" {unit}"


def gap_text(standing: Standing, language: str) -> str:
    """The gap in points for rates, in the unit and points for quantities."""
    points = notation.points(standing.gap_points, language)
    if standing.kind in ("growth", "ratio", "relative") or standing.gap is None:
        return points
    if standing.kind == "stage":
        return f"{notation.signed(standing.gap, 0)}{say('mail.days', language)}"
    gap = f"{notation.signed(standing.gap, 2)}{figure_unit(standing, language)}"
    if standing.gap_points is None or standing.kind == "rank":
        return gap
    return f"{gap} ({points})" if language == "en" else f"{gap}（{points}）"


def required_text(desk: Desk, standing: Standing) -> str:
    parts, unit = [], figure_unit(standing, desk.language)
    if standing.required is not None and standing.required > 0 and standing.kind in ("total", "level"):
        parts.append(desk.say("mail.required_total", value=notation.quantity(standing.required, unit, 2)))
        if standing.required_per_period is not None:
            each = notation.quantity(_whole(standing, standing.required_per_period), unit, 2)
            parts.append(desk.say("mail.required_each", value=each))
    if standing.required_growth is not None:
        growth = f"{notation.number(standing.required_growth, 1)}%"
        parts.append(desk.say("mail.required_growth", value=growth))
    return desk.say("mail.comma").join(parts)


def _whole(standing: Standing, value: Decimal | None) -> Decimal | None:
    """Counts of people, households and firms are shown whole."""
    is_count = standing.is_whole_number and standing.measure != "growth"
    return value.quantize(Decimal(1), ROUND_HALF_UP) if value is not None and is_count else value


def outlook_text(desk: Desk, standing: Standing) -> str:
    parts = [OUTLOOKS[standing.outlook].word(desk.language)]
    unit = figure_unit(standing, desk.language)
    if standing.forecast is not None:
        low, high = (
            notation.number(_whole(standing, v), 2) for v in (standing.forecast_low, standing.forecast_high)
        )
        value = notation.quantity(_whole(standing, standing.forecast), unit, 2)
        parts.append(desk.say("mail.forecast", value=value, low=low, high=high))
    if standing.probability is not None:
        parts.append(desk.say("mail.probability", value=notation.chance(standing.probability)))
    return desk.say("mail.comma").join(parts)
