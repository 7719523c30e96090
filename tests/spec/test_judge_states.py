"""Whether the figure is here, how long a status has lasted, which years are still looked at, what is written."""

from __future__ import annotations

import json

import pytest

from flows.errors import ConfigurationError
from tests.builders import PARENT, World, assessments, judge_again
from tests.spec.judge_table import in_words


def growth(as_of: str, figures: str, **options: str) -> World:
    world = World(as_of=as_of)
    world.target("growth >= 8" + "".join(f" {name}={value}" for name, value in options.items()))
    world.figures("growth", figures)
    return world


@pytest.mark.parametrize(
    ("as_of", "figures", "state"),
    [
        # October is due on 25 November
        ("2024-11-25", "2024-09: 8", "current 2024-11-25 -"),
        ("2024-11-26", "2024-09: 8", "late 2024-11-25 1"),
        ("2024-11-26", "2024-10: 8", "current 2024-12-25 -"),
        # the newest figure is here although an older one is missing
        ("2024-11-26", "2024-06: 8, 2024-10: 8", "current 2024-12-25 -"),
        # nothing is due before 25 March: 1—2月 come together
        ("2024-02-28", "", "not_due 2024-03-25 -"),
        ("2024-03-25", "", "not_due 2024-03-25 -"),
        ("2024-03-26", "", "never_delivered 2024-03-25 1"),
        # the final figure is due on 31 January, an estimate does not stand for it
        ("2025-01-31", "2024-11: 8", "current 2025-01-31 -"),
        ("2025-02-01", "2024-11: 8", "late 2025-01-31 1"),
        ("2025-02-01", "2024-12: ~8", "late 2025-01-31 1"),
        # 90 days of grace after it, then the year is closed
        ("2025-05-01", "2024-11: 8", "late 2025-01-31 90"),
        ("2025-05-02", "2024-11: 8", "closed 2025-01-31 91"),
        ("2025-05-02", "", "closed 2024-03-25 403"),
        # a year whose final figures are all judged is closed at once
        ("2025-01-20", "2024-12: 8", "closed - -"),
    ],
)
def test_data_state(as_of: str, figures: str, state: str) -> None:
    assert in_words(growth(as_of, figures).judge(), ("data_state", "due_on", "days_late")) == state


@pytest.mark.parametrize(("as_of", "state"), [("2024-05-28", "current"), ("2024-08-08", "late")])
def test_a_quarterly_indicator_is_never_late_in_the_months_between(as_of: str, state: str) -> None:
    world = World(as_of=as_of)
    world.indicator("gdp", months="3|6|9|12", lag_days=38)
    world.target("growth >= 6")
    world.figures("growth", "2024-03: 6")
    assert world.judge()["data_state"] == state


@pytest.mark.parametrize(("indicator", "state"), [("gdp", "current"), ("*", "current"), ("other", "late")])
def test_a_moved_date_holds_for_its_indicator_or_for_all(indicator: str, state: str) -> None:
    world = growth("2024-11-26", "2024-09: 8")
    world._add("book_calendar_move", indicator=indicator, period_end=world.rows["book_target"][0]["final_period"].replace(month=10), due_on=world.rows["book_target"][0]["final_period"])  # fmt: skip
    assert world.judge()["data_state"] == state


def test_a_late_figure_keeps_the_status_of_the_last_one() -> None:
    row = growth("2024-12-28", "2024-09: 6").judge()
    assert (row["status"], row["data_state"], str(row["period_end"])) == ("behind", "late", "2024-09-30")


def test_status_since_counts_figures_not_months() -> None:
    row = growth("2024-11-28", "2024-02: 8, 2024-03: 7.5, 2024-05: 6, 2024-06: 6, 2024-10: 5").judge()
    assert (
        in_words(row, ("status_since", "periods_in_status", "status_previous", "period_previous"))
        == "2024-05-31 3 behind 2024-06-30"
    )


def test_a_year_stays_open_until_every_final_figure_is_judged() -> None:
    world = growth("2025-02-20", "2024-12: 8")
    world.target("total >= 10", "slow", indicator="slow")
    found = world.judge_all()
    assert [found[t, None]["data_state"] for t in ("t", "slow")] == ["current", "never_delivered"]


