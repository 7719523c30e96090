-- one row per target and period of its year: the newest assessment that the runs up to $as_of wrote
with assessments as (
    select * from assessment
    where as_of <= $as_of and period_end is not null
    qualify
        row_number() over (
            partition by target_id, period_end
            order by as_of desc, revision desc
        ) = 1
),

deliveries as (
    select delivery_id, release_state from delivery
)

select
    assessments.target_id,
    assessments.period_end,
    assessments.status,
    coalesce(deliveries.release_state, 'released') = 'unreleased' as is_unreleased
from assessments
left join deliveries on deliveries.delivery_id = assessments.delivery_id
order by assessments.target_id, assessments.period_end
