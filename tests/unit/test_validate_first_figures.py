"""A figure without a past is held against the calendar, the year's target and what its unit can reach."""

from __future__ import annotations

from datetime import date

import pytest
from gate_rows import OFFICES, aim, figure, judged, past, rows, said_of

Q, W = "quarantined", "warning"
YEARLY = (aim("retail 2024", "300"),)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("air ytd 2024-06|182", []),
        ("air ytd 2024-06|183", [(Q, "over_capacity")]),
        ("air ytd 2023-06|181", []),
        ("air ytd 2023-06|182", [(Q, "over_capacity")]),
        ("air ytd 2023-12|365", []),
        ("air ytd 2024-12|366", []),
        ("air ytd 2024-12|367", [(Q, "over_capacity")]),
        ("air month 2024-02|29", []),
        ("air month 2024-02|30", [(Q, "over_capacity")]),
        ("air quarter 2024-03|91", []),
        ("air quarter 2024-03|92", [(Q, "over_capacity")]),
        ("air growth ytd 2024-03|400", []),
        ("jobs ytd 2024-06|183", []),
        ("wishes ytd 2024-06|15", []),
        ("wishes ytd 2024-06|16", [(Q, "over_capacity")]),
        ("wishes growth ytd 2024-06|16", []),
    ],
)
def test_a_period_holds_no_more_days_than_it_has(cell: str, said: list[tuple[str, str]]) -> None:
    text, value = cell.split("|")
    assert said_of(figure(text, value)) == said


def test_a_day_count_known_only_from_above_may_lie_above_the_period() -> None:
    assert said_of(figure("air ytd 2024-06", "200", bound="<=")) == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("-1", [(Q, "out_of_range")]),
        ("0", []),
        ("0.5", [(Q, "not_whole")]),
        ("1", []),
        ("2", [(Q, "out_of_range")]),
        ("100", [(Q, "out_of_range")]),
    ],
)
def test_a_stage_is_done_or_not(value: str, said: list[tuple[str, str]]) -> None:
    assert said_of(figure("retail stage point 2024-06", value)) == said


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("sewage ratio point 2024-06|100", []),
        ("sewage ratio point 2024-06|100.01", [(Q, "out_of_range")]),
        ("debt ratio point 2024-06|165", []),
        ("debt ratio point 2024-06|1000", []),
        ("debt ratio point 2024-06|1000.1", [(Q, "out_of_range")]),
        ("debt ratio point 2024-06|-0.1", [(Q, "out_of_range")]),
    ],
)
def test_only_a_share_of_a_whole_ends_at_a_hundred(cell: str, said: list[tuple[str, str]]) -> None:
    text, value = cell.split("|")
    assert said_of(figure(text, value)) == said


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("retail ytd 2024-06|140", []),
        ("retail ytd 2024-06|59000", []),  # 150 by June: 393 times
        ("retail ytd 2024-06|60000", [(Q, "unit_slip")]),
        ("retail ytd 2024-06|1400000", [(Q, "unit_slip")]),
        ("retail ytd 2024-06|150000000", [(Q, "far_from_target")]),  # a million times: no unit would fit
        ("retail ytd 2024-06|14000000000", [(Q, "unit_slip")]),
        ("retail ytd 2024-06|1000000000000", [(Q, "out_of_range")]),
        ("retail ytd 2024-06|0.4", []),  # a 375th
        ("retail ytd 2024-06|0.14", [(Q, "unit_slip")]),
        ("retail ytd 2024-06|0.014", [(Q, "unit_slip")]),
        ("retail ytd 2024-06|0.000140", [(Q, "far_from_target")]),
        ("retail ytd 2024-06|0", []),
        ("retail ytd 2024-02|0.014", []),  # a year may begin with next to nothing
        ("retail ytd 2024-03|0.014", [(Q, "unit_slip")]),
        ("retail ytd 2024-02|500000", [(Q, "unit_slip")]),
        ("retail month 2024-06|0.002", []),
        ("retail month 2024-06|250000", [(Q, "unit_slip")]),
        ("retail quarter 2024-06|750000", [(Q, "unit_slip")]),
        ("retail ytd 2023-06|1400000", []),  # another year's target says nothing
        ("retail growth ytd 2024-06|900", []),
    ],
)
def test_a_first_figure_lies_within_sight_of_its_target(cell: str, said: list[tuple[str, str]]) -> None:
    text, value = cell.split("|")
    found = said_of(figure(text, value), aims=YEARLY)
    assert found == said


