"""People release, reject, withdraw and restore: what is recorded, what changes, and what is not allowed."""

from __future__ import annotations

import argparse
import json
import shutil
from datetime import date, datetime
from pathlib import Path

import pytest
from gate_rows import delivery, figure

from flows import decision_lists, decisions, warehouse
from flows.decisions import Order
from flows.errors import CannotOpen, LockedError, NotFoundError, UsageError
from flows.load import load
from flows.load_books import load_books
from flows.publish import publish
from flows.settings import Settings
from flows.validate import validate
from models.delivery import Problem, Severity
from models.run import TIME_ZONE, RunContext, begin

NOW = datetime(2024, 11, 29, 10, 0, tzinfo=TIME_ZONE)
REFUSAL = Problem(
    "june.csv",
    "unknown_indicator",
    "指标“零售”不在指标台账中。",
    Severity.REFUSED,
    row=3,
    column="指标",
    value="零售",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """May is right, June in 万元 with a line that was refused: built once, copied for every test."""
    settings = Settings(
        var=tmp_path_factory.mktemp("made"), reference=Path(__file__).parents[2] / "data" / "reference"
    )
    context = begin(date(2024, 11, 28), now=NOW)
    deliveries = [
        delivery("may", date(2024, 6, 20), figure("retail_sales ytd 2024-05", "54")),
        delivery(
            "june", date(2024, 7, 20), figure("retail_sales ytd 2024-06", "660000"), problems=(REFUSAL,)
        ),
    ]
    warehouse.prepare(settings, context)
    load_books(settings, context)
    load(settings, context, validate(settings, context, deliveries).deliveries, "books")
    publish(settings)
    return settings.var


@pytest.fixture
def year(settings: Settings, made: Path) -> Settings:
    shutil.copytree(made, settings.var)
    return settings


def ids(settings: Settings, relation: str, column: str, where: str) -> str:
    with warehouse.read_published(settings) as connection:
        rows = connection.execute(f"select {column} from {relation} where {where}").fetchall()
    assert len(rows) == 1
    return str(rows[0][0])


def slip(settings: Settings) -> str:
    return ids(settings, "rejection", "rejection_id", "rule = 'unit_slip'")


def june(settings: Settings) -> str:
    return ids(settings, "delivery", "delivery_id", "file = 'june.csv'")


def may(settings: Settings) -> str:
    return ids(settings, "delivery", "delivery_id", "file = 'may.csv'")


def figures(settings: Settings) -> list[tuple[str, str]]:
    with warehouse.read_published(settings) as connection:
        rows = connection.execute("select period_end, value from observation order by 1").fetchall()
    return [(end.isoformat(), str(value)) for end, value in rows]


def decide(
    settings: Settings, decision: str, subject: str, author: str = "张三", reason: str = "已核对"
) -> None:
    kind = "rejection" if decision in ("accept", "reject") else "delivery"
    decisions.decide(settings, Order(kind, subject, decision, author, reason), now=NOW)


MAY, JUNE = ("2024-05-31", "54.000000"), ("2024-06-30", "660000.000000")


def test_a_released_figure_is_published_with_who_and_why(year: Settings) -> None:
    assert figures(year) == [MAY]
    decide(year, "accept", slip(year), reason="口径调整")
    assert figures(year) == [MAY, JUNE]
    row = ids(year, "rejection", "concat_ws('|', decision, decided_by, reason)", "rule = 'unit_slip'")
    assert row == "accept|张三|口径调整"


def test_the_newest_decision_holds(year: Settings) -> None:
    decide(year, "accept", slip(year))
    decisions.decide(
        year, Order("rejection", slip(year), "reject", "李四", "看错了"), now=NOW.replace(hour=11)
    )
    assert figures(year) == [MAY]


def test_a_release_survives_reading_the_file_again(year: Settings, context: RunContext) -> None:
    decide(year, "accept", slip(year))
    again = delivery("june", date(2024, 7, 20), figure("retail_sales ytd 2024-06", "660000"))
    load(year, context, validate(year, context, [again]).deliveries, "other books")
    publish(year)
    assert figures(year) == [MAY, JUNE]


def test_a_withdrawn_delivery_leaves_no_figure_and_comes_back_when_restored(year: Settings) -> None:
    decide(year, "withdraw", may(year), reason="发错文件")
    assert figures(year) == []
    row = ids(year, "delivery", "concat_ws('|', outcome, decided_by, reason)", "file = 'may.csv'")
    assert row == "withdrawn|张三|发错文件"
    decisions.decide(
        year, Order("delivery", may(year), "restore", "张三", "没有发错"), now=NOW.replace(hour=11)
    )
    assert figures(year) == [MAY]


def test_a_prefix_that_one_id_has_is_enough(year: Settings) -> None:
    decide(year, "accept", slip(year)[:6].upper())
    assert figures(year) == [MAY, JUNE]


def test_an_unknown_id_lists_what_there_is(year: Settings) -> None:
    with pytest.raises(NotFoundError) as caught:
        decide(year, "accept", "zzz")
    assert str(caught.value) == (
        f"没有隔离编号“zzz”。现有：{slip(year)}（a.csv 第 2 行 660000）。请用 duban quarantine list 查看。"
    )


def test_an_unknown_delivery_lists_what_there_is(year: Settings) -> None:
    with pytest.raises(NotFoundError) as caught:
        decide(year, "withdraw", "zzz")
    assert str(caught.value) == (
        f"没有报送编号“zzz”。现有：{june(year)}（june.csv）、{may(year)}（may.csv）。请用 duban delivery list 查看。"
    )


def test_an_empty_id_is_no_prefix_of_all(year: Settings) -> None:
    with pytest.raises(NotFoundError, match="没有报送编号“ ”"):
        decide(year, "withdraw", " ")


def test_a_prefix_of_several_asks_for_more(year: Settings) -> None:
    subjects = [decisions.Subject(f"ab{n}", f"{n}.csv", "loaded", None, None, None) for n in (1, 2)]
    with pytest.raises(UsageError) as caught:
        decisions._found(subjects, Order("delivery", "ab", "withdraw", "张三", "x"))
    assert str(caught.value) == "报送编号“ab”对应 2 条：ab1（1.csv）、ab2（2.csv）。请多写几位。"


def test_what_was_refused_holds_no_figure_to_release(year: Settings) -> None:
    refused = ids(year, "rejection", "rejection_id", "gravity = 'refused'")
    with pytest.raises(UsageError) as caught:
        decide(year, "accept", refused)
    assert str(caught.value) == (
        f"{refused}（june.csv 第 3 行 零售）是拒收，不是隔离：没有可以放行的数。请更正文件后重报。"
    )


def test_deciding_the_same_twice_is_refused_with_the_first_decision(year: Settings) -> None:
    decide(year, "accept", slip(year), author="张三", reason="口径调整")
    with pytest.raises(UsageError) as caught:
        decide(year, "accept", slip(year), author="李四")
    assert str(caught.value) == (
        f"{slip(year)}（a.csv 第 2 行 660000）已由 张三 放行，理由：口径调整。无需再次决定。"
    )


def test_only_a_withdrawn_delivery_can_be_restored(year: Settings) -> None:
    with pytest.raises(UsageError) as caught:
        decide(year, "restore", may(year))
    assert str(caught.value) == f"{may(year)}（may.csv）没有撤回，无需恢复。"


@pytest.mark.parametrize(
    ("author", "reason", "message"),
    [
        ("", "x", "决定人 --author 不能为空，也不能含控制字符。请写明后再执行。"),
        ("  \t", "x", "决定人 --author 不能为空，也不能含控制字符。请写明后再执行。"),
        ("张三", "\n", "理由 --reason 不能为空，也不能含控制字符。请写明后再执行。"),
        ("张三", "a\x1b[31mb", "理由 --reason 不能为空，也不能含控制字符。请写明后再执行。"),
    ],
    ids=["no author", "blank author", "blank reason", "control characters"],
)
def test_a_decision_has_an_author_and_a_reason(
    year: Settings, author: str, reason: str, message: str
) -> None:
    with pytest.raises(UsageError) as caught:
        decide(year, "accept", slip(year), author=author, reason=reason)
    assert str(caught.value) == message
    assert figures(year) == [MAY]


def test_line_breaks_in_a_reason_become_spaces(year: Settings) -> None:
    decide(year, "accept", slip(year), reason="第一行\n 第二行")
    assert ids(year, "rejection", "reason", "rule = 'unit_slip'") == "第一行 第二行"


def test_there_is_nothing_to_decide_before_the_first_run(settings: Settings) -> None:
    with pytest.raises(CannotOpen, match="还没有仓库"):
        decide(settings, "accept", "abc")


def test_a_decision_waits_for_the_warehouse_and_says_who_holds_it(
    year: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.alert.held.PATIENCE_SECONDS", 0)
    wanted = slip(year)
    with warehouse.locked(year, purpose="duban run"), pytest.raises(LockedError, match="duban run"):
        decide(year, "accept", wanted)
    assert figures(year) == [MAY]


def arguments(**values: object) -> argparse.Namespace:
    return argparse.Namespace(**values)


def test_the_list_shows_what_waits_first_with_reason_and_advice(
    year: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    decisions.quarantine_list(year, arguments(json=False))
    header, first, words, second, _, last = capsys.readouterr().out.splitlines()
    assert header.split() == ["编号", "处置", "文件", "位置", "值", "决定"]
    assert first.split() == [slip(year), "隔离", "a.csv", "第", "2", "行", "数值", "660000", "待决定"]
    assert words == (
        "    社会消费品零售总额2024年1—6月为 660,000亿元，约为2024年1—5月的 54亿元的 1 万倍，疑似单位写错。"
        "按“万元”理解则为 66亿元，与以往相当，请核对单位后重报。"
        "若数字无误，请负责人用 duban quarantine accept 放行并写明理由。"
    )
    assert second.split()[1:] == ["拒收", "june.csv", "第", "3", "行", "指标", "零售"]
    assert last == "共 2 条，其中 1 条隔离待决定。"


def test_the_list_is_aligned_by_what_is_seen(year: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    decisions.delivery_list(year, arguments(json=False))
    lines = capsys.readouterr().out.splitlines()
    starts = {
        decision_lists.shown_width(line[: line.index(word)])
        for line, word in zip(lines, ["结果", "拒收", "全部采纳"], strict=True)
    }
    assert len(lines) == 3 and len(starts) == 1


def test_json_is_alone_on_the_output(year: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    decide(year, "withdraw", may(year))
    decisions.delivery_list(year, arguments(json=True))
    rows = json.loads(capsys.readouterr().out)
    assert [(row["file"], row["outcome"], row["decided_by"]) for row in rows] == [
        ("june.csv", "refused", None),
        ("may.csv", "withdrawn", "张三"),
    ]


def test_words_from_a_file_cannot_steer_the_terminal() -> None:
    assert decision_lists.one_line("a\x1b[2Jb\nc") == "a [2Jb c"


def test_an_empty_list_says_so(
    settings: Settings, context: RunContext, capsys: pytest.CaptureFixture[str]
) -> None:
    warehouse.prepare(settings, context)
    publish(settings)
    decisions.quarantine_list(settings, arguments(json=False))
    decisions.delivery_list(settings, arguments(json=False))
    assert capsys.readouterr().out.splitlines() == ["没有隔离或拒收。", "还没有报送。"]


def test_a_command_says_what_was_done(year: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = slip(year)
    decisions.quarantine_accept(year, arguments(rejection_id=wanted, author="张三", reason="对"))
    assert (
        capsys.readouterr().out == f"已放行 {wanted}（a.csv 第 2 行 660000）。下次运行按此研判：duban run。\n"
    )
