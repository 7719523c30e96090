"""The paragraphs of the monthly note about all targets together; flows/report/brief_target.py tells of each one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from flows.report.brief_target import standing
from flows.report.changes import Change
from flows.report.month import Month
from flows.report.reading import Row
from models.notation import day, month

BEHIND = ("behind", "missed")
NO_DATA = ("late", "never_delivered")


def opening(facts: Month) -> str:
    """What the note is about and up to when."""
    return (
        f"按照{facts.year}年政府工作报告确定的目标任务，现将截至{day(facts.as_of)}的推进情况通报如下。"
        f"数据截至{month(facts.period)}，个别指标以最近一期数据为准。"
    )


def overall(facts: Month) -> str:
    """The judgement in one paragraph with its numbers."""
    count = {status: _count(facts.variance, "status", status) for status in STATUS_CLAUSES}
    clauses = "，".join(
        text.format(n=count[status]) for status, text in STATUS_CLAUSES.items() if count[status]
    )
    judged = sum(count.values())
    open_ended = len(facts.variance) - judged
    text = (
        f"全年共督办目标{len(facts.variance)}项，已可研判的{judged}项中，{clauses}。"
        if judged
        else f"全年共督办目标{len(facts.variance)}项，目前均未到研判时点。"
    )
    if judged and open_ended:
        text += f"其余{open_ended}项尚未到考核期、未定目标值或节点，或现有数据不足以判断。"
    return text + _headline(facts) + _against_last(facts)


STATUS_CLAUSES = {
    "achieved": "已完成{n}项",
    "on_schedule": "符合进度{n}项",
    "slightly_behind": "略有滞后{n}项",
    "behind": "滞后{n}项",
    "missed": "最终未完成{n}项",
}


def _headline(facts: Month) -> str:
    """The report's own headline targets: how many stand well, and which do not."""
    rows = [row for row in facts.variance if row["section"] == "headline" and row["status"] in STATUS_CLAUSES]
    if not rows:
        return ""
    good = [row for row in rows if row["status"] in ("achieved", "on_schedule")]
    short = [row for row in rows if row not in good]
    text = f"主要预期目标中，{len(good)}项符合进度或已完成" if good else "主要预期目标中，尚无符合进度的"
    return f"{text}；{names(facts, short)}未达到应有进度。" if short else f"{text}。"


def _against_last(facts: Month) -> str:
    if facts.previous_as_of is None:
        return ""
    then = [row for row in facts.before.values() if row["status"] in BEHIND]
    now = [row for row in facts.variance if row["status"] in BEHIND]
    difference = len(now) - len(then)
    moved = "持平" if difference == 0 else f"增加{difference}项" if difference > 0 else f"减少{-difference}项"
    return f"与上期（截至{day(facts.previous_as_of)}）相比，滞后和未完成的目标{moved}。"


def names(facts: Month, rows: Iterable[Row]) -> str:
    """Names of indicators, listed."""
    return "、".join(facts.indicator_name(row) for row in rows)


def measures_missing(facts: Month, rows: Sequence[Row]) -> str:
    """How many of the targets behind have measures, and which offices owe them."""
    owing = [
        row for row in rows if row["status"] == "behind" and row["target_id"] not in facts.acknowledgements
    ]
    if not owing:
        return ""
    offices = list(dict.fromkeys(facts.office_name(row["responsible_office"]) for row in owing))
    return f"以上目标中，{len(owing)}项的责任单位尚未填报整改措施：{'、'.join(offices)}。"


def better(facts: Month, found: Iterable[Change]) -> list[str]:
    """What improved since the run before."""
    texts = []
    for change in found:
        name = facts.indicator_name(change.now)
        if change.kind == "achieved":
            reached = "" if change.now["kind"] == "stage" else f"，{_plain(standing(facts, change.now))}"
            texts.append(f"{name}已完成{reached}")
        elif change.kind == "better" and change.before:
            texts.append(
                f"{name}由{STATUS_NAMES[change.before['status']]}转为{STATUS_NAMES[change.now['status']]}，{_plain(standing(facts, change.now))}"
            )
    return texts


def _plain(sentence: str) -> str:
    return sentence.rstrip("。") or "有关节点已推进"


STATUS_NAMES = {
    "behind": "滞后",
    "slightly_behind": "略有滞后",
    "on_schedule": "符合进度",
    "missed": "未完成",
    "achieved": "已完成",
}


def year_end(facts: Month) -> list[str]:
    """What is expected by the year's end, group by group."""
    open_rows = [row for row in facts.variance if row["status"] not in ("achieved", "missed")]
    texts = []
    for state, text in (
        ("likely", "有望完成的{n}项"),
        ("uncertain", "尚不确定的{n}项"),
        ("unlikely", "难以完成的{n}项"),
    ):
        rows = [row for row in open_rows if row["outlook"] == state]
        if rows:
            listed = f"：{names(facts, rows)}" if state != "likely" else ""
            texts.append(f"{text.format(n=len(rows))}{listed}")
    return [f"尚未完成的目标中，据现有数据推算，{'；'.join(texts)}。"] if texts else []


def data_problems(facts: Month, found: Iterable[Change]) -> list[str]:
    """Late, refused and restated figures, each with who and where."""
    texts = [text for text in (_late(facts), _disputed(facts)) if text]
    since = facts.previous_as_of or date.min
    texts += [
        _refusal(facts, d)
        for d in facts.deliveries
        if (d["received"] or date.min) > since and (d["rows_quarantined"] or d["outcome"] == "refused")
    ]
    restated = [change.now for change in found if change.kind == "restated"]
    if restated:
        texts.append(
            f"本期对以前数据作了修订的指标有{len(restated)}项：{names(facts, restated)}，前后两版均已留存。"
        )
    if dead := [row for row in facts.undelivered if row["state"] == "dead"]:
        offices = dict.fromkeys(facts.office_name(o) for row in dead for o in row["office"].split("|"))
        texts.append(f"有{len(dead)}封督办邮件未能送达：{'、'.join(offices)}。请核对收件邮箱后重发。")
    return texts


def _late(facts: Month) -> str:
    late = [row for row in facts.variance if row["data_state"] in NO_DATA]
    if not late:
        return ""
    offices = list(dict.fromkeys(row["reporting_office"] for row in late))
    listed = "；".join(
        f"{facts.office_name(o)}（{names(facts, [r for r in late if r['reporting_office'] == o])}）"
        for o in offices
    )
    return f"应报未报{len(late)}项：{listed}。"


def _disputed(facts: Month) -> str:
    rows = [row for row in facts.variance if row["data_state"] == "disputed"]
    return f"同期数据前后不一、有待核实的{len(rows)}项：{names(facts, rows)}。" if rows else ""


def _refusal(facts: Month, delivery: Row) -> str:
    who = facts.office_name(delivery["reporting_office"])
    problems = facts.rejections.get(delivery["delivery_id"], ())
    first = str(problems[0]["message"]).rstrip("。") if problems else ""
    if delivery["outcome"] == "refused":
        return f"{who}报送的“{delivery['file']}”被拒收" + (f"：{first}。" if first else "。")
    place = f"（第{problems[0]['row']}行）" if problems and problems[0]["row"] else ""
    return f"{who}报送的“{delivery['file']}”有{delivery['rows_quarantined']}条数据暂未采纳{place}" + (
        f"：{first}。" if first else "。"
    )


def _count(rows: Iterable[Row], name: str, value: str) -> int:
    return sum(1 for row in rows if row[name] == value)