def test_variance_shows_the_newest_year_and_earlier_years_still_open() -> None:
    world = growth("2025-01-20", "2024-11: 8")
    world.target("growth >= 5 year=2025", "next", indicator="gdp")
    world.target("growth >= 5 year=2026", "future", indicator="gdp")
    connection = world.connection()
    judge_again(connection, "2025-01-20")
    assert {t for t, p in assessments(connection, "mart.variance")} == {"t", "next"}
    world.figures("growth", "2024-12: 8", received="2025-01-25")
    connection = world.connection()
    judge_again(connection, "2025-02-20")
    assert {t for t, p in assessments(connection, "mart.variance")} == {"next"}


def test_a_closed_year_stays_while_it_is_the_newest() -> None:
    assert growth("2027-01-20", "2024-12: 8").judge()["status"] == "achieved"


def test_a_second_run_on_the_same_date_writes_nothing() -> None:
    connection = growth("2024-11-28", "2024-09: 8, 2024-10: 8").connection()
    assert judge_again(connection, "2024-11-28").assessments_written == 2
    assert judge_again(connection, "2024-11-28").assessments_written == 0
    assert judge_again(connection, "2024-11-29").assessments_written == 1


def test_a_withdrawn_figure_gives_the_colour_back_to_the_one_before() -> None:
    world = growth("2024-11-28", "2024-09: 8")
    world.figures("growth", "2024-10: 5", file="wrong.csv")
    connection = world.connection()
    judge_again(connection, "2024-11-28")
    delivery = connection.execute("select delivery_id from delivery where file = 'wrong.csv'").fetchall()[0][
        0
    ]
    for decision, status in (("withdraw", "on_schedule"), ("restore", "behind")):
        connection.execute(f"insert into decision values ('{decision}', 'delivery', '{delivery}', '{decision}', 'a', 'r', timestamp '2024-12-0{1 if decision == 'withdraw' else 2}')")  # fmt: skip
        judge_again(connection, "2024-11-28")
        assert assessments(connection, "mart.variance")["t", None]["status"] == status
    ids = connection.execute("select count(*), count(distinct assessment_id) from assessment").fetchall()
    assert ids[0][0] == ids[0][1]


def test_as_of_hides_later_deliveries() -> None:
    world = growth("2024-11-28", "2024-09: 8")
    world.figures("growth", "2024-10: 5", received="2024-11-29")
    assert world.judge()["status"] == "on_schedule"


def test_only_watched_regions_are_judged_but_others_may_be_referred_to() -> None:
    from flows.judge import judge_on

    world = growth("2024-11-28", "2024-10: 8")
    world.target("growth relative reference=t", "other", indicator="gdp", region=PARENT)
    world.figures("growth", "2024-10: 7", region=PARENT)
    connection = world.connection()
    assert judge_on(connection, (PARENT,)).targets == 1
    assert assessments(connection)["other", None]["gap_points"] == -1


def test_a_kind_that_the_rule_set_does_not_cover_is_named() -> None:
    with pytest.raises(ConfigurationError) as error:
        world = World()
        world.target("ratio >= 98 rules=peer@1")
        world.judge()
    assert str(error.value) == (
        "规则 peer@1 没有 ratio 类目标的条件，无法判断目标 t。请在 rules.csv 中补上，或在 rule_choices.csv 中另选规则。"
    )


def test_a_rule_set_in_which_no_condition_holds_is_named() -> None:
    world = growth("2024-11-28", "2024-10: 8")
    world.rows["book_rule"] = [rule for rule in world.rows["book_rule"] if rule["operator"] != "any"]
    with pytest.raises(ConfigurationError) as error:
        world.judge()
    assert (
        str(error.value)
        == "规则 default@1 的 growth 类条件没有一条适用于目标 t。请在 rules.csv 中以 any 收尾。"
    )


def test_an_indicator_without_calendar_is_named() -> None:
    world = growth("2024-11-28", "2024-10: 8")
    world.rows["book_calendar"] = []
    with pytest.raises(ConfigurationError) as error:
        world.judge()
    assert str(error.value) == "calendar.csv 没有目标 t 的指标，不知道何时应报。请补上后再运行。"


