"""What changed: against the last look at the month before, so that daily runs do not hide a month's changes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from flows.report.changes import changes
from flows.report.month import Month, months
from flows.report.reading import World
from models.relations import PUBLISHED

COLUMNS = [c.name for relation in PUBLISHED if relation.name == "assessment" for c in relation.columns]
AUGUST, SEPTEMBER = date(2024, 8, 31), date(2024, 9, 30)


def seen(as_of: str, period: date, status: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    """What a run said of one target."""
    base = {"region": "500104", "region_name": "大渡口区", "year": 2024, "target_id": "t1", "indicator": "i1", "measure": "growth", "basis": "ytd",
            "section": "1", "as_of": date.fromisoformat(as_of), "period_end": period, "status": status, "outlook": "likely", "data_state": "current",
            "is_newest": True, "revision": 1}  # fmt: skip
    return dict.fromkeys(COLUMNS) | base | more


def month(*assessments: dict[str, Any], **relations: Any) -> Month:  # noqa: ANN401
    """The month of the last of these assessments."""
    now = assessments[-1]
    world = World(variance=(now,), assessment=assessments, **relations)
    return next(months(world, now["as_of"]))


def kinds(found: Month) -> list[str]:
    return [change.kind for change in changes(found)]


@pytest.mark.parametrize(
    ("before", "now", "kind"),
    [
        ("on_schedule", "behind", ["worse"]),
        ("slightly_behind", "behind", ["worse"]),
        ("behind", "slightly_behind", ["better"]),
        ("behind", "on_schedule", ["better"]),
        ("on_schedule", "achieved", ["achieved"]),
        ("behind", "missed", ["missed"]),
        ("achieved", "behind", ["worse"]),
        ("unknown", "behind", ["first"]),
        ("no_plan", "achieved", ["achieved"]),
        ("behind", "unknown", []),
        ("behind", "behind", []),
    ],
)
def test_a_change_of_status_has_its_kind(before: str, now: str, kind: list[str]) -> None:
    assert kinds(month(seen("2024-09-28", AUGUST, before), seen("2024-10-28", SEPTEMBER, now))) == kind


def test_daily_runs_do_not_hide_what_changed_in_the_month() -> None:
    found = month(
        seen("2024-09-28", AUGUST, "on_schedule"),
        seen("2024-10-26", SEPTEMBER, "behind"),
        seen("2024-10-27", SEPTEMBER, "behind"),
        seen("2024-10-28", SEPTEMBER, "behind"),
    )
    assert found.previous_as_of == date(2024, 9, 28)
    assert kinds(found) == ["worse"]
    assert found.dates == [date(2024, 9, 28), date(2024, 10, 28)]


def test_the_first_run_changes_nothing() -> None:
    found = month(seen("2024-10-28", SEPTEMBER, "behind", data_state="late"))
    assert found.previous_as_of is None
    assert kinds(found) == []


def test_an_outlook_is_told_only_where_the_status_stayed() -> None:
    before = seen("2024-09-28", AUGUST, "behind", outlook="uncertain")
    assert kinds(month(before, seen("2024-10-28", SEPTEMBER, "behind", outlook="unlikely"))) == [
        "outlook_worse"
    ]
    assert kinds(month(before, seen("2024-10-28", SEPTEMBER, "behind", outlook="likely"))) == [
        "outlook_better"
    ]
    assert kinds(month(before, seen("2024-10-28", SEPTEMBER, "on_schedule", outlook="likely"))) == ["better"]
    assert kinds(month(before, seen("2024-10-28", SEPTEMBER, "behind", outlook="unknown"))) == []


def test_late_is_told_once_and_beside_the_status() -> None:
    fresh, late = (
        seen("2024-09-28", AUGUST, "on_schedule"),
        seen("2024-10-28", AUGUST, "on_schedule", data_state="late"),
    )
    assert kinds(month(fresh, late)) == ["late"]
    assert kinds(month(fresh | {"data_state": "late"}, late)) == []


def test_a_second_look_at_one_date_counts_as_the_newest_revision() -> None:
    found = month(
        seen("2024-09-28", AUGUST, "on_schedule"),
        seen("2024-09-28", AUGUST, "behind", revision=2),
        seen("2024-10-28", SEPTEMBER, "behind"),
    )
    assert kinds(found) == []


@pytest.mark.parametrize(("received", "kind"), [(date(2024, 9, 28), []), (date(2024, 9, 29), ["restated"])])
def test_a_figure_is_restated_when_its_successor_came_since(received: date, kind: list[str]) -> None:
    version = {"region": "500104", "indicator": "i1", "measure": "growth", "basis": "ytd", "period_end": AUGUST, "received": date(2024, 9, 20),
               "delivery_id": "old", "superseded_by": "new", "difference": 1}  # fmt: skip
    delivery = {
        "delivery_id": "new",
        "region": "500104",
        "received": received,
        "file": "a.csv",
        "provenance": "official",
    }
    found = month(
        seen("2024-09-28", AUGUST, "on_schedule"),
        seen("2024-10-28", SEPTEMBER, "on_schedule"),
        observation_vintage=(version,),
        delivery=(delivery,),
    )
    assert kinds(found) == kind


def test_what_later_dates_said_does_not_exist_yet() -> None:
    now, later = seen("2024-10-28", SEPTEMBER, "behind"), seen("2024-11-28", SEPTEMBER, "achieved")
    world = World(variance=(now,), assessment=(now, later))
    found = next(months(world, date(2024, 10, 28)))
    assert [row["status"] for row in found.trail["t1"]] == ["behind"]
