-- one row per target and period: what was said when its figure was the newest, and what is known of it now
with context as (
    select as_of from main.run_context
),

assessment as (
    select assessment.*
    from main.assessment
    inner join context on assessment.as_of <= context.as_of
    where assessment.period_end is not null
),

first_said as (
    select * from assessment
    qualify row_number() over (
        partition by target_id, period_end
        order by as_of, revision
    ) = 1
),

last_said as (
    select * from assessment
    qualify row_number() over (
        partition by target_id, period_end
        order by as_of desc, revision desc
    ) = 1
)

select
    last_said.region,
    last_said.target_id,
    last_said.indicator_name,
    last_said.unit,
    last_said.period_end,
    first_said.as_of as said_on,
    first_said.actual as actual_then,
    first_said.gap_points as gap_points_then,
    first_said.status as status_then,
    first_said.source_file as source_file_then,
    last_said.as_of as known_on,
    last_said.actual as actual_now,
    last_said.gap_points as gap_points_now,
    last_said.status as status_now,
    last_said.source_file as source_file_now,
    last_said.actual - first_said.actual as difference,
    last_said.status <> first_said.status as is_status_changed,
    coalesce(last_said.actual, 0) <> coalesce(first_said.actual, 0)
    or (last_said.actual is null) <> (first_said.actual is null)
    or coalesce(last_said.actual_bound, '') <> coalesce(first_said.actual_bound, '') as is_restated
from last_said
inner join first_said
    on first_said.target_id = last_said.target_id and first_said.period_end = last_said.period_end
