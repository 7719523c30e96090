-- one row per series of totals, final month, judged month and earlier year: the figure at the month and the
-- year's own final figure, both from one vintage. Where the year was restated in part, that is the
-- strongest delivery which holds both, else the first final figure with what was known of the month on the
-- day it came
with target_row as (
    select
        scope.series_no,
        scope.region,
        scope.indicator,
        scope.proxy,
        scope.pattern,
        scope.basis,
        scope.kind,
        scope.year,
        scope.months_total as final_month,
        judge_row.months_elapsed as month
    from judge_row
    inner join judge_scope as scope on scope.target_no = judge_row.target_no
    where judge_row.period_end is not null and scope.months_total <= 12
),

totals as (
    select series_no, region, indicator from judge_series
    where measure = 'total' and basis = 'ytd'
),

wanted as (
    select series_no, final_month, month, year from target_row
    where pattern = 'total' and basis = 'ytd'
    union all
    select totals.series_no, final_month, month, year
    from target_row
    inner join totals on totals.region = target_row.region and totals.indicator = target_row.indicator
    where target_row.kind = 'growth'
    union all
    select totals.series_no, final_month, month, year
    from target_row
    inner join totals on totals.region = target_row.region and totals.indicator = target_row.proxy
    where target_row.kind = 'growth'
),

newest as (
    select series_no, final_month, month, max(year) as year from wanted
    group by series_no, final_month, month
),

paired as (
    select
        newest.series_no,
        newest.final_month,
        earlier.year,
        newest.month,
        earlier.is_contested,
        micro(earlier.value[newest.month]) as value_micro,
        micro(earlier.value[newest.final_month]) as final_micro
    from newest
    inner join judge_year as earlier
        on earlier.series_no = newest.series_no and earlier.year < newest.year
),

known as (
    select
        series_no,
        period_end,
        delivery_id,
        is_restated
    from judge_known
    where bound is null and not is_disputed
),

mixed as (
    select
        paired.series_no,
        paired.final_month,
        paired.year,
        paired.month,
        one.value_micro,
        one.final_micro
    from paired
    inner join known
        on
            known.series_no = paired.series_no
            and known.period_end = last_day(make_date(paired.year, paired.month, 1))
    inner join known as final
        on
            final.series_no = paired.series_no
            and final.period_end = last_day(make_date(paired.year, paired.final_month, 1))
    left join judge_one_vintage as one
        on
            one.series_no = paired.series_no
            and one.period_end = known.period_end
            and one.final_period_end = final.period_end
    where
        paired.is_contested
        and (known.is_restated or final.is_restated)
        and known.delivery_id <> final.delivery_id
)

select series_no, final_month, year, month, value_micro, final_micro from paired
anti join mixed using (series_no, final_month, year, month)
where value_micro is not null and final_micro > 0
union all
select series_no, final_month, year, month, value_micro, final_micro from mixed
where final_micro > 0
