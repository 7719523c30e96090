-- one row per origin and method: forecast, 80 % interval, target and probability beside what the year came to
with origin as (

    select * from forecast_origin

),

said as (

    select
        ours.series_id,
        ours.year,
        ours.origin_month as month,
        'ours' as method,
        ours.forecast,
        ours.low,
        ours.high,
        probability.probability
    from forecast as ours
    left join forecast_probability as probability using (series_id, year, origin_month)
    union all
    select
        series_id,
        year,
        month,
        method,
        forecast,
        low,
        high,
        probability
    from backtest_plain_said

)

select
    said.series_id,
    said.year,
    said.month,
    said.method,
    said.forecast,
    said.low,
    said.high,
    said.probability,
    target.target,
    whole_year.total::double as actual
from said
inner join origin using (series_id, year, month)
inner join backtest_whole_year as whole_year using (series_id, year)
left join forecast_target as target
    on said.series_id = target.series_id and said.year = target.year and said.month = target.origin_month
