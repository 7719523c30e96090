-- one row per moment with history: the expected year-end figure, from its own year up to the month and
-- earlier years only
with rate as (

    select * from forecast_rate

),

coefficient as (

    select * from forecast_coefficient

),

recent as (

    select
        *,
        coalesce(three_months, so_far) as latest_three,
        (latest_three + coalesce(latest_month, latest_three)) / 2 - so_far as quickening
    from rate

),

paced as (

    select
        recent.*,
        greatest(1 - coalesce(recent.usual_share, 0), 0.005) as part_to_come,
        coefficient.usual_error
        * part_to_come ** coefficient.error_power
        * ((recent.unrest + 0.02) / 0.1) ** coefficient.unrest_power as usual_error,
        coefficient.slope * recent.so_far
        - coefficient.slope_fade * greatest(recent.so_far, 0)
        + coefficient.recent * recent.quickening
        - coefficient.recent_fade * greatest(recent.quickening, 0)
        - coefficient.base * coalesce(recent.base, 0)
        + case recent.method when 'growth' then (1 - coefficient.slope) * recent.mean_final else 0 end as pace
    from recent
    inner join coefficient using (family, month)

)

select
    series_id,
    year,
    month,
    family,
    method,
    n_years,
    floor,
    actual,
    usual_error,
    -- where the year leaves its past behind, the rest of it may go either way by most of what it grew or fell
    -- beyond a tenth. The forecast itself moves by more, so a better figure still lowers neither end.
    case
        when method in ('remainder', 'share') then 0.6 * greatest(abs(so_far) - 0.1, 0) * part_to_come
        else 0
    end as leeway,
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
