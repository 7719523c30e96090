-- one row per series of totals, final month and month of an earlier year: the figure at the month and the
-- year's own final figure, both from one vintage. Where the year was restated in part, that is the
-- strongest delivery which holds both, else the first final figure with what was known of the month on the
-- day it came
with target as (
    select * from judge_target
    where year(final_period) = year and kind in ('total', 'growth', 'external')
),

totals as (
    select series_no, region, indicator from judge_series
    where measure = 'total' and basis = 'ytd'
),

wanted as (
    select totals.series_no, month(target.final_period) as final_month, target.year
    from target
    inner join totals on totals.region = target.region and totals.indicator = target.indicator
    union all
    select totals.series_no, month(target.final_period) as final_month, target.year
    from target
    inner join totals on totals.region = target.region and totals.indicator = target.proxy
),

newest as (
    select series_no, final_month, max(year) as year from wanted
    group by series_no, final_month
),

known as (
    select * from judge_known
    where bound is null and not is_disputed
),

paired as (
    select
        newest.series_no,
        newest.final_month,
        year(known.period_end) as year,
        month(known.period_end) as month,
        known.period_end,
        final.period_end as final_period_end,
        known.value_micro,
        final.value_micro as final_micro,
        (known.is_restated or final.is_restated) and known.delivery_id <> final.delivery_id as is_mixed
    from newest
    inner join known on known.series_no = newest.series_no and year(known.period_end) < newest.year
    inner join known as final
        on
            final.series_no = known.series_no
            and year(final.period_end) = year(known.period_end)
            and month(final.period_end) = newest.final_month
    where month(known.period_end) <= newest.final_month
)

select
    paired.series_no,
    paired.final_month,
    paired.year,
    paired.month,
    case when paired.is_mixed then one.value_micro else paired.value_micro end as value_micro,
    case when paired.is_mixed then one.final_micro else paired.final_micro end as final_micro
from paired
left join judge_one_vintage as one
    on
        one.series_no = paired.series_no
        and one.period_end = paired.period_end
        and one.final_period_end = paired.final_period_end
where case when paired.is_mixed then one.final_micro else paired.final_micro end > 0
