"""Figures that were read soundly and yet are not believed: quarantined, so that a person can release them."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.delivery import Severity
from tests.receive_desk import complaints, figures, messages, read_text

EXPORT = "时间,出口总值(亿美元)\n2024年1月,{first}\n2024年2月,{last}"
LONG = "指标,口径,时期,数值,单位\n{}"


@pytest.mark.parametrize(("first", "last"), [("12.25", "13.5"), ("12", "13"), ("12.5", "1")])
def test_a_text_that_breaks_off_behind_a_digit_may_have_lost_some(
    tmp_path: Path, first: str, last: str
) -> None:
    reading = read_text(tmp_path, EXPORT.format(first=first, last=last))
    assert [f.split()[4] for f in figures(reading)] == ["2024-01"]
    (problem,) = reading.problems
    assert (problem.rule, problem.severity, problem.row) == ("maybe_cut_off", Severity.QUARANTINED, 3)
    assert problem.candidate is not None
    assert str(problem.candidate.value) == last
    assert messages(reading) == [
        "文件在这个数之后戛然而止，没有换行，数字可能被截断。请核对原件：若无误，可放行；若不全，请重新传送。"
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n注：完"])
def test_a_text_that_goes_on_is_whole(tmp_path: Path, end: str) -> None:
    assert complaints(read_text(tmp_path, EXPORT.format(first="12", last="13") + end)) == []


def test_as_many_decimals_as_its_neighbours_have_means_nothing_is_missing(tmp_path: Path) -> None:
    assert complaints(read_text(tmp_path, EXPORT.format(first="12.25", last="13.55"))) == []


def test_a_unit_behind_the_figure_shows_that_it_is_whole(tmp_path: Path) -> None:
    assert complaints(read_text(tmp_path, LONG.format("出口总值,total,2024-03,13,亿美元"))) == []


def rates(*values: str) -> str:
    return LONG.format("".join(f"出口总值,growth,2024-{m:02d},{v},%\n" for m, v in enumerate(values, 1)))


@pytest.mark.parametrize(
    ("values", "doubted"),
    [
        (("0.063",), ["maybe_fraction 2数值"]),
        (("6.3", "0.063"), ["maybe_fraction 3数值"]),
        (("0.06", "0.07", "-0.02"), ["maybe_fraction 2数值", "maybe_fraction 3数值", "maybe_fraction 4数值"]),
        (("0.06", "0.07"), []),  # too few to tell
        (("0.06", "0.07", "3.20"), []),
        (("0.3", "0.4", "0.5"), []),  # one decimal: as published
        (("0.06%",), []),  # the cell says so itself
        (("0.000",), []),
        (("1.063",), []),
    ],
)
def test_a_rate_that_looks_like_a_fraction_is_set_apart(
    tmp_path: Path, values: tuple[str, ...], doubted: list[str]
) -> None:
    reading = read_text(tmp_path, rates(*values))
    assert complaints(reading) == doubted
    assert len(reading.candidates) + len(doubted) == len(values) == reading.cells_read
