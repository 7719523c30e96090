-- one row per target that may be in scope: of a watched region's newest year, of a year in which a target may
-- still be open, and of a year judged before on this date
with context as (
    select as_of from main.run_context
),

closing as (
    select
        indicator,
        year,
        final_period,
        max(due_on + grace_days::integer) filter (where period_end = final_period) as closes_on
    from judge_due
    group by indicator, year, final_period
),

already_said as (
    select distinct target_id
    from main.assessment
    inner join context on context.as_of = assessment.as_of
),

target as (
    select
        judge_target.target_id,
        judge_target.region,
        judge_target.year,
        closing.closes_on,
        coalesce(context.as_of <= closing.closes_on, true) as is_open,
        already_said.target_id is not null as is_said
    from judge_target
    cross join context
    inner join judge_watched as watched on watched.region = judge_target.region
    left join closing
        on
            closing.indicator = judge_target.indicator
            and closing.year = judge_target.year
            and closing.final_period = judge_target.final_period
    left join already_said on already_said.target_id = judge_target.target_id
)

select
    *,
    year = max(year) over (partition by region) as is_newest_year
from target
qualify is_newest_year or bool_or(is_open or is_said) over (partition by region, year)
