-- one row per candidate with history: the expected year-end figure, from its own year up to the month and
-- earlier years only
with rate as (

    select * from forecast_rate

),

coefficient as (

    select * from forecast_coefficient

),

rest as (

    select
        rate.*,
        coefficient.usual_error,
        case method
            when 'remainder' then
                coefficient.slope * rate.slope
                + coefficient.recent * coalesce(rate.recent - rate.slope, 0)
                - coefficient.base * coalesce(rate.base, 0)
                + coefficient.year_end * coalesce(rate.year_end, 0)
            when 'growth' then
                coefficient.slope * rate.actual + (1 - coefficient.slope) * rate.mean_final
                + coefficient.recent * coalesce(rate.recent - rate.actual, 0)
                - coefficient.base * coalesce(rate.base, 0)
        end as pace
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
    actual,
    usual_error,
    case
        when month = 12 then actual
        when method = 'remainder' then greatest(actual + last_rest * exp(pace), last_final / 1000)
        when method = 'share' then greatest(actual / mean_share, last_final / 1000)
        when method = 'difference' then actual + mean_rest
        when method = 'growth' then (month * actual + (12 - month) * pace) / 12
        else actual
    end as forecast,
    method in ('remainder', 'share') as is_relative,
    case when method = 'difference' then usual_size else 1 end as unit
from rest
