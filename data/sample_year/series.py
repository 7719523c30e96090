"""From the story table to figures: what each indicator was, month by month, from 2021 to 2024.

`story.csv` gives the year totals or rates of 2021–2023 and, for 2024, the figures at the months that matter.
Months between are filled along the season (totals) or in a straight line (rates) with a little noise. All
arithmetic is Decimal, and every series has a random generator of its own, so that changing one row of the
story leaves the others as they were.
"""

from __future__ import annotations

from decimal import Decimal

from story import HISTORY, HUNDRED, YEAR, Curve, Figure, Story

# How much faster current prices rose than constant ones: what parts level and real growth of GDP.
DEFLATOR = {2022: Decimal("0.7"), 2023: Decimal("-0.4"), 2024: Decimal("0.2")}
LEVEL_UNITS = {"resident_income": "元", "park_tax_per_mu": "万元/亩"}  # all others: 亿元


def tell(story: Story) -> list[Figure]:
    """Every figure of one story, history first."""
    if story.measure == "total":
        return _told_as_total(story)
    if story.measure == "growth" and story.row["companion"] == "nominal":
        return _told_as_nominal_growth(story)
    if story.measure == "growth":
        return _told_as_rate(story)
    return _told_as_points(story)


def between(points: Curve, month: int) -> Decimal:
    """The straight line between the points on either side of `month`."""
    before = max((m for m in points if m <= month), default=min(points))
    after = min((m for m in points if m >= month), default=max(points))
    if before == after:
        return points[before]
    return points[before] + (points[after] - points[before]) * (month - before) / (after - before)


def year_curve(story: Story, total: Decimal) -> Curve:
    """A past year's cumulative figures: its season, some years earlier and some later, never falling."""
    tilt = story.jitter("0.08")
    curve: Curve = {}
    floor = Decimal(0)
    for month in story.months:
        share = story.season[month]
        moved = share + (tilt + story.jitter("0.02")) * share * (1 - share)
        floor = max(floor, story.rounded(total * moved))
        curve[month] = floor if month < 12 else story.rounded(total)
    return curve


def _told_as_total(story: Story) -> list[Figure]:
    figures = []
    for year in HISTORY:
        total = story.number(f"y{year}")
        if total is not None:
            curve = year_curve(story, total)
            figures += [story.figure("total", year, month, value) for month, value in curve.items()]
    curve = {month: story.rounded(value) for month, value in story.points().items()}
    assert tuple(curve) == story.months, f"{story.indicator}: a total needs every month of {YEAR}"
    assert list(curve.values()) == sorted(curve.values()), f"{story.indicator}: a cumulative figure falls"
    return figures + [story.figure("total", YEAR, month, value) for month, value in curve.items()]


def rates(story: Story) -> Curve:
    """The growth rates of 2024: the story's own, and between them a line with noise of 0.1."""
    points = story.points()
    return {
        month: story.rounded(
            points[month] if month in points else between(points, month) + story.jitter("0.1")
        )
        for month in story.months
    }


def _told_as_nominal_growth(story: Story) -> list[Figure]:
    """Levels and growth reproduce each other: 2024 is last year's level times the told growth."""
    levels = _nominal_history(story)
    growths = {year: _growth(story, levels[year], levels[year - 1]) for year in HISTORY}
    growths[YEAR] = rates(story)
    levels[YEAR] = {
        month: _rounded_level(story, levels[YEAR - 1][month] * (1 + rate / HUNDRED))
        for month, rate in growths[YEAR].items()
    }
    return [
        figure
        for year in (*HISTORY, YEAR)
        for month in story.months
        for figure in (
            _level(story, year, month, levels[year][month]),
            story.figure("growth", year, month, growths[year][month]),
        )
    ]


def _nominal_history(story: Story) -> dict[int, Curve]:
    """Levels of 2020–2023, from 2023 backwards through the yearly growth."""
    totals = {2023: Decimal(story.row["base_2023"])}
    for year in (2023, 2022, 2021):
        totals[year - 1] = totals[year] / (1 + _yearly(story, year) / HUNDRED)
    return {year: _level_curve(story, totals[year]) for year in sorted(totals)}


def _level_curve(story: Story, total: Decimal) -> Curve:
    """A year along its season, a little earlier or later than others: growth moves as it does in fact."""
    tilt = story.jitter("0.015")
    shares = {m: story.season[m] * (1 + tilt * (1 - story.season[m])) for m in story.months}
    return {m: _rounded_level(story, total * share) for m, share in shares.items()}


def _growth(story: Story, own: Curve, before: Curve) -> Curve:
    return {month: story.rounded((own[month] / before[month] - 1) * HUNDRED, 1) for month in own}


def _told_as_rate(story: Story) -> list[Figure]:
    """Growth stands alone, or beside a level at current prices that does not reproduce it."""
    growths = {YEAR: rates(story)}
    for year in HISTORY:
        drift = story.jitter("1.2")
        growths[year] = {
            m: story.rounded(
                _yearly(story, year) + drift * (12 - m) / 10 + (story.jitter("0.2") if m < 12 else 0), 1
            )
            for m in story.months
        }
    years = (*HISTORY, YEAR)
    figures = [story.figure("growth", year, m, growths[year][m]) for year in years for m in story.months]
    return figures + (_real_levels(story, growths) if story.row["companion"] == "real" else [])


def _real_levels(story: Story, growths: dict[int, Curve]) -> list[Figure]:
    """Levels at current prices around that of 2023: each year grows by its real growth and its prices."""
    curves = {2023: _level_curve(story, Decimal(story.row["base_2023"]))}
    for year in (2023, 2022):
        curves[year - 1] = {
            m: _rounded_level(story, level / _factor(growths, year, m)) for m, level in curves[year].items()
        }
    curves[YEAR] = {
        m: _rounded_level(story, level * _factor(growths, YEAR, m)) for m, level in curves[2023].items()
    }
    years = (*HISTORY, YEAR)
    return [_level(story, year, m, value) for year in years for m, value in curves[year].items()]


def _factor(growths: dict[int, Curve], year: int, month: int) -> Decimal:
    return 1 + (growths[year][month] + DEFLATOR[year]) / HUNDRED


def _told_as_points(story: Story) -> list[Figure]:
    """Levels and ratios: the year-ends of the past, and what 2024 says."""
    past = [(year, story.number(f"y{year}")) for year in HISTORY]
    figures = [story.figure(story.measure, y, 12, story.rounded(v)) for y, v in past if v is not None]
    return figures + [
        story.figure(story.measure, YEAR, month, story.rounded(value))
        for month, value in story.points().items()
    ]


def _yearly(story: Story, year: int) -> Decimal:
    value = story.number(f"y{year}")
    assert value is not None, f"{story.indicator}: no growth for {year}"
    return value


def _level_decimals(story: Story) -> int:
    return max(0, -int(Decimal(story.row["base_2023"]).as_tuple().exponent))


def _rounded_level(story: Story, value: Decimal) -> Decimal:
    return story.rounded(value, _level_decimals(story))


def _level(story: Story, year: int, month: int, value: Decimal) -> Figure:
    unit = LEVEL_UNITS.get(story.indicator, "亿元")
    return Figure(story.region, story.indicator, "total", story.row["basis"], year, month, value, unit)
