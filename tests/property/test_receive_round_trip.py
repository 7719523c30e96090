"""Whatever is written in a layout, an encoding and a style of periods is read back, and nothing else."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.delivery import Reading
from tests.receive_desk import CHONGQING, complaints, read_bytes
from tests.receive_writers import ENCODINGS, PERIOD_STYLES, SERIES, WRITERS, Observation, encode, months

ONE_MONTH = {"bureau_monthly", "bureau_page"}
IN_BUREAU = [s for s in SERIES if s.indicator == "retail"]


@st.composite
def observations(draw: st.DrawFn, layout: str) -> list[Observation]:
    ends = months(draw(st.integers(0, 30)), 1 if layout in ONE_MONTH else draw(st.integers(2, 6)))
    pool = IN_BUREAU if layout in ONE_MONTH else SERIES
    chosen = draw(st.lists(st.sampled_from(pool), min_size=1, max_size=5, unique=True))
    value = st.decimals(1, 900_000, places=draw(st.integers(1, 3)), allow_nan=False)
    made = [
        Observation(s.indicator, s.measure, s.basis, end, draw(value))
        for s in chosen
        for end in ends
        if draw(st.booleans()) or end in (ends[0], ends[-1])
    ]
    return [o for o in made if not (layout in ONE_MONTH and o.end.month == 1)]


def read_back(reading: Reading) -> set[tuple[str, Observation]]:
    return {
        (c.region, Observation(c.indicator, c.measure, c.basis, c.period_end, c.value))
        for c in reading.candidates
    }


@settings(
    max_examples=150,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    data=st.data(),
    layout=st.sampled_from(sorted(WRITERS)),
    encoding=st.sampled_from(ENCODINGS),
    style=st.sampled_from(sorted(PERIOD_STYLES)),
    delimiter=st.sampled_from(",\t;"),
)
def test_what_is_written_is_read_back(
    tmp_path: Path, data: st.DataObject, layout: str, encoding: str, style: str, delimiter: str
) -> None:
    if layout == "bureau_page":
        delimiter = ","
    written = data.draw(observations(layout))
    if not written:
        return
    reading = read_bytes(tmp_path, encode(WRITERS[layout](written, style), encoding, delimiter))
    region = "100000" if layout == "vendor" else CHONGQING  # a vendor's 中国: names the country
    expected = {(region, o) for o in written}
    if style == "dotted" and encoding in ("xlsx", "xls"):  # stored as a number, 2024.10 has lost its zero
        assert read_back(reading) <= expected
        assert set(complaints(reading)) <= {f"ambiguous_period {p.row}{p.column}" for p in reading.problems}
        return
    assert complaints(reading) == []
    assert reading.layout == layout
    assert read_back(reading) == expected
    assert reading.cells_read == len(written)


@settings(
    max_examples=60,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    value=st.decimals(-10_000, 10_000_000, places=4),
    style=st.sampled_from(["{:,f}", "{:f}①", " {:f} ", "{:f}"]),
)
def test_a_figure_reads_the_same_however_it_is_printed(tmp_path: Path, value: Decimal, style: str) -> None:
    rows = [["指标", "时期", "数值", "单位"], ["出口总值", "2024-03", style.format(value), "亿美元"]]
    (candidate,) = read_bytes(tmp_path, encode(rows, "utf-8")).candidates
    assert candidate.value == value
