-- one row per target and period of its year: the newest assessment that the runs up to $as_of wrote
with assessments as (
    select * from assessment where as_of <= $as_of and period_end is not null
),

runs as (
    select run_id, started_at from run
)

select
    assessments.target_id,
    assessments.period_end,
    assessments.status
from assessments
left join runs on runs.run_id = assessments.run_id
qualify row_number() over (
    partition by assessments.target_id, assessments.period_end
    order by assessments.as_of desc, runs.started_at desc nulls last, assessments.assessment_id desc
) = 1
order by assessments.target_id, assessments.period_end
