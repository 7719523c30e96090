-- one row per target in scope with a figure: how its newest figure stands under the rules just applied
select
    scope.region_name,
    scope.target_id,
    scope.indicator_name,
    scope.kind,
    judged.period_end,
    judged.status,
    judged.expected,
    judged.gap,
    judged.gap_points,
    judged.schedule_basis,
    judged.rule_priority,
    judged.rule_label,
    coalesce(judged.rule_label_en, judged.rule_label) as rule_label_en
from judge_judged as judged
inner join judge_scope as scope on scope.target_no = judged.target_no
where judged.is_newest
order by scope.region, scope.target_id
