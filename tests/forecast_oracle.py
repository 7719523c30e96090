"""The forecast once more, slowly and in plain Python, written from docs/forecast.md and not from the SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import exp, log
from statistics import mean, median

from tests.forecast_series import Series

# slope, gain towards November, fade of a rise; quickening and its fade; base effect
WEIGHTS = {
    "remainder": (0.70, 0.35, 0.10, 0.45, 0.35, 0.50),
    "growth": (0.55, 0.25, 0, 0.60, 0.35, 0.10),
}
BOOK_SPREAD = {"flow": 1.1, "growth": 1.8}
FAMILY = {"flow_total": "flow"}


@dataclass(frozen=True)
class Forecast:
    """What is expected, and what its spread rests on."""

    family: str
    method: str
    n_years: int
    forecast: float
    usual_error: float
    unit: float
    leeway: float

    @property
    def is_relative(self) -> bool:
        return self.method in ("remainder", "share")

    def error(self, actual: float) -> float | None:
        """The miss as a multiple of the usual error; none where it cannot be said."""
        if self.is_relative:
            return log(actual / self.forecast) / self.usual_error if actual > 0 else None
        return (actual - self.forecast) / self.unit / self.usual_error if self.unit else None


class Oracle:
    """All series of one test, as the SQL gets them."""

    def __init__(self, series: Sequence[Series]) -> None:
        self.series = {one.series_id: one for one in series}

    @cached_property
    def years(self) -> dict[str, list[int]]:
        return {name: sorted({year for year, _ in one.values}) for name, one in self.series.items()}

    def past_years(self, name: str, year: int, month: int) -> list[int]:
        """Earlier years known at the month and at the year-end, typical, newest first."""
        one = self.series[name]
        known = (
            y for y in self.years[name] if {(y, month), (y, 12)} <= set(one.values) and y not in one.atypical
        )
        return sorted((y for y in known if y < year), reverse=True)

    def expected(self, name: str, year: int, month: int) -> Forecast | None:
        one = self.series[name]
        past = self.past_years(name, year, month)
        if not past or (year, month) not in one.values:
            return None
        pairs = [(one.values[y, month], one.values[y, 12]) for y in past[:4]]
        family = FAMILY.get(one.kind, one.kind)
        is_positive = all(a > 0 and t > 0 for a, t in pairs)
        method = self._method(family, is_positive, pairs)
        family = "signed" if method == "difference" else family
        share = median(a / t for a, t in pairs) if is_positive else 0.0
        return Forecast(
            family,
            method,
            len(past),
            self._year_end(method, name, year, month, pairs, past[0]),
            usual_error(family, month, share) * self._restlessness(family, name, year, month, past),
            mean(abs(t) for _, t in pairs) if method == "difference" else 1.0,
            leeway(method, one.values[year, month], pairs[0][0]) * max(1 - share, 0.005),
        )

    def _method(self, family: str, is_positive: bool, pairs: Sequence[tuple[float, float]]) -> str:
        if family in ("growth", "ratio"):
            return family
        if family == "flow" and is_positive and pairs[0][1] > pairs[0][0]:
            return "remainder"
        return "share" if is_positive else "difference"

    def _year_end(
        self,
        method: str,
        name: str,
        year: int,
        month: int,
        pairs: Sequence[tuple[float, float]],
        last_year: int,
    ) -> float:
        actual = self.series[name].values[year, month]
        if month == 12 or method == "ratio":
            return actual
        if method == "difference":
            return actual + mean(t - a for a, t in pairs)
        if method == "share":
            return max(actual / median(a / t for a, t in pairs), pairs[0][1] / 1000)
        if method == "growth":
            return (month * actual + (12 - month) * self._rest_rate(name, year, month, pairs, last_year)) / 12
        rest = pairs[0][1] - pairs[0][0]
        return max(actual + rest * exp(self._pace(name, year, month, pairs, last_year)), pairs[0][1] / 1000)

    def _pace(
        self, name: str, year: int, month: int, pairs: Sequence[tuple[float, float]], last_year: int
    ) -> float:
        value = self.series[name].values
        so_far = bounded(value[year, month], pairs[0][0])
        assert so_far is not None

        def growth_since(start: int | None) -> float | None:
            if start is None:
                return None
            now, then = (
                value[year, month] - value[year, start],
                value[last_year, month] - value[last_year, start],
            )
            return bounded(now, then)

        three = growth_since(self._since(name, year, month, last_year))
        both = {(year, month - 1), (last_year, month - 1)} <= set(value)
        latest = growth_since(month - 1 if both else None)
        rests = [log((t - a) / a) for a, t in pairs if t > a]
        return weighed("remainder", month, so_far, three, latest, rests[0] - median(rests))

    def _rest_rate(
        self, name: str, year: int, month: int, pairs: Sequence[tuple[float, float]], last_year: int
    ) -> float:
        value = self.series[name].values
        now = value[year, month]

        def rate_since(start: int | None) -> float | None:
            return None if start is None else (month * now - start * value[year, start]) / (month - start)

        three = rate_since(self._since(name, year, month, last_year))
        both = {(year, month - 1), (last_year, month - 1)} <= set(value)
        latest = rate_since(month - 1 if both else None)
        beginning, end = pairs[0]
        base = (12 * end - month * beginning) / (12 - month) - beginning
        slope, gain, *_ = WEIGHTS["growth"]
        usual = (1 - slope - gain * max(month - 3, 0) / 8) * mean(t for _, t in pairs)
        return weighed("growth", month, now, three, latest, base) + usual

    def _since(self, name: str, year: int, month: int, last_year: int) -> int | None:
        value = self.series[name].values
        starts = (month - 3, month - 2, month - 1)
        return next((k for k in starts if k > 0 and {(year, k), (last_year, k)} <= set(value)), None)

    def _restlessness(self, family: str, name: str, year: int, month: int, past: Sequence[int]) -> float:
        """How much more a year errs whose months, and those of the years before, stray from their growth."""
        if family != "flow":
            return 1.0
        usual = self._unrest(name, [y for y in past if y >= year - 4])
        own = self._strayed(name, year, self._shared(name, year, month, past[0]), past[0])
        unrest = 0.08 if usual is None else usual if own is None else (usual + own) / 2
        return ((unrest + 0.02) / 0.1) ** 0.7

    def _shared(self, name: str, year: int, month: int, last_year: int) -> list[int]:
        """Months before this one that both years report."""
        value = self.series[name].values
        return [k for k in range(1, month) if {(year, k), (last_year, k)} <= set(value)]

    def _strayed(self, name: str, year: int, shared: Sequence[int], last_year: int) -> float | None:
        value = self.series[name].values
        if len(shared) < 2:
            return None
        grown = bounded(value[year, shared[-1]], value[last_year, shared[-1]])
        if grown is None:
            return None
        steps = [
            (value[year, b] - value[year, a], value[last_year, b] - value[last_year, a])
            for a, b in pairwise(shared)
        ]
        rates = [rate for now, then in steps if (rate := bounded(now, then)) is not None]
        return mean(abs(rate - grown) for rate in rates) if rates else None

    def _unrest(self, name: str, years: Sequence[int]) -> float | None:
        if self.series[name].kind != "flow_total":
            return None
        known = [unrest for year in years if (unrest := self._unrest_of(name, year)) is not None]
        return mean(known) if known else None

    def _unrest_of(self, name: str, year: int) -> float | None:
        value = self.series[name].values
        if not {(year, 12), (year - 1, 12)} <= set(value):
            return None
        rates = []
        for month in range(4, 13):
            if {(y, m) for y in (year, year - 1) for m in (month, month - 1)} <= set(value):
                now, then = (value[y, month] - value[y, month - 1] for y in (year, year - 1))
                rates.append(bounded(now, then))
        known = [rate for rate in rates if rate is not None]
        return mean(abs(rate - mean(known)) for rate in known) if len(known) >= 3 else None

    def misses(self, year: int, months: Sequence[int]) -> list[tuple[str, int, int, Forecast, float]]:
        """Errors of all forecasts for earlier years whose year-end is known."""
        found = []
        for name, one in self.series.items():
            for past in (y for y in self.years[name] if y < year and y not in one.atypical):
                for month in months:
                    expected = self.expected(name, past, month)
                    if expected is None or (past, 12) not in one.values:
                        continue
                    error = expected.error(one.values[past, 12])
                    if error is not None:
                        found.append((name, past, month, expected, error))
        return found

    def scale(self, name: str, year: int, expected: Forecast) -> float:
        by_year: dict[int, list[float]] = {}
        for other, past, _, forecast, error in self.misses(year, (6, 9)):
            if other == name and forecast.family == expected.family:
                by_year.setdefault(past, []).append(abs(error) / few(forecast))
        weights = {past: 0.6 ** (year - 1 - past) for past in by_year}
        n = sum(weights.values())
        own = sum(weights[past] * mean(sizes) for past, sizes in by_year.items()) / n if n else 1.0
        return max(own, 0.5) ** (n / (n + 2)) * few(expected)

    def spread(self, name: str, year: int, month: int) -> float:
        """How far errors of earlier years reach from the forecast to either side."""
        expected = self.expected(name, year, month)
        assert expected is not None
        pool = [
            abs(error) / self.scale(other, past, forecast)
            for other, past, _, forecast, error in self.misses(year, (month,))
            if forecast.family == expected.family and forecast.n_years > 1
        ]
        book = BOOK_SPREAD.get(expected.family, 1.3)
        within = (len(pool) * percentile(pool, 0.8) + 100 * book) / (len(pool) + 100)
        return expected.unit * expected.usual_error * self.scale(name, year, expected) * within


def weighed(
    method: str, month: int, so_far: float, three: float | None, latest: float | None, base: float
) -> float:
    slope, gain, slope_fade, recent, recent_fade, base_weight = WEIGHTS[method]
    three = so_far if three is None else three
    latest = three if latest is None else latest
    quickening = (three + latest) / 2 - so_far
    return (
        (slope + gain * max(month - 3, 0) / 8) * so_far
        - slope_fade * max(so_far, 0)
        + recent * quickening
        - recent_fade * max(quickening, 0)
        - base_weight * base
    )


def bounded(now: float, then: float) -> float | None:
    if then <= 0:
        return None
    return max(-1.0, min(1.0, log(now / then))) if now > 0 else -1.0


def leeway(method: str, now: float, then: float) -> float:
    """How far the whole year may go either way after such a beginning."""
    grown = bounded(now, then) if method in ("remainder", "share") else 0
    assert grown is not None
    return 0.6 * max(abs(grown) - 0.1, 0)


def usual_error(family: str, month: int, share: float) -> float:
    towards = max(month - 3, 0) / 8
    if family in ("flow", "level"):
        return 0.0627 * exp(-0.38 * towards) * max(1 - share, 0.005) ** 0.66
    if family == "signed":
        return 0.2 * exp(-1.5 * towards)
    return (3.0 if family == "growth" else 2.0) * exp(-2 * towards)


def few(forecast: Forecast) -> float:
    return 1.3 if forecast.n_years < 4 else 1.0


def percentile(values: Sequence[float], part: float) -> float:
    if not values:
        return 0.0
    ordered = sorted(values)
    place = part * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])
