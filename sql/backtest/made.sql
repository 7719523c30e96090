-- one row per origin and method: forecast, 80 % interval, target and probability beside what the year came
-- to. Plain methods take their probability from the same distribution as ours, through the ends of their own
-- interval.
with origin as (

    select
        forecast_origin.*,
        whole_year.total::double as actual
    from forecast_origin
    inner join backtest_whole_year as whole_year using (series_id, year)

),

ours as (

    select
        series_id,
        year,
        origin_month as month,
        'ours' as method,
        forecast,
        low,
        high
    from forecast

),

plain as (

    select
        series_id,
        year,
        month,
        method,
        forecast,
        case when method = 'carried' then forecast + low else forecast * exp(low) end as low,
        case when method = 'carried' then forecast + high else forecast * exp(high) end as high,
        spread.low as spread_low,
        spread.high as spread_high
    from backtest_plain
    left join backtest_plain_spread as spread using (method, year, month)

),

distance as (

    select
        plain.*,
        target.target,
        ln(target.target / nullif(plain.forecast, 0)) as distance,
        1.5332 * distance / case when distance < 0 then -spread_low else spread_high end as t
    from plain
    left join forecast_target as target
        on
            plain.series_id = target.series_id
            and plain.year = target.year
            and plain.month = target.origin_month
            and target.target > 0 and plain.forecast > 0

),

made as (

    select
        series_id,
        year,
        month,
        method,
        forecast,
        low,
        high,
        0.5 - 0.375 * t / sqrt(1 + t * t / 4) * (1 - t * t / (12 + 3 * t * t)) as probability
    from distance
    union all
    select
        ours.*,
        probability.probability
    from ours
    left join forecast_probability as probability
        on
            ours.series_id = probability.series_id and ours.year = probability.year
            and ours.month = probability.origin_month

)

select
    made.*,
    origin.actual,
    target.target
from made
inner join origin using (series_id, year, month)
left join forecast_target as target
    on made.series_id = target.series_id and made.year = target.year and made.month = target.origin_month
