-- one row per series, year, month and plain method: its forecast with interval and probability, from the same
-- distribution as ours, through the ends of the interval that its own earlier errors give
with placed as (

    select
        plain.series_id,
        plain.year,
        plain.month,
        plain.method,
        plain.forecast,
        spread.low as spread_low,
        spread.high as spread_high,
        case
            when target.target > 0 and plain.forecast > 0 then ln(target.target / plain.forecast)
        end as distance,
        1.5332 * distance / case when distance < 0 then -spread.low else spread.high end as t
    from backtest_plain as plain
    left join backtest_plain_spread as spread using (method, year, month)
    left join forecast_target as target
        on
            plain.series_id = target.series_id
            and plain.year = target.year
            and plain.month = target.origin_month

)

select
    series_id,
    year,
    month,
    method,
    forecast,
    case when method = 'carried' then forecast + spread_low else forecast * exp(spread_low) end as low,
    case when method = 'carried' then forecast + spread_high else forecast * exp(spread_high) end as high,
    0.5 - 0.375 * t / sqrt(1 + t * t / 4) * (1 - t * t / (12 + 3 * t * t)) as probability
from placed
