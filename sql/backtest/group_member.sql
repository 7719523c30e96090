-- one row per series and group it is scored in: growth rates; totals; and of the totals those that flow
-- evenly enough for a ruler to make sense, without stocks (half of the year-end figure is there in the first
-- month reported) and without series that change sign
with series as (

    select * from forecast_series

),

nature as (

    select
        series.series_id,
        any_value(series.measure_kind) as measure_kind,
        min(series.value) <= 0 as changes_sign,
        median(series.value / nullif(whole_year.total, 0)) filter (where series.month <= 3) > 0.5 as is_stock
    from series
    left join backtest_whole_year as whole_year using (series_id, year)
    group by series.series_id

)

select
    series_id,
    'growth' as scored_in
from nature
where measure_kind = 'growth'
union all
select
    series_id,
    'total' as scored_in
from nature
where measure_kind = 'flow_total'
union all
select
    series_id,
    'flow' as scored_in
from nature
where measure_kind = 'flow_total' and not changes_sign and not coalesce(is_stock, false)
