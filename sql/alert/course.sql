-- one row per target and period of its year: the newest assessment that the runs up to $as_of wrote
with assessments as (
    select * from assessment
    where as_of <= $as_of and period_end is not null
)

select
    target_id,
    period_end,
    status
from assessments
qualify
    row_number() over (
        partition by target_id, period_end
        order by as_of desc, revision desc
    ) = 1
order by target_id, period_end
