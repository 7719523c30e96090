-- one row per period whose figures are compared: every one since the first month of a target, and of
-- earlier years the same months and the final ones
with target as (
    select min(span_start) as first_day from judge_target
),

observed as (
    select distinct period_end from main.observation
    union
    select distinct period_end from main.rejection
    where period_end is not null
),

month_needed as (
    select month(observed.period_end) as month from observed
    inner join target on observed.period_end >= target.first_day
    union
    select month(final_period) as month from judge_target
    union
    select 12 as month
)

select observed.period_end
from observed
inner join month_needed on month_needed.month = month(observed.period_end)
