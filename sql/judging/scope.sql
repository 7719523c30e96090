-- one row per target to judge: those of each watched region's newest year that has begun, and of every
-- earlier year that is still open; an earlier year that closes on this date is judged once more, to say so
with context as (
    select as_of from main.run_context
),

due as (
    select
        indicator,
        year,
        final_period,
        max(due_on + grace_days::integer) filter (where period_end = final_period) as closes_on
    from judge_due
    group by indicator, year, final_period
),

staged as (
    select distinct target_id from judge_stage
),

target as (
    select
        judge_target.target_id,
        judge_target.region,
        judge_target.year,
        series.series_no,
        due.closes_on,
        coalesce(final.finality <> 'estimate' and not final.is_disputed, false)
        or context.as_of > due.closes_on as is_closed
    from judge_target
    cross join context
    inner join judge_watched as watched on watched.region = judge_target.region
    inner join judge_series as series
        on
            series.region = judge_target.region
            and series.indicator = judge_target.indicator
            and series.measure = judge_target.measure
            and series.basis = judge_target.basis
    left join due
        on
            due.indicator = judge_target.indicator
            and due.year = judge_target.year
            and due.final_period = judge_target.final_period
    left join judge_known as final
        on final.series_no = series.series_no and final.period_end = judge_target.final_period
),

year_of_region as (
    select
        region,
        year,
        bool_and(is_closed) as is_year_closed,
        year = max(year) over (partition by region) as is_newest_year
    from target
    group by region, year
),

already_said as (
    select distinct target_id
    from main.assessment
    inner join context on context.as_of = assessment.as_of
),

chosen as (
    select target.*, year_of_region.is_year_closed
    from target
    inner join year_of_region
        on year_of_region.region = target.region and year_of_region.year = target.year
    left join already_said on already_said.target_id = target.target_id
    where
        year_of_region.is_newest_year
        or not year_of_region.is_year_closed
        or already_said.target_id is not null
)

select
    row_number() over ()::integer as target_no,
    judge_target.*,
    chosen.series_no,
    chosen.closes_on,
    chosen.is_closed,
    chosen.is_year_closed,
    scale.scale_micro,
    scale.uses_linear,
    staged.target_id is not null as has_stages
from chosen
inner join judge_target on judge_target.target_id = chosen.target_id
left join judge_scale as scale
    on
        scale.rule_set = judge_target.rule_set
        and scale.kind = judge_target.kind
        and scale.nature = judge_target.nature
left join staged on staged.target_id = chosen.target_id
