"""The books as shipped: what the report promises, how it is coloured, and what must stay apart."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from operator import ge, gt, le, lt
from pathlib import Path

import pytest

from flows.books import Books, load
from flows.verify_targets import verify
from models.indicator import normal_name
from models.rule import RuleCondition
from models.target import KINDS, Target

DISTRICT, CITY = "500104", "500000"


@pytest.fixture(scope="module")
def books() -> Books:
    return load(Path(__file__).parents[2] / "data" / "reference")


def of_section(books: Books, section: str) -> list[Target]:
    return [target for target in books.targets if (target.region, target.section) == (DISTRICT, section)]


def of_region(books: Books) -> list[Target]:
    return [target for target in books.targets if target.region == DISTRICT]


HEADLINE = [
    ("gdp", "growth", ">=", 6, "6%"),
    ("industrial_value_added", "growth", ">=", 8, "8%"),
    ("fixed_asset_investment", "growth", ">=", 5, "5 %"),
    ("retail_sales", "growth", ">=", 8, "8%"),
    ("services_value_added", "growth", ">=", 6, "6%"),
    ("general_public_budget_revenue", "growth", ">=", 7, "7 %"),
    ("urban_new_employment", "total", ">=", 10000, "1万人"),
    ("resident_income", "growth", "relative", None, "居民收入增长和地区生产总值增长同步"),
    ("energy_emission_tasks", "ratio", "external", None, "节能减排降碳等约束性指标完成市级任务"),
]


def test_the_nine_headline_targets(books: Books) -> None:
    found = [
        (t.indicator, t.measure, t.comparator, t.value, t.printed) for t in of_section(books, "headline")
    ]
    assert found == HEADLINE


@pytest.mark.parametrize(
    ("section", "quantified", "stages"),
    [
        ("headline", 9, 0),
        ("1", 9, 1),
        ("2", 13, 6),
        ("3", 1, 5),
        ("4", 17, 8),
        ("5", 2, 3),
        ("6", 3, 7),
        ("7", 1, 0),
    ],
)
def test_how_many_promises_each_section_makes(
    books: Books, section: str, quantified: int, stages: int
) -> None:
    rows = [target for target in of_section(books, section) if not target.has_no_result_yet]
    assert sum(target.kind != "stage" for target in rows) == quantified
    assert sum(target.kind == "stage" for target in rows) == stages


def test_every_section_has_a_target_and_every_target_a_place(books: Books) -> None:
    rows = of_region(books)
    assert {target.section for target in rows} == {"headline", *"1234567"}
    assert all(target.paragraph for target in rows)


def test_the_ten_livelihood_projects_are_named_and_counted(books: Books) -> None:
    rows = [target for target in books.targets if target.promise_id == "500104-2024-livelihood"]
    counted = [target for target in rows if not target.has_no_result_yet]
    assert [(t.comparator, t.value, t.unit, t.printed) for t in counted] == [(">=", 10, "项", "10项")]
    assert len(rows) - len(counted) == 10


@pytest.mark.parametrize(
    ("indicator", "measure", "comparator", "value", "unit", "modality"),
    [
        ("new_tax_registered_entities", "total", ">=", "3000", "户", "力争"),
        ("soe_assets", "level", ">=", "700", "亿元", None),
        ("park_tax_per_mu", "growth", ">=", "4", "%", None),
        ("state_assets_unified_supervision", "ratio", ">=", "100", "%", None),
        ("software_revenue", "growth", ">=", "30", "%", None),
        ("software_employees", "growth", ">=", "30", "%", None),
        ("rd_intensity", "ratio", ">=", "3.7", "%", None),
        ("zone_c_land_acquisition", "total", ">=", "1000", "亩", None),
        ("land_acquisition", "total", ">=", "1000", "亩", None),
        ("construction_output", "growth", ">=", "14", "%", None),
        ("housing_built", "total", ">=", "60", "万平方米", None),
        ("housing_sold", "total", ">=", "110", "万平方米", None),
        ("governance_projects", "total", ">=", "1", "个", None),
        ("rural_waste_treatment", "ratio", ">=", "100", "%", None),
        ("village_collectives_share", "ratio", ">=", "60", "%", "力争"),
        ("sewage_treatment", "ratio", ">=", "98", "%", "确保"),
        ("sewage_compliance", "ratio", ">=", "100", "%", "确保"),
        ("good_air_days", "total", ">=", "290", "天", "力争"),
        ("registered_unemployment", "ratio", "<=", "5.5", "%", None),
        ("affordable_housing_started", "total", ">=", "500", "套", None),
        ("debt_ratio", "ratio", "decrease", None, "%", "确保"),
    ],
)
def test_how_the_traps_of_the_report_are_entered(
    books: Books,
    indicator: str,
    measure: str,
    comparator: str,
    value: str | None,
    unit: str,
    modality: str | None,
) -> None:
    (row,) = [
        target for target in books.targets if (target.indicator, target.measure) == (indicator, measure)
    ]
    number = None if value is None else Decimal(value)
    assert (row.comparator, row.value, row.unit, row.modality) == (comparator, number, unit, modality)


def test_trade_is_one_promise_with_two_targets(books: Books) -> None:
    rows = [target for target in books.targets if target.indicator == "foreign_trade"]
    assert [(t.measure, t.value, t.promise_id) for t in rows] == [
        ("total", 33, "500104-2024-foreign-trade"),
        ("growth", 3, "500104-2024-foreign-trade"),
    ]


def test_income_keeps_step_with_the_district_s_own_gdp(books: Books) -> None:
    income = books.target("500104-2024-resident-income-growth")
    assert income is not None
    assert income.reference_target is not None
    gdp = books.target(income.reference_target)
    assert gdp is not None
    assert (gdp.region, gdp.indicator, gdp.measure) == (DISTRICT, "gdp", "growth")


def test_only_assigned_targets_are_binding(books: Books) -> None:
    assert [t.indicator for t in books.targets if t.nature == "约束性"] == ["energy_emission_tasks"]


def test_the_city_has_its_own_gdp_target(books: Books) -> None:
    rows = [target for target in books.targets if target.region == CITY]
    assert [(t.indicator, t.measure, t.comparator, t.value, t.tolerance) for t in rows] == [
        ("gdp", "growth", "~=", 6, 0)
    ]


def report_made_of(books: Books) -> str:
    """A report that prints, at each place, what the books say is printed there, and nothing else."""
    printed: dict[tuple[str, int], dict[tuple[str, str], str]] = defaultdict(dict)
    for target in of_region(books):
        printed[target.section, target.paragraph or 0][
            target.promise_id or target.target_id, target.printed
        ] = target.printed
    for other in books.figures_not_targets:
        printed[other.section, other.paragraph][str(other.occurrence), other.printed] = other.printed
    lines = [f"二、{''.join(printed.pop(('headline', 0)).values())}任务"]
    for number, section in enumerate(("headline", *"1234567")):
        lines += [f"（{'一二三四五六七'[number - 1]}）"] if number else []
        last = max(paragraph for place, paragraph in printed if place == section)
        lines += ["；".join(printed[section, paragraph].values()) or "无" for paragraph in range(1, last + 1)]
    return "\n".join(lines)


def test_values_and_printed_figures_of_the_district_agree(books: Books) -> None:
    text = report_made_of(books)
    assert verify(books, text, region=DISTRICT, year=2024) == []
    assert [
        str(problem) for problem in verify(books, text.replace("290天", "280天"), region=DISTRICT, year=2024)
    ] == [
        "第 4 部分第 4 段：目标 500104-2024-good-air-days 的“290天”找不到（该段有：98%、100%、600亩、280天）。请核对 printed。",
        "第 4 部分第 4 段：“280天”出现 1 次，只被认领 0 次。请录入 targets.csv，或在 figures_not_targets.csv 写明理由。",
    ]


LOOK_ALIKES = [
    ("社会消费品零售总额", "限上单位社会消费品零售总额"),
    ("固定资产投资", "房地产开发投资"),
    ("固定资产投资", "工业投资"),
    ("固定资产投资", "基础设施投资"),
    ("城镇登记失业率", "城镇调查失业率"),
    ("建筑业产值", "建筑业增加值"),
    ("服务业增加值", "第三产业增加值"),
    ("规模以上工业增加值", "规模以上工业总产值"),
    ("土地征收", "建桥C区拓展区首期土地征收"),
]


@pytest.mark.parametrize(("one", "other"), LOOK_ALIKES)
def test_look_alikes_are_two_indicators(books: Books, one: str, other: str) -> None:
    names = books.indicator_names()
    assert names[normal_name(one)] != names[normal_name(other)]


@pytest.mark.parametrize(
    "name", ["全社会固定资产投资", "到位资金", "失业率", "城镇失业率", "增加值", "零售额", "GDP增速"]
)
def test_a_name_that_could_mean_two_things_means_none(books: Books, name: str) -> None:
    assert normal_name(name) not in books.indicator_names()


def test_a_compiler_is_not_asked_for_measures(books: Books) -> None:
    for target in books.targets:
        office = books.office(target.responsible_office)
        assert office is not None
        assert "responsible" in office.role
    assert not {"responsible"} & set((books.office("statistics") or pytest.fail("no statistics")).role)


def test_offices_are_marked_as_suggested_and_no_mail_can_leave(books: Books) -> None:
    assert all(office.suggested for office in books.offices)
    assert all(address.endswith(".invalid") for office in books.offices for address in office.emails)
    assert all(office.emails for office in books.offices)


def test_every_responsible_office_has_a_leader_and_every_watched_region_leadership(books: Books) -> None:
    for target in books.targets:
        leader = books.office(target.leader or "")
        assert leader is not None
        assert "leader" in leader.role
        assert leader.region == target.region
    led = {office.region for office in books.offices if "leadership" in office.role}
    assert led == {DISTRICT, CITY}


COMPARE = {">=": ge, ">": gt, "<=": le, "<": lt}


def holds(condition: RuleCondition, value: Decimal | None) -> bool:
    """A subject that is not there meets only `any`."""
    if condition.operator == "any":
        return True
    return value is not None and COMPARE[condition.operator](value, condition.threshold)


def judged(books: Books, rule_set: str, kind: str, *, nature: str = "预期性", **subjects: str) -> str:
    """The plainest reading of a rule set: its conditions by priority, the first that holds."""
    rows: list[RuleCondition] = sorted(
        (r for r in books.rules if (r.rule_set, r.kind) == (rule_set, kind) and r.nature in (nature, "*")),
        key=lambda r: r.priority,
    )
    known = {name: Decimal(value) for name, value in subjects.items()}
    return next(r.status for r in rows if holds(r, known.get(r.subject)))


DEFAULT_RED = [
    ("total", "gap_points", "-5"),
    ("level", "gap_points", "-5"),
    ("growth", "gap_points", "-1.0"),
    ("ratio", "gap_points", "-0.5"),
    ("relative", "gap_points", "-0.5"),
    ("change", "gap_points", "-5"),
    ("rank", "gap", "-1"),
    ("stage", "gap", "-30"),
]


@pytest.mark.parametrize(("kind", "subject", "red"), DEFAULT_RED)
def test_default_rules_at_their_boundaries(books: Books, kind: str, subject: str, red: str) -> None:
    def colour(value: Decimal) -> str:
        return judged(books, "default@1", kind, **{subject: str(value)})

    step = Decimal("0.000001")
    assert [colour(Decimal(red) + move) for move in (-step, 0 * step, step)] == [
        "behind",
        "slightly_behind",
        "slightly_behind",
    ]
    assert [colour(move) for move in (-step, 0 * step, step)] == [
        "slightly_behind",
        "on_schedule",
        "on_schedule",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_any_shortfall_of_a_binding_target_is_red(books: Books, kind: str) -> None:
    for rule_set in ("default@1", "linear@1", "projects@1", "growth_sign@1"):
        assert (
            judged(books, rule_set, kind, nature="约束性", gap="-0.000001", gap_points="-0.000001")
            == "behind"
        )
        assert (
            judged(books, rule_set, kind, nature="约束性", gap="0", gap_points="0", actual="1")
            == "on_schedule"
        )


@pytest.mark.parametrize("kind", ["total", "level", "change"])
def test_a_target_of_zero_is_judged_on_the_gap(books: Books, kind: str) -> None:
    assert judged(books, "default@1", kind, gap="-1") == "behind"
    assert judged(books, "default@1", kind, gap="0") == "on_schedule"


@pytest.mark.parametrize(
    ("rule_set", "kind", "subjects", "status"),
    [
        ("linear@1", "total", {"linear_gap_points": "-0.1"}, "behind"),
        ("linear@1", "total", {"linear_gap_points": "0", "gap_points": "-9"}, "on_schedule"),
        ("linear@1", "growth", {"gap_points": "-0.1"}, "behind"),
        ("projects@1", "total", {"gap_points": "-9.9"}, "on_schedule"),
        ("projects@1", "total", {"gap_points": "-10"}, "slightly_behind"),
        ("projects@1", "total", {"gap_points": "-29.9"}, "slightly_behind"),
        ("projects@1", "total", {"gap_points": "-30"}, "behind"),
        ("growth_sign@1", "growth", {"actual": "-0.1", "gap_points": "-6.1"}, "behind"),
        ("growth_sign@1", "growth", {"actual": "0.1", "gap_points": "-5.9"}, "slightly_behind"),
        (
            "growth_sign@1",
            "growth",
            {"actual": "7", "gap_points": "1", "peer_gap": "-0.1"},
            "slightly_behind",
        ),
        ("growth_sign@1", "growth", {"actual": "7", "gap_points": "1", "peer_gap": "0"}, "on_schedule"),
        ("growth_sign@1", "growth", {"actual": "7", "gap_points": "1"}, "on_schedule"),
    ],
)
def test_the_other_rule_sets(
    books: Books, rule_set: str, kind: str, subjects: dict[str, str], status: str
) -> None:
    assert judged(books, rule_set, kind, **subjects) == status


def test_severity_is_scaled_alike_in_every_rule_set(books: Books) -> None:
    scales = {kind: {row.scale for row in books.rules if row.kind == kind} for kind in KINDS}
    assert scales == {
        "total": {5},
        "level": {5},
        "growth": {1},
        "ratio": {Decimal("0.5")},
        "rank": {1},
        "relative": {Decimal("0.5")},
        "change": {5},
        "stage": {30},
        "external": {Decimal("0.5")},
    }


def test_every_rule_set_covers_every_kind(books: Books) -> None:
    last = {(row.rule_set, row.kind) for row in books.rules if row.operator == "any" and row.nature == "*"}
    assert last == {(rule_set, kind) for rule_set in {row.rule_set for row in books.rules} for kind in KINDS}


@pytest.mark.parametrize("indicator", ["rd_intensity", "park_tax_per_mu", "energy_emission_tasks"])
def test_annual_figures_are_due_in_the_middle_of_the_next_year(books: Books, indicator: str) -> None:
    entry = books.calendar_entry(indicator)
    assert entry is not None
    assert entry.months == (12,)
    assert entry.final_lag_days > 180
    assert entry.grace_days > 0


def test_monthly_activity_reports_no_january(books: Books) -> None:
    entry = books.calendar_entry("industrial_value_added")
    assert entry is not None
    assert entry.months == tuple(range(2, 13))
