-- one row per target and as-of date: what the runs of that date saw of its newest period
with assessments as (
    select * from assessment
),

runs as (
    select run_id, started_at from run
)

select
    assessments.target_id,
    assessments.as_of,
    assessments.period_end,
    assessments.status,
    assessments.severity,
    assessments.outlook,
    assessments.data_state,
    assessments.periods_in_status,
    assessments.assessment_id
from assessments
left join runs on runs.run_id = assessments.run_id
qualify row_number() over (
    partition by assessments.target_id, assessments.as_of
    order by
        assessments.period_end desc nulls last, runs.started_at desc nulls last,
        assessments.assessment_id desc
) = 1
order by assessments.target_id, assessments.as_of
