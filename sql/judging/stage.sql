-- one row per dated stage of a stage target: how many stages should be finished with it, and what the plan
-- is in all
select
    target_id,
    period_end as stage_end,
    stage_name,
    sum(micro(value)) over running as planned_micro,
    sum(micro(value)) over (partition by target_id) as all_micro,
    max(period_end) over (partition by target_id) as last_stage_end
from main.book_schedule_point
window running as (partition by target_id order by period_end, stage_name)
