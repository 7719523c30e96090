-- one row per target to judge: those of each watched region's newest year that has begun, and of every
-- earlier year that is still open; an earlier year that closes on this date is judged once more, to say so
with context as (
    select as_of from main.run_context
),

staged as (
    select distinct target_id from judge_stage
),

candidate as (
    select
        judge_target.target_id,
        judge_target.region,
        judge_target.year,
        series.series_no,
        candidate.closes_on,
        candidate.is_newest_year,
        candidate.is_said,
        coalesce(final.finality <> 'estimate' and not final.is_disputed, false)
        or context.as_of > candidate.closes_on as is_closed
    from judge_candidate as candidate
    cross join context
    inner join judge_target on judge_target.target_id = candidate.target_id
    inner join judge_series as series
        on
            series.region = judge_target.region
            and series.indicator = judge_target.indicator
            and series.measure = judge_target.measure
            and series.basis = judge_target.basis
    left join judge_known as final
        on final.series_no = series.series_no and final.period_end = judge_target.final_period
),

dated as (
    select
        *,
        bool_and(is_closed) over (partition by region, year) as is_year_closed
    from candidate
),

chosen as (
    select * from dated
    where is_newest_year or not is_year_closed or is_said
)

select
    row_number() over ()::integer as target_no,
    judge_target.*,
    chosen.series_no,
    chosen.closes_on,
    chosen.is_closed,
    chosen.is_year_closed,
    scale.scale_micro,
    scale.scale_num,
    scale.scale_den,
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
