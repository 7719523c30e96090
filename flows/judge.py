"""judge: where every target stands at every period, as SQL over figures, books and calendar.

Each file of `sql/judging/` is one step, kept as a temporary table so that nothing is worked out twice. The last
step is what the run has to say that is not said yet; it is appended in one transaction, and nothing that was
said is ever changed. The order of the steps is the order in which to read them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows import forecast, groups, warehouse
from flows.errors import ConfigurationError
from flows.settings import Settings
from models.message import joined, say
from models.run import RunContext
from sql import query

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

COMPARE = (
    "target",  # targets begun, with what indicator, region and rule choice say
    "due",  # the calendar of each target
    "candidate",  # targets that may be in scope
    "stage",
    "scale",
    "series",  # whose figures are looked at
    "sender",  # the deliveries that can be seen
    "gathered",  # the figures of a series and year side by side
    "figure",  # single figures: of the periods that are judged, and where figures stand against each other
    "known",  # the figure that counts, by series and period
    "rival",  # figures that contradict each other
    "year",  # whole years of figures that count
    "scope",  # targets of the newest year, and of years still open
    "row",  # target and period with a figure
    "reference",  # baseline, reference growth, peer
    "one_vintage",
    "past",  # earlier years, each from one vintage
    "share",  # what earlier years had reached by the same month
    "interim",
    "schedule",
    "expected",
    "gap",
    "ruled",  # the first condition that holds
    "verdict",
    "status",
    "state",  # whether the figure is here
    "judged",
    "written",  # what is not said yet
)
VIEWS = (  # asked for once or twice, so not kept
    "scale",
    "rival",
    "year",
    "schedule",
    "ruled",
    "verdict",
    "assessed",
    "appended",
)
LOOK_AHEAD = ("open_row", "required_total", "required_growth", "forecast_row")
FORECAST_INPUTS = ("forecast_origin", "forecast_target")
SAY = ("outlook", "assessed")


@dataclass(frozen=True)
class Judged:
    """What the stage did: targets judged, assessments that were new."""

    targets: int
    assessments_written: int

    def __str__(self) -> str:
        return say(
            "研判 {targets} 个目标，新增研判 {assessments_written} 条",
            targets=self.targets,
            assessments_written=self.assessments_written,
        )


def judge(settings: Settings, context: RunContext) -> Judged:
    """Judge the targets in scope as of `context.as_of`; ConfigurationError where rules or calendar leave one out."""
    with warehouse.connect(settings) as connection, warehouse.transaction(connection):
        connection.execute("set threads = 1")  # two take half as much processor time again, and more memory
        if context.group is None:
            return judge_on(connection, settings.regions)
        found = connection.execute("select distinct region from book_target").fetchall()
        regions = groups.members(settings, context.group, (region for (region,) in found))
        return judge_on(connection, regions) if regions else Judged(0, 0)


def judge_on(connection: DuckDBPyConnection, regions: tuple[str, ...] = ()) -> Judged:
    """Judge on an open connection, as of its `run_context`; no regions means all that have targets."""
    work_out(connection, regions)
    _refuse_uncovered(connection)
    look_ahead(connection)
    written = append(connection)
    targets = connection.execute("select count(*) from judge_scope").fetchall()[0][0]
    drop(connection)
    return Judged(targets, written)


def work_out(connection: DuckDBPyConnection, regions: tuple[str, ...] = ()) -> None:
    """Compare every target in scope with its figures, as far as deciding what is new."""
    connection.execute(query("judging/macros"))
    _watch(connection, regions)
    for step in COMPARE:
        _keep(connection, step)


def look_ahead(connection: DuckDBPyConnection) -> None:
    """What the rest of the year must bring, and whether it will."""
    for step in LOOK_AHEAD:
        _keep(connection, step)
    for step in FORECAST_INPUTS:
        connection.execute(f"create or replace temp table {step} as {query(f'judging/{step}')}")
    forecast.run(connection, listed=query("judging/forecast_listed"))
    for step in SAY:
        _keep(connection, step)


def append(connection: DuckDBPyConnection) -> int:
    """Append what is new to `assessment`; the number of rows."""
    _keep(connection, "appended")
    names = [row[0] for row in connection.execute("describe assessment").fetchall()]
    columns = ", ".join(f'"{name}"' for name in names)
    done = connection.execute(f"insert into assessment ({columns}) select {columns} from judge_appended")
    written: int = done.fetchall()[0][0]
    return written


def drop(connection: DuckDBPyConnection) -> None:
    """Remove the temporary tables, so that memory is free for the next stage."""
    forecast.drop(connection)
    for step in (
        *FORECAST_INPUTS,
        *(f"judge_{s}" for s in ("appended", *SAY, *LOOK_AHEAD, *COMPARE, "watched")),
    ):
        connection.execute(f"drop {_form(step.removeprefix('judge_'))} if exists temp.{step}")


def _watch(connection: DuckDBPyConnection, regions: tuple[str, ...]) -> None:
    connection.execute("create or replace temp table judge_watched (region text)")
    if regions:
        connection.executemany("insert into judge_watched values (?)", [[region] for region in regions])
    else:
        connection.execute("insert into judge_watched select distinct region from book_target")


def _keep(connection: DuckDBPyConnection, step: str) -> None:
    connection.execute(f"create or replace temp {_form(step)} judge_{step} as {query(f'judging/{step}')}")


def _form(step: str) -> str:
    return "view" if step in VIEWS else "table"


def _lack(target_id: str, kind: str, rule_set: str, lacks: str) -> str:
    """What the books do not say of a target."""
    if lacks == "calendar":
        return say(
            "calendar.csv 没有目标 {target_id} 的指标，不知道何时应报。请补上后再运行。", target_id=target_id
        )
    if lacks == "condition":
        return say(
            "规则 {rule_set} 的 {kind} 类条件没有一条适用于目标 {target_id}。请在 rules.csv 中以 any 收尾。",
            rule_set=rule_set,
            kind=kind,
            target_id=target_id,
        )
    return say(
        "规则 {rule_set} 没有 {kind} 类目标的条件，无法判断目标 {target_id}。请在 rules.csv 中补上，或在 rule_choices.csv 中另选规则。",
        rule_set=rule_set,
        kind=kind,
        target_id=target_id,
    )


def _refuse_uncovered(connection: DuckDBPyConnection) -> None:
    rows = connection.execute(f"{query('judging/uncovered')} order by target_id").fetchall()
    if rows:
        raise ConfigurationError(joined("\n", dict.fromkeys(_lack(*row) for row in rows)))
