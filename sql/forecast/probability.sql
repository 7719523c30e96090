-- one row per series, year, origin month, target and direction: the probability that the year-end figure reaches
-- the target, from the distribution behind the forecast's interval: on either side of the forecast a Student
-- distribution with four degrees of freedom (1.5332 is its ninetieth percentile) through the interval's end.
-- Reaching means at least the target (`higher`) or at most (`lower`).
with forecast as (

    select * from forecast

),

target as (

    select distinct series_id, year, origin_month, target, direction from forecast_target

),

placed as (

    select
        target.*,
        forecast.reason,
        case
            when not forecast.is_relative then target.target - forecast.forecast
            when target.target > 0 then ln(target.target::double / forecast.forecast)
        end as distance,
        forecast.is_relative,
        forecast.forecast,
        forecast.spread_low,
        forecast.spread_high
    from target
    inner join forecast using (series_id, year, origin_month)

),

student as (

    select
        *,
        1.5332 * distance / nullif(case when distance < 0 then -spread_low else spread_high end, 0) as t
    from placed

),

below as (

    select
        *,
        case
            when reason is not null or target is null then null
            when distance is null then 0
            when t is null then (distance > 0)::integer
            else 0.5 + 0.375 * t / sqrt(1 + t * t / 4) * (1 - t * t / (12 + 3 * t * t))
        end as below
    from student

)

select
    series_id,
    year,
    origin_month,
    target,
    direction,
    least(greatest(case direction when 'lower' then below else 1 - below end, 0), 1) as probability
from below