@pytest.mark.parametrize(
    ("choices", "rule_set"),
    [
        ([("*", "*", "default@1"), ("500104", "*", "linear@1")], "linear@1"),
        ([("500104", "*", "linear@1"), ("*", "t", "default@1")], "default@1"),
        ([("*", "t", "linear@1"), ("500104", "t", "default@1")], "default@1"),
        ([("500000", "*", "linear@1"), ("*", "*", "default@1")], "default@1"),
        ([], "default@1"),
    ],
)
def test_the_most_particular_choice_of_rules_holds(
    choices: list[tuple[str, str, str]], rule_set: str
) -> None:
    world = growth("2024-11-28", "2024-10: 8")
    world.rows["book_rule_choice"] = [{"region": r, "target_id": t, "rule_set": s} for r, t, s in choices]
    assert world.judge()["rule_set"] == rule_set


@pytest.mark.parametrize("figures", ["", "2024-09: 8.1", "2024-12: ~8.1"])
@pytest.mark.parametrize(("as_of", "status"), [("2025-05-01", "not_due"), ("2025-05-02", "unknown")])
def test_a_year_end_target_without_its_figure_is_not_due_until_its_year_closes(
    as_of: str, status: str, figures: str
) -> None:
    world = World(as_of=as_of)
    world.target("growth >= 8 year_end")
    world.figures("growth", figures)
    row = world.judge()
    assert (row["status"], row["gap"], row["outlook"] if not figures else "unknown") == (
        status,
        None,
        "unknown",
    )


@pytest.mark.parametrize(
    ("rival", "status"), [("5", "behind"), ("8", "unknown"), (">=6", "unknown"), ("6", "behind")]
)
def test_a_disputed_figure_is_shown_by_no_side_and_names_both(rival: str, status: str) -> None:
    world = growth("2024-11-28", "2024-09: 8.1")
    world.figures("growth", "2024-10: 6", file="a.csv")
    world.figures("growth", f"2024-10: {rival}", file="b.csv")
    row = world.judge()
    if rival == "6":
        assert (row["data_state"], row["actual"], row["source_file"], row["rivals"]) == (
            "current",
            6,
            "b.csv",
            None,
        )
        return
    assert (row["data_state"], row["status"]) == ("disputed", status)
    shown = (
        "actual",
        "actual_bound",
        "gap",
        "gap_points",
        "severity",
        "delivery_id",
        "source_file",
        "sha256",
    )
    assert [row[name] for name in shown] == [None] * len(shown)
    named = {(r["value"], r["bound"], r["file"], r["row"]) for r in json.loads(row["rivals"])}
    value = rival.removeprefix(">=")
    assert named == {
        ("6.000000", "", "a.csv", 7),
        (f"{value}.000000", ">=" if ">=" in rival else "", "b.csv", 7),
    }


def test_a_disputed_figure_is_not_the_figure_before_either() -> None:
    world = growth("2024-11-28", "2024-10: 8")
    for file, value in (("a.csv", 8), ("b.csv", 9)):
        world.figures("growth", f"2024-09: {value}", file=file)
    row = world.judge()
    assert (row["status_previous"], row["actual_previous"], row["periods_in_status"]) == (
        "on_schedule",
        None,
        2,
    )


def test_a_second_run_says_the_same_of_forecasts_whatever_was_new() -> None:
    world = World(as_of="2024-11-28")
    for number, indicator in enumerate(("gdp", "sales")):
        world.target("total >= 130", indicator, indicator=indicator)
        for year in range(2019, 2024):
            text = ", ".join(f"{year}-{m:02d}: {m * 10 + year % (3 + number)}" for m in range(2, 13))
            world.figures("total", text, indicator=indicator)
        world.figures("total", "2024-09: 80", indicator=indicator)
    # the newest figure of one is disputed: only its older one, said in the first run alone, was ever forecast
    for file, value in (("a.csv", 90), ("b.csv", 95)):
        world.figures("total", f"2024-10: {value}", indicator="sales", file=file)
    world.figures("total", "2024-10: 90")
    connection = world.connection()
    assert judge_again(connection, "2024-11-28").assessments_written == 4
    assert judge_again(connection, "2024-11-28").assessments_written == 0
