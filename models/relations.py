"""The relations of the warehouse and of the published database: grain, columns, key.

Columns are named here and explained in models/columns.py. `_id` columns are content hashes. No sequences,
foreign keys or enums, so that the same statements run on a lake; uniqueness is proved by sql/checks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from models.columns import COLUMNS, Column


@dataclass(frozen=True)
class Relation:
    """A table: its name, what one row is (Chinese and English), its columns, the key that must be unique."""

    name: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def comment(self) -> str:
        return f"{self.zh} · {self.en}"


def relation(name: str, zh: str, en: str, columns: str, *, key: str) -> Relation:
    """Build a relation from space-separated column names; `value=printed_value` renames a column."""
    return Relation(name, zh, en, tuple(_column(item) for item in columns.split()), tuple(key.split()))


def _column(item: str) -> Column:
    name, _, meaning = item.partition("=")
    return replace(COLUMNS[meaning or name], name=name)


JUDGED = """region region_name year target_id promise_id indicator indicator_name responsible_office
    reporting_office kind measure basis comparator target_value value_high unit nature modality stretch
    period_end as_of actual actual_bound reference_value linear_share schedule_share schedule_basis expected
    gap gap_points severity completion required required_per_period required_growth forecast forecast_low
    forecast_high probability status status_since periods_in_status data_state outlook rule_set provenance
    finality delivery_id source_file source_sheet source_row section paragraph printed run_id"""
EVIDENCE = """content_id revision is_newest tolerance final_period sign limit_value months_elapsed
    months_total share_years interim_period interim_value reference_period reference_target reference_name
    peer_region peer_region_name peer_value due_on days_late rule_priority rule_label rule_label_en scale
    period_previous actual_previous status_previous periods_after required_basis required_proxy
    required_proxy_name required_share required_growth_low required_growth_high demanding_years
    demanding_of capacity_left forecast_reason forecast_method forecast_years source_column sha256
    received whole_number year_end_only lumpy rivals"""
OBSERVED = """region indicator indicator_name measure basis period_end value bound unit provenance finality
    received delivery_id source_sheet source_row"""
TARGET = """target_id region year indicator indicator_name kind measure comparator target_value value_high
    tolerance unit modality stretch nature final_period year_end_only lumpy responsible_office co_responsible
    leader section paragraph printed promise_id reference_target entered_on reason note"""

BOOKS = (
    relation(
        "book_region",
        "地区：每个地区一行",
        "one row per region",
        "region name short_name name_en parent aliases entered_on",
        key="region",
    ),
    relation(
        "book_indicator",
        "指标：每个指标一行",
        "one row per indicator",
        "indicator name name_en unit measures basis direction whole_number valuation frequency reporting_office proxy capacity atypical_years aliases definition reviewed_on entered_on",
        key="indicator",
    ),
    relation(
        "book_calendar",
        "报数日历：每个指标一行",
        "one row per indicator",
        "indicator months lag_days final_lag_days grace_days entered_on note",
        key="indicator",
    ),
    relation(
        "book_calendar_move",
        "报数日期调整：每个指标和调整的时期一行",
        "one row per indicator and period whose date moves",
        "indicator period_end due_on reason entered_on",
        key="indicator period_end",
    ),
    relation(
        "book_office",
        "单位：每个单位一行",
        "one row per office",
        "office_id region name name_en role leader emails language sections min_severity wants_workbook suggested entered_on",
        key="office_id",
    ),
    relation(
        "book_target",
        "目标：每个目标一行",
        "one row per target",
        TARGET.replace("indicator_name ", ""),
        key="target_id",
    ),
    relation(
        "book_schedule_point",
        "进度节点：每个目标和节点一行",
        "one row per target and interim period",
        "target_id period_end value stage_name entered_on reason",
        key="target_id period_end stage_name",
    ),
    relation(
        "book_rule",
        "规则：每个规则集、类型、性质、次序一行",
        "one row per rule set, kind, nature and priority",
        "rule_set kind nature priority rule_subject operator threshold status scale label label_en entered_on note",
        key="rule_set kind nature priority",
    ),
    relation(
        "book_rule_choice",
        "规则选用：每个地区和目标一行",
        "one row per region and target (or *)",
        "region target_id rule_set entered_on",
        key="region target_id",
    ),
    relation(
        "book_section",
        "报告章节：每个地区、年度和章节一行",
        "one row per region, year and section of the report",
        "region year section section_title section_short section_title_en entered_on",
        key="region year section",
    ),
)
KEPT = (
    relation(
        "delivery",
        "报送：每份一行",
        "one row per delivery",
        "delivery_id file sha256 side_sha256 books_fingerprint region reporting_office received provenance finality source release_state layout encoding title cells_read rows_read rows_accepted rows_quarantined rows_refused outcome run_id",
        key="delivery_id",
    ),
    relation(
        "footnote",
        "脚注：每份报送的每条一行",
        "one row per delivery and footnote",
        "delivery_id number text",
        key="delivery_id number",
    ),
    relation(
        "observation",
        "采纳的数据（全部版本）：每份报送的每个数一行",
        "one row per accepted figure of a delivery",
        "delivery_id region indicator measure basis period_end value bound unit source_sheet source_row source_column note",
        key="delivery_id region indicator measure basis period_end",
    ),
    relation(
        "rejection",
        "隔离与拒收：报送中的每处问题一行",
        "one row per problem of a delivery; a quarantined figure carries its key so that it can be released",
        "rejection_id delivery_id file sheet row column printed_value rule message advice gravity region indicator measure basis period_end value bound unit message_en advice_en",
        key="rejection_id",
    ),
    relation(
        "decision",
        "人工决定：每次决定一行",
        "one row per decision of a person; the newest about a subject holds",
        "decision_id subject_kind subject_id decision author reason recorded_at",
        key="decision_id",
    ),
    relation(
        "assessment",
        "研判：每个目标、时期、截至日、每次变化一行",
        "one row per target, period, as-of date and change",
        "assessment_id " + JUDGED + " " + EVIDENCE,
        key="assessment_id",
    ),
    relation(
        "run",
        "批次：每次运行一行",
        "one row per run",
        "run_id as_of mode started_at finished_at outcome deliveries_new deliveries_skipped rows_accepted rows_quarantined rows_refused alerts_raised messages_written books_fingerprint software_version region_group",
        key="run_id",
    ),
    relation(
        "alert",
        "提醒：每个对象、截至日、变化种类一行",
        "life of the alerts: one row per subject, as-of date and kind of transition",
        "alert_id subject_kind subject_id region alert_kind alert_state as_of period_end status_before status_after severity reason evidence run_id",
        key="alert_id",
    ),
    relation(
        "alert_pass",
        "已推导提醒的截至日：每个截至日和一组研判一行",
        "one row per as-of date and set of assessments whose alerts were derived",
        "as_of evidence outcome run_id recorded_at",
        key="as_of evidence",
    ),
    relation(
        "notification",
        "邮件：每封一行",
        "one row per message; never changed",
        "notification_id message_id as_of channel region office recipient language subject alert_count body",
        key="notification_id",
    ),
    relation(
        "notification_alert",
        "邮件所含提醒：每封邮件的每条提醒一行",
        "one row per message and alert told in it",
        "notification_id alert_id",
        key="notification_id alert_id",
    ),
    relation(
        "outbox",
        "发件箱：每封邮件一行",
        "one row per message: where its sending stands",
        "notification_id state attempts next_attempt_at claimed_by claimed_at sent_at last_error",
        key="notification_id",
    ),
    relation(
        "sending",
        "发送记录：每次尝试一行",
        "one row per attempt to send a message",
        "notification_id message_id number started_at finished_at outcome text",
        key="notification_id number",
    ),
    relation(
        "acknowledgement",
        "提醒确认与整改措施：每次确认一行",
        "one row per acknowledgement; the newest about a target holds",
        "acknowledgement_id target_id author measures_taken due_on starts_on recorded_at",
        key="acknowledgement_id",
    ),
    relation(
        "silence",
        "提醒静默：每次静默一行",
        "one row per silence; the newest about a target holds",
        "silence_id target_id author reason starts_on ends_on recorded_at",
        key="silence_id",
    ),
    relation(
        "run_context",
        "当前批次：只有一行",
        "one row: what the views look at",
        "run_id as_of mode started_at",
        key="run_id",
    ),
    relation("warehouse_meta", "仓库信息：每个键一行", "one row per key", "key text", key="key"),
)
PUBLISHED = (
    relation(
        "region",
        "地区：每个地区一行",
        "regions: one row per region",
        "region region_name=name short_name name_en parent",
        key="region",
    ),
    relation(
        "indicator",
        "指标及其报数日历：每个指标一行",
        "indicators with their reporting calendar: one row per indicator",
        "indicator indicator_name indicator_name_en unit measures basis direction whole_number valuation frequency reporting_office months lag_days definition reviewed_on",
        key="indicator",
    ),
    relation(
        "target",
        "目标（台账全部栏目）：每个目标一行",
        "targets, every column of the book: one row per target",
        TARGET,
        key="target_id",
    ),
    relation(
        "observation",
        "现行采用的数据：每个地区、指标、口径、期间、时期一行",
        "figures known now: one row per region, indicator, measure, basis and period, the figure that counts",
        OBSERVED,
        key="region indicator measure basis period_end",
    ),
    relation(
        "observation_vintage",
        "数据的全部版本（含已被取代的）：每份报送的每个数一行",
        "every figure ever delivered, replaced ones too: one row per figure and delivery",
        OBSERVED + " superseded_by superseded_by_value difference",
        key="region indicator measure basis period_end delivery_id",
    ),
    relation(
        "delivery",
        "报送的文件：每份报送一行",
        "files as received: one row per delivery",
        "delivery_id file sha256 region reporting_office received provenance finality layout encoding rows_read rows_accepted rows_quarantined outcome decision decided_by decided_at reason",
        key="delivery_id",
    ),
    relation(
        "rejection",
        "隔离与拒收：报送中的每处问题一行；gravity 为 warning 的已采纳，只是提醒",
        "what was set aside or refused: one row per problem of a delivery; what has gravity warning was accepted",
        "delivery_id file sheet row column value=printed_value rule message decision decided_by rejection_id gravity advice decided_at reason message_en advice_en",
        key="rejection_id",
    ),
    relation(
        "assessment",
        "研判（全部历史，从不改写）：每个目标、时期、截至日、每次变化一行",
        "everything that was ever said, never rewritten: one row per target, period, as-of date and change",
        "assessment_id " + JUDGED + " " + EVIDENCE,
        key="assessment_id",
    ),
    relation(
        "variance",
        "差距表：每个目标一行，为其最新研判",
        "where targets stand now: one row per target, its newest assessment",
        JUDGED,
        key="target_id",
    ),
    relation(
        "alert",
        "提醒：每个对象、截至日、变化种类一行",
        "life of the alerts: one row per subject, as-of date and kind of transition",
        "alert_id subject_kind subject_id region alert_kind alert_state as_of period_end status_before status_after severity reason evidence run_id",
        key="alert_id",
    ),
    relation(
        "notification",
        "邮件（地址隐去，不含正文）：每封一行",
        "mails, addresses masked, without bodies: one row per message",
        "notification_id message_id as_of channel region office recipient language subject alert_count state attempts sent_at last_error",
        key="notification_id",
    ),
    relation(
        "run",
        "运行批次：每次运行一行",
        "runs: one row per run",
        "run_id as_of mode started_at finished_at outcome deliveries_new deliveries_skipped rows_accepted rows_quarantined rows_refused alerts_raised messages_written software_version",
        key="run_id",
    ),
)

# What several processes change. In a file it lies with the rest; beside a lake, which keeps both of two
# concurrent inserts, it lies in PostgreSQL with real keys.
_CHANGED_BY_SEVERAL = (
    "decision", "run", "alert", "alert_pass", "notification", "notification_alert", "outbox", "sending",
    "acknowledgement", "silence",
)  # fmt: skip
LEDGER = tuple(item for item in KEPT if item.name in _CHANGED_BY_SEVERAL)
LAKE = tuple(item for item in BOOKS + KEPT if item not in LEDGER and item.name != "run_context")
