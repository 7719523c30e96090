-- one row per candidate with history: the expected year-end figure, from its own year up to the month and
-- earlier years only
with rate as (

    select * from forecast_rate

),

coefficient as (

    select * from forecast_coefficient

),

paced as (

    select
        rate.*,
        coefficient.usual_error
        * greatest(1 - coalesce(rate.usual_share, 0), 0.005) ** coefficient.error_power as usual_error,
        coefficient.slope * rate.so_far
        + coefficient.recent * coalesce(rate.recently - rate.so_far, 0)
        + coefficient.latest * coalesce(rate.latest - rate.recently, 0)
        - coefficient.base * coalesce(rate.base, 0)
        + case when method = 'growth' then (1 - coefficient.slope) * rate.mean_final else 0 end as pace
    from rate
    inner join coefficient using (family, month)

)

select
    series_id,
    year,
    month,
    family,
    method,
    n_years,
    unrest,
    floor,
    actual,
    usual_error,
    case
        when month = 12 then actual
        when method = 'remainder' then greatest(actual + last_rest * exp(pace), last_final / 1000)
        when method = 'share' then greatest(actual / usual_share, last_final / 1000)
        when method = 'difference' then actual + mean_rest
        when method = 'growth' then (month * actual + (12 - month) * pace) / 12
        else actual
    end as forecast,
    method in ('remainder', 'share') as is_relative,
    case when method = 'difference' then usual_size else 1 end as unit
from paced