def test_a_small_first_figure_surprises_only_where_something_is_expected() -> None:
    little = figure("retail ytd 2024-06", "0.014")
    assert said_of(little, aims=(aim("retail 2024", "300", is_loose=True),)) == []
    assert said_of(little, aims=(aim("retail 2024", "300", is_cap=True),)) == []
    assert said_of(
        figure("retail ytd 2024-06", "1400000"), aims=(aim("retail 2024", "300", is_loose=True),)
    ) == [(Q, "unit_slip")]


def test_the_past_speaks_before_the_target() -> None:
    known = past(figure("retail ytd 2023-06", "1300000"))
    assert said_of(figure("retail ytd 2024-06", "1400000"), known=known, aims=YEARLY) == []


def test_of_several_targets_the_nearest_speaks() -> None:
    aims = (aim("retail 2024", "300"), aim("retail 2024", "3000000"))
    assert said_of(figure("retail ytd 2024-06", "1400000"), aims=aims) == []


def test_a_level_is_held_against_the_target_itself() -> None:
    aims = (aim("retail level 2024", "700"),)
    assert said_of(figure("retail level point 2024-02", "650"), aims=aims) == []
    assert said_of(figure("retail level point 2024-02", "0.065"), aims=aims) == [(Q, "unit_slip")]
    assert said_of(figure("retail level point 2024-02", "6500000"), aims=aims) == [(Q, "unit_slip")]


def test_small_counts_are_not_held_against_small_targets() -> None:
    assert said_of(figure("jobs ytd 2024-03", "19"), aims=(aim("jobs 2024", "0.01"),)) == []


@pytest.mark.parametrize(
    ("value", "said"),
    [("0.97", [(Q, "far_from_target")]), ("1.9", [(Q, "far_from_target")]), ("2", []), ("97", [])],
)
def test_a_share_of_one_in_the_place_of_a_percentage_shows(value: str, said: list[tuple[str, str]]) -> None:
    assert (
        said_of(figure("sewage ratio point 2024-06", value), aims=(aim("sewage ratio 2024", "98"),)) == said
    )


@pytest.mark.parametrize(
    ("unit", "value", "said"),
    [
        ("亿元", "1000000000", []),
        ("亿元", "1000000001", [(Q, "out_of_range")]),
        ("亿元", "10000000000000", [(Q, "out_of_range")]),
        ("万元", "10000000000000", []),
        ("万元", "10000000000001", [(Q, "out_of_range")]),
        ("元", "99999999999999", []),
        ("人", "10000000001", [(Q, "out_of_range")]),
        ("没有的单位", "99999999999999", []),
    ],
)
def test_without_past_and_target_the_unit_has_its_end(
    unit: str, value: str, said: list[tuple[str, str]]
) -> None:
    assert said_of(figure("gdp ytd 2024-06", value, unit=unit)) == said


def test_a_whole_first_file_in_the_wrong_unit_does_not_get_in() -> None:
    sent = rows(
        "d",
        date(2024, 12, 31),
        figure("retail ytd 2024-05", "1200000"),
        figure("retail ytd 2024-06", "1400000"),
    )
    assert [[p.rule for p in found] for _, found in judged(sent, aims=YEARLY).values()] == [["unit_slip"]] * 2


@pytest.mark.parametrize(
    ("office", "region", "said"),
    [
        ("statistics", "500104", []),
        ("commerce", "500104", [(W, "another_office")]),
        ("cq_statistics", "500104", []),  # the city speaks of its districts
        ("commerce", "500000", []),  # a figure of another region than its office
        ("nobody", "500104", []),  # unknown: said of the file already
        ("", "500104", []),  # a public page has no sender
    ],
)
def test_another_office_than_the_book_names_is_remarked(
    office: str, region: str, said: list[tuple[str, str]]
) -> None:
    assert said_of(figure("retail ytd 2024-06", "140", region=region), office=office) == said


def test_an_indicator_without_an_office_in_the_book_may_come_from_any() -> None:
    assert {office.office_id for office in OFFICES} >= {"commerce"}
    assert said_of(figure("gdp ytd 2024-06", "140"), office="commerce") == []
