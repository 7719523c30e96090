-- one row per target and as-of date: what was said of its newest period then, last where it was said twice
with assessments as (
    select * from assessment
    where is_newest
)

select
    target_id,
    as_of,
    period_end,
    status,
    severity,
    outlook,
    data_state,
    periods_in_status,
    assessment_id,
    coalesce(lumpy, false) and status = 'slightly_behind' and coalesce(schedule_basis, '') <> 'interim'
        as is_between_dates
from assessments
qualify
    row_number() over (
        partition by target_id, as_of
        order by revision desc
    ) = 1
order by target_id, as_of
