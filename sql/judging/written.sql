-- one row per judged row to write: the newest of each target, and earlier periods whose judgement is not
-- the one that is stored. Who sent a figure again, or when, does not make a new judgement of an earlier
-- period
with context as (
    select as_of from main.run_context
),

judged as (
    select judged.*, scope.* exclude (target_no, series_no)
    from judge_judged as judged
    inner join judge_scope as scope on scope.target_no = judged.target_no
),

stored as (
    select assessment.*
    from main.assessment
    inner join context on assessment.as_of <= context.as_of
    where assessment.period_end is not null
    qualify row_number() over (
        partition by assessment.target_id, assessment.period_end
        order by assessment.as_of desc, assessment.revision desc
    ) = 1
)

select
    judged.row_no,
    coalesce(judged.is_newest, true) as is_newest
from judged
left join stored on stored.target_id = judged.target_id and stored.period_end = judged.period_end
where
    coalesce(judged.is_newest, true)
    or stored.target_id is null
    or row(
        judged.actual, judged.bound, judged.reference_value, judged.target_value, judged.value_high,
        judged.comparator, judged.rule_set, judged.expected, judged.gap, judged.gap_points, judged.status,
        judged.rivals
    ) is distinct from row(
        stored.actual, stored.actual_bound, stored.reference_value, stored.target_value, stored.value_high,
        stored.comparator, stored.rule_set, stored.expected, stored.gap, stored.gap_points, stored.status,
        stored.rivals
    )
