"""Files in the shape of the national bureau's exports and of a data vendor's sheet."""

from __future__ import annotations

from deliveries import Calendar, Delivery
from names import SIMULATED, indicator_name, printed, region_name
from story import Figure
from tables import Rows, csv_bytes, xlsx_bytes

WORDS = {"total": "累计值", "growth": "累计增长", "level": "期末值", "ratio": ""}
QUARTER = {3: "第一季度", 6: "第二季度", 9: "第三季度", 12: "第四季度"}
FOOTNOTES = {
    "industrial_value_added": "规模以上工业增加值增长速度按可比价格计算；1月份数据不单独公布。",
    "fixed_asset_investment": "固定资产投资只公布累计增速，增速按可比口径计算。",
    "foreign_trade": "进出口总额按人民币计价。",
    "gdp": "地区生产总值按当年价格计算，增长速度按不变价格计算。",
}
FREQUENCIES = {2: "月", 3: "季", 12: "年"}  # by the first month reported

Series = tuple[str, str]  # indicator, measure


def write_nbs_columns(delivery: Delivery) -> bytes:
    """Indicators in rows, periods in columns, newest first, two lines before and footnotes after."""
    table, periods = _by_series(delivery)
    rows: list[list[str]] = [["指标", *(_period(delivery, p) for p in periods)]]
    for series, cells in table.items():
        rows.append([_label(delivery, series, cells), *(_number(delivery, cells, p) for p in periods)])
    return csv_bytes([*_preamble(delivery), *rows, *_trailer(delivery)], delivery.encoding)


def write_nbs_rows(delivery: Delivery) -> bytes:
    """Periods in rows, newest first, indicators in columns."""
    table, periods = _by_series(delivery)
    rows = [["时间", *(_label(delivery, series, cells) for series, cells in table.items())]]
    rows += [
        [_period(delivery, p), *(_number(delivery, cells, p) for cells in table.values())] for p in periods
    ]
    return csv_bytes([*_preamble(delivery), *rows, *_trailer(delivery)], delivery.encoding)


def write_vendor(delivery: Delivery) -> bytes:
    """Rows 指标名称, 地区, 频度, 单位 above one row a date; a workbook with real dates."""
    table, periods = _by_series(delivery)
    any_figures = [next(iter(cells.values())) for cells in table.values()]
    head: list[list[str]] = [
        ["指标名称", *(_vendor_name(f) for f in any_figures)],
        ["地区", *(region_name(f.region) for f in any_figures)],
        ["频度", *(_frequency(periods) for _ in any_figures)],
        ["单位", *(printed(f, delivery.office)[1] for f in any_figures)],
    ]
    dated = [
        [Calendar.month_end(*p), *(cells[p].value if p in cells else "" for cells in table.values())]
        for p in reversed(periods)
    ]
    rows: Rows = [*head, *dated, [f"数据来源：{delivery.source}（{SIMULATED['zh']}）"]]
    return xlsx_bytes(rows, sheet="数据")


def _by_series(
    delivery: Delivery,
) -> tuple[dict[Series, dict[tuple[int, int], Figure]], list[tuple[int, int]]]:
    """Figures by series and period, and all periods, newest first."""
    table: dict[Series, dict[tuple[int, int], Figure]] = {}
    for figure in delivery.figures:
        table.setdefault((figure.indicator, figure.measure), {})[figure.year, figure.month] = figure
    return table, sorted({(f.year, f.month) for f in delivery.figures}, reverse=True)


def _preamble(delivery: Delivery) -> list[list[str]]:
    years = sorted({f.year for f in delivery.figures})
    frequency = "季度" if delivery.period_style == "quarter" else "月度"
    return [[f"数据库：{frequency}数据"], [f"时间：{years[0]}-{years[-1]}"]]


def _trailer(delivery: Delivery) -> list[list[str]]:
    notes = [FOOTNOTES[i] for i in dict.fromkeys(f.indicator for f in delivery.figures) if i in FOOTNOTES]
    numbered = [[f"注：{n}.{text}" if n == 1 else f"　　　{n}.{text}"] for n, text in enumerate(notes, 1)]
    return [*numbered, [f"数据来源：{delivery.source}（{SIMULATED['zh']}）"]]


def _period(delivery: Delivery, period: tuple[int, int]) -> str:
    year, month = period
    return f"{year}年{QUARTER[month]}" if delivery.period_style == "quarter" else f"{year}年{month}月"


def _label(delivery: Delivery, series: Series, cells: dict[tuple[int, int], Figure]) -> str:
    indicator, measure = series
    unit = printed(next(iter(cells.values())), delivery.office)[1]
    return f"{indicator_name(indicator)}{WORDS[measure]}({unit})"


def _number(delivery: Delivery, cells: dict[tuple[int, int], Figure], period: tuple[int, int]) -> str:
    return printed(cells[period], delivery.office)[0].replace(",", "") if period in cells else ""


def _vendor_name(figure: Figure) -> str:
    words = {"total": "累计值", "growth": "累计同比", "ratio": "累计值"}
    return f"{indicator_name(figure.indicator)}:{words[figure.measure]}"


def _frequency(periods: list[tuple[int, int]]) -> str:
    return FREQUENCIES[min(month for _, month in periods)] if len(periods) > 1 else "季"
