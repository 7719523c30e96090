"""The words of mails and of the alert commands, in Chinese and English; same shape as models/words.py."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

Pair = tuple[str, str]

KIND_WORDS: dict[str, Pair] = {
    "kind.pending": ("首次略有滞后", "First slightly behind"),
    "kind.newly_behind": ("转入滞后", "Newly behind"),
    "kind.newly_behind.slightly_behind": ("连续两期略有滞后", "Slightly behind twice in a row"),
    "kind.worsened": ("滞后加重", "Worsened"),
    "kind.worsened.slightly_behind": ("差距扩大", "Gap grew"),
    "kind.still_behind": ("仍滞后", "Still behind"),
    "kind.still_behind.slightly_behind": ("仍略有滞后", "Still slightly behind"),
    "kind.recovered": ("恢复", "Recovered"),
    "kind.flapping": ("反复滞后", "Behind on and off"),
    "kind.flapping.slightly_behind": ("反复略有滞后", "Slightly behind on and off"),
    "kind.achieved": ("已完成", "Achieved"),
    "kind.missed": ("未完成", "Missed"),
    "kind.outlook_unlikely": ("预计难以完成", "Outlook unlikely"),
    "kind.corrected": ("更正", "Corrected"),
    "kind.escalated_leader": ("提请分管领导关注", "Raised to the leader in charge"),
    "kind.escalated_leadership": ("提请领导班子关注", "Raised to the leadership"),
    "kind.headline_figure": ("主要目标有新数据", "New figure on a headline target"),
    "kind.closed": ("年度结束", "Year closed"),
    "kind.acknowledged": ("已报整改措施", "Acknowledged"),
    "kind.measures_due": ("整改到期", "Measures due"),
    "kind.silenced": ("静默", "Silenced"),
    "kind.silence_ended": ("静默到期", "Silence ended"),
    "kind.late": ("迟报", "Late"),
    "kind.late_leader": ("长期迟报", "Long late"),
    "kind.arrived": ("已补报", "Arrived"),
    "kind.refused": ("拒收", "Refused"),
    "kind.quarantined": ("隔离", "Quarantined"),
    "kind.restated": ("修订此前数据", "Restated"),
    "kind.cleared": ("不再略有滞后", "No longer slightly behind"),
    "kind.settled": ("已处理", "Settled"),
    "kind.undeliverable": ("邮件未送达", "Mail not delivered"),
    "kind.run_missed": ("定时运行缺失", "Scheduled run missed"),
    "state.pending": ("待观察", "pending"),
    "state.firing": ("督办中", "firing"),
    "state.acknowledged": ("整改中", "acknowledged"),
    "state.silenced": ("静默中", "silenced"),
    "state.escalated": ("已提级", "escalated"),
    "state.resolved": ("已解除", "resolved"),
}
# How the subject line counts each kind, in the order in which it names them.
SUBJECT_WORDS: dict[str, Pair] = {
    "missed": ("{n} 项未完成", "{n} missed"),
    "newly_behind": ("{n} 项转入滞后", "{n} newly behind"),
    "worsened": ("{n} 项滞后加重", "{n} worsened"),
    "flapping": ("{n} 项反复滞后", "{n} on and off"),
    "still_behind": ("{n} 项仍滞后", "{n} still behind"),
    "newly_behind.slightly_behind": ("{n} 项连续两期略有滞后", "{n} slightly behind twice"),
    "worsened.slightly_behind": ("{n} 项差距扩大", "{n} with a growing gap"),
    "flapping.slightly_behind": ("{n} 项反复略有滞后", "{n} slightly behind on and off"),
    "still_behind.slightly_behind": ("{n} 项仍略有滞后", "{n} still slightly behind"),
    "escalated_leadership": ("{n} 项提请关注", "{n} raised"),
    "escalated_leader": ("{n} 项提请关注", "{n} raised"),
    "outlook_unlikely": ("{n} 项预计难以完成", "{n} unlikely"),
    "silence_ended": ("{n} 项静默到期", "{n} silences ended"),
    "measures_due": ("{n} 项整改到期", "{n} measures due"),
    "recovered": ("{n} 项恢复", "{n} recovered"),
    "achieved": ("{n} 项完成", "{n} achieved"),
    "corrected": ("{n} 项更正", "{n} corrected"),
    "late_leader": ("{n} 期数据长期迟报", "{n} long late"),
    "late": ("{n} 期数据迟报", "{n} late"),
    "refused": ("{n} 份报送被拒收", "{n} refused"),
    "quarantined": ("{n} 份报送有隔离数据", "{n} with quarantined figures"),
    "restated": ("{n} 份报送修订了此前数据", "{n} restating"),
    "undeliverable": ("{n} 封邮件未送达", "{n} undelivered"),
    "run_missed": ("定时运行缺失", "scheduled runs missed"),
    "headline_figure": ("{n} 项主要目标有新数据", "{n} headline figures"),
}
LETTER_WORDS: dict[str, Pair] = {
    "mail.subject": ("[督办] {regions} {month}：{what}", "[Duban] {regions} {month}: {what}"),
    "mail.simulated_mark": ("【模拟】", "[SIMULATED] "),
    "mail.summary": ("首次运行汇总，{what}", "first summary, {what}"),
    "mail.digest": ("月度汇总，{what}", "monthly digest, {what}"),
    "mail.unreleased_count": ("{n} 项有未发布的新情况", "{n} with unreleased news"),
    "mail.standing_count": ("{n} 项仍在督办", "{n} under supervision"),
    "mail.pending_count": ("{n} 项待观察", "{n} to be watched"),
    "mail.missed_count": ("{n} 项未完成", "{n} missed"),
    "mail.nothing_judged": ("各目标暂不能研判", "nothing can be judged yet"),
    "mail.nothing_behind": ("无滞后项目", "nothing behind"),
    "mail.more": ("等", " and more"),
    "mail.comma": ("，", ", "),
    "mail.semicolon": ("；", "; "),
    "mail.colon": ("：", ": "),
    "mail.list": ("、", ", "),
    "mail.greeting": ("{offices}：", "To {offices}:"),
    "mail.simulated": (
        "本邮件所列数字均为模拟数据，仅供演示，不得作为工作依据。",
        "All figures in this mail are simulated, for demonstration only.",
    ),
    "mail.lead": (
        "截至{as_of}，数据截至{month}。{what}。",
        "As of {as_of}, with data up to {month}: {what}.",
    ),
    "mail.heading_changed": ("本次变化", "What changed"),
    "mail.heading_headline": ("主要目标本期数据", "Headline targets, this period"),
    "mail.heading_data": ("数据报送", "Deliveries"),
    "mail.heading_standing": ("仍在督办", "What stands"),
    "mail.heading_summary": ("各目标现状", "Where the targets stand"),
    "mail.numbered": ("{number}、{title}", "{number}. {title}"),
    "mail.target": ("目标", "Target"),
    "mail.printed": ("{printed}（{place}）", "{printed} ({place})"),
    "mail.printed_as": ("{printed}，即{value}", "{printed}, that is {value}"),
    "mail.place": ("报告“{section}”第{paragraph}段", "report, {section}, paragraph {paragraph}"),
    "mail.actual": ("实际", "Actual"),
    "mail.actual_value": (
        "{stretch}{value}（{finality}数，{provenance}）",
        "{stretch}{value} ({finality}, {provenance})",
    ),
    "mail.at_most": ("{value}以内", "at most {value}"),
    "mail.disputed": (
        "同一时期有互相矛盾的数，待核实",
        "figures of the same period contradict each other and are being checked",
    ),
    "mail.no_actual": ("尚无数据", "no figure yet"),
    "mail.done": ("完成 {value}", "{value}"),
    "mail.stands_at": ("为 {value}", "{value}"),
    "mail.reference": ("参照指标", "the reference"),
    "mail.reference_value": ("，同期{name}{growth}", ", {name} {growth} for the same period"),
    "mail.previous": ("上一期", "Before"),
    "mail.previous_value": ("{stretch} {value}，{status}", "{stretch} {value}, {status}"),
    "mail.expected": ("进度应达", "Expected by now"),
    "mail.growth_of": ("{name}增速", "{name}, growth"),
    "mail.stages_reached": ("已完成 {n} 个节点", "{n} stages done"),
    "mail.days": (" 天", " days"),
    "mail.behind_count": ("{n} 项滞后或略有滞后", "{n} behind or slightly behind"),
    "mail.completion": ("完成率", "Completion"),
    "mail.gap": ("差距", "Gap"),
    "mail.required": ("后期需", "Required"),
    "mail.severity_value": (
        "差距为本类指标判红标准的 {n} 倍",
        "{n} times the gap at which targets of this kind turn red",
    ),
    "mail.required_each_month": ("平均每月 {value}", "{value} a month"),
    "mail.required_each_quarter": ("平均每季度 {value}", "{value} a quarter"),
    "mail.required_each_period": ("平均每期 {value}", "{value} a period"),
    "mail.required_range": (
        "（考虑数据四舍五入，在 {low} 至 {high} 之间）",
        " (between {low} and {high}, by the rounding of the figures)",
    ),
    "mail.outlook": ("年末预期", "Outlook"),
    "mail.forecast": (
        "预测 {value}，80% 区间 {low}～{high}",
        "forecast {value}, 80 % interval {low} to {high}",
    ),
    "mail.probability": ("达标概率 {value}", "probability {value}"),
    "mail.since": ("状态", "Status"),
    "mail.since_value": ("{status}，自{since}起，连续 {n} 期", "{status} since {since}, {n} in a row"),
    "mail.since_first": ("{status}，自{since}起", "{status} since {since}"),
    "mail.reason": ("督办缘由", "Why now"),
    "mail.reason_slight": (
        "两期略有滞后按一期滞后督办，至今折合滞后 {n} 期",
        "two figures slightly behind are seen to like one behind; {n} behind by that count",
    ),
    "mail.reason_behind": ("至今连续滞后 {n} 期", "{n} figures behind in a row"),
    "mail.reason_mixed": (
        "连同此前的滞后和略有滞后（略有滞后两期按一期计），至今折合滞后 {n} 期",
        "with what was behind before it, two slightly behind as one, {n} behind by that count",
    ),
    "mail.reason_missing": ("另有 {n} 期未报，按滞后计", "{n} missing, counted as behind"),
    "mail.reason_turned_red": ("由略有滞后转为滞后", "from slightly behind to behind"),
    "mail.reason_worsened": (
        "差距比上次通知时又扩大了一个判红标准以上",
        "the gap grew by more than a whole red threshold since it was last told",
    ),
    "mail.demanding": ("难度", "How hard"),
    "mail.schedule": ("应达依据", "Schedule"),
    "mail.was": ("（此前{status}）", " (was {status})"),
    "mail.data_late": ("数据迟报：{periods}", "figures late: {periods}"),
    "mail.course": ("本年走势", "This year"),
    "mail.why": ("判定依据", "Why"),
    "mail.source": ("数据来源", "Source"),
    "mail.source_value": (
        "{file}{sheet} 第 {row} 行；规则 {rules}",
        "{file}{sheet} row {row}; rules {rules}",
    ),
    "mail.source_sheet": (" 工作表“{sheet}”", ", sheet {sheet},"),
    "mail.rules_only": ("规则 {rules}", "rules {rules}"),
    "mail.owner": ("责任单位", "Responsible office"),
    "mail.measures": ("整改措施", "Measures"),
    "mail.measures_value": ("{measures}（{author}，期限{due}）", "{measures} ({author}, due {due})"),
    "mail.silence": ("静默", "Silence"),
    "mail.silence_value": ("{reason}（{author}，至{until}）", "{reason} ({author}, until {until})"),
    "mail.ask": ("请办", "Asked of you"),
    "mail.no_ask": ("无需回复。", "No reply needed."),
    "mail.ask_owner": (
        "请分析原因，将整改措施和完成期限报{operator}。",
        "Please send the reasons, your measures and a date to {operator}.",
    ),
    "mail.ask_owner_measures": (
        "整改措施已登记，请按期落实；措施有变化的，请报{operator}。",
        "Your measures are on record; please carry them out by the date, and tell {operator} of any change.",
    ),
    "mail.ask_owner_due": (
        "整改期限已到，请将落实情况报{operator}。",
        "The measures are due; please report to {operator} how they went.",
    ),
    "mail.ask_owner_missed": (
        "终期未完成，请将原因和下一步打算书面报{operator}。",
        "The final figure is short; please explain in writing to {operator}.",
    ),
    "mail.ask_co_owner": ("请配合{owner}做好相关工作。", "Please support {owner}."),
    "mail.ask_leader": ("请督促{owner}分析原因、落实措施。", "Please see that {owner} acts on it."),
    "mail.ask_leader_late": ("请督促{owner}尽快补报数据。", "Please see that {owner} sends the figures."),
    "mail.ask_for_information": ("供参阅。", "For your information."),
    "mail.ask_forward": (
        "{owner}没有可用邮箱，请代为转达，并在单位台账中补登邮箱。",
        "{owner} has no usable address; please pass this on and enter one in the book of offices.",
    ),
    "mail.ask_late": (
        "请尽快补报；暂时无法报送的，请将原因和预计时间告知{operator}。",
        "Please send the figures; if you cannot yet, tell {operator} why and when.",
    ),
    "mail.ask_refused": (
        "请按所列位置改正后重新报送。",
        "Please correct the places listed and send the file again.",
    ),
    "mail.ask_quarantined": (
        "请核对所列数字：确认无误的，请书面告知{operator}予以放行；有误的，请更正后重新报送。",
        "Please check these figures: confirm them to {operator} for release, or correct them and send again.",
    ),
    "mail.ask_restated": (
        "原数已保留，请核对修订。",
        "The earlier figures are kept; please check the changes.",
    ),
    "mail.ask_release": (
        "核实后用 duban quarantine accept 或 reject 处理。",
        "Release or reject them with duban quarantine accept or reject.",
    ),
    "mail.unreleased": (
        "该项数据尚未发布，有新情况，数字不在邮件中列出。请在督办报告中查看。",
        "There is news on figures not yet released; the numbers are not in this mail. Please see the report.",
    ),
    "mail.unreleased_title": ("{name}（未发布）", "{name} (not released)"),
    "mail.received": ("收到", "Received"),
    "mail.received_value": ("{received}，{office}报送", "{received}, sent by {office}"),
    "mail.problems": ("问题", "Problem"),
    "mail.problem_place": ("{sheet}第 {row} 行 {column}", "{sheet}row {row} {column}"),
    "mail.problem": ("{problem}", "{problem}"),
    "mail.problem_number": ("{problem}（{id}）", "{problem} ({id})"),
    "mail.resent": ("此后报送", "Sent since"),
    "mail.resent_value": (
        "{received}又收到 {file}，已采纳；已在其中改正的，无需再报",
        "{file} came on {received} and was taken in; what it corrects need not be sent again",
    ),
    "mail.problem_file": ("整个文件", "the whole file"),
    "mail.problems_more": ("另有 {n} 处，见督办报告。", "{n} more, see the report."),
    "mail.change": ("修订", "Change"),
    "mail.change_value": (
        "{name} {year}年{stretch}由 {old} 修订为 {new}",
        "{name}, {stretch} {year}: {old} became {new}",
    ),
    "mail.count_refused": ("{n} 处问题，未予采纳", "{n} problems, not taken in"),
    "mail.count_quarantined": ("{n} 个数字待核实", "{n} figures to be checked"),
    "mail.count_restated": ("{n} 个已报数字", "{n} earlier figures"),
    "mail.feed_title": ("{office}{month}数据", "{office}, figures of {month}"),
    "mail.feed_due": ("应报日期", "Due"),
    "mail.feed_due_value": ("{due}，已逾期 {n} 天", "{due}, {n} days ago"),
    "mail.feed_indicators": ("涉及指标", "Indicators"),
    "mail.table_value": ("目标", "Promised"),
    "mail.table_actual": ("实际", "Actual"),
    "mail.table_gap": ("差距", "Gap"),
    "mail.table_status": ("状态", "Status"),
    "mail.table_since": ("自", "Since"),
    "mail.table_outlook": ("预期", "Outlook"),
    "mail.table_state": ("督办", "Alert"),
    "mail.table_severity": ("轻重", "Severity"),
    "mail.table_note": ("说明", "Note"),
    "mail.between_dates": (
        "完成时间集中，未到节点日期，不因进度督办",
        "comes in lumps; not followed up between its own dates",
    ),
    "mail.since_short": ("{since}起 {n} 期", "{since}, {n} figures"),
    "mail.link": ("详见督办报告：{link}", "See the report: {link}"),
    "mail.footer": (
        "本邮件由督办系统自动生成，同一事项只通知一次；两期略有滞后按一期滞后督办；仍滞后的每 {n} 期重提一次，并列入月度汇总。"
        "轻重为差距与本类指标判红标准之比。",
        "Sent by duban. Each change is told once; two figures slightly behind count as one behind; what is still behind"
        " is told again every {n} figures and in the monthly digest. Severity is the gap beside the red threshold of"
        " its kind.",
    ),
    "mail.legend": ("图例：{marks}", "Key: {marks}"),
    "mail.ask_undeliverable": (
        "请核对该单位邮箱，更正后用 duban outbox retry 重发。",
        "Check the address of that office, then send again with duban outbox retry.",
    ),
    "mail.ask_run_missed": (
        "这些天的定时运行没有发生，由本次补上。请检查 duban serve 是否一直在运行。",
        "The scheduled runs of these days did not happen; this one makes up for them. Check that duban serve is up.",
    ),
}
COMMAND_WORDS: dict[str, Pair] = {
    "command.none_open": ("没有未了的提醒。", "No open alerts."),
    "command.unsent": (
        "【未送达】{as_of} {office} {subject}（已试 {attempts} 次）",
        "[not delivered] {as_of} {office} {subject} ({attempts} attempts)",
    ),
    "command.no_history": ("目标 {target} 还没有提醒记录。", "No alerts about {target} yet."),
    "command.acknowledged": (
        "已登记 {target} 的整改措施，期限 {day}。",
        "Measures for {target} recorded, due {day}.",
    ),
    "command.silenced": (
        "{target} 静默至 {day}；提级不受影响。",
        "{target} silenced until {day}; escalation goes on.",
    ),
    "command.outbox_empty": ("发件箱是空的。", "The outbox is empty."),
    "command.message": (
        "{notification_id} {as_of} 【{state}】{tries}{office} {recipient} {subject}",
        "{notification_id} {as_of} [{state}] {tries}{office} {recipient} {subject}",
    ),
    "command.tries": ("（已试 {n} 次）", "({n} attempts) "),
    "command.sent": (
        "发出 {sent} 封，失败 {failed} 封，其中无法送达 {dead} 封。",
        "{sent} sent, {failed} failed, {dead} of them dead letters.",
    ),
    "command.queued": ("{n} 封邮件重新排队。", "{n} messages queued again."),
    "message.waiting": ("待发", "waiting"),
    "message.claimed": ("发送中", "being sent"),
    "message.sent": ("已发", "sent"),
    "message.filed": ("已写成文件", "written to a file"),
    "message.dead": ("未能送达", "not delivered"),
}
WORDS: Mapping[str, Pair] = MappingProxyType(
    {**KIND_WORDS, **{f"subject.{k}": v for k, v in SUBJECT_WORDS.items()}, **LETTER_WORDS, **COMMAND_WORDS}
)


def say(key: str, lang: str = "zh", **values: object) -> str:
    """The words for `key`; KeyError for an unknown key or a missing value."""
    text = WORDS[key][lang == "en"]
    return text.format(**values) if values else text


def kind_word(kind: str, status: str | None, lang: str = "zh") -> str:
    """What changed, in words that do not contradict the status it has now."""
    fitting = f"kind.{kind}.{status}"
    return say(fitting if fitting in WORDS else f"kind.{kind}", lang)
