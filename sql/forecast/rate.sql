-- one row per moment with history: the method, and the rates its formula uses. The method depends on
-- earlier years alone, never on the year's own figure, so that a better figure never lowers the forecast.
-- Growth rates are natural logarithms within -1 and 1 (flow) or percentage points (growth).
with signal as (

    select * from forecast_restless

),

method as (

    select
        *,
        case
            when family in ('growth', 'ratio') then family
            when family = 'flow' and is_positive and last_rest > 0 then 'remainder'
            when is_positive then 'share'
            else 'difference'
        end as method
    from signal

)

select
    series_id,
    year,
    month,
    case when method = 'difference' then 'signed' else family end as family,
    method,
    n_years,
    unrest,
    case when family = 'flow' and is_rising and list_min(past_actual) >= 0 then actual end as floor,
    actual,
    last_actual,
    last_final,
    last_rest,
    -- growth over the same months of last year: so far, in the last three months, in the latest one
    case
        when method = 'growth' then actual
        when method in ('remainder', 'share') then ln(least(greatest(actual / last_actual, exp(-1)), exp(1)))
    end as so_far,
    case
        when method = 'growth' then (month * actual - since * (actual - recent)) / (month - since)
        when method = 'remainder' and last_recent > 0
            then ln(least(greatest(recent / last_recent, exp(-1)), exp(1)))
    end as three_months,
    case
        when method = 'growth' then month * actual - (month - 1) * (actual - latest)
        when method = 'remainder' and last_latest > 0
            then ln(least(greatest(latest / last_latest, exp(-1)), exp(1)))
    end as latest_month,
    -- how unusual last year's rest was: beside the median of four years (flow), beside its own beginning
    -- (growth)
    case
        when method = 'growth' and month < 12
            then (12 * last_final - month * last_actual) / (12 - month) - last_actual
        when method = 'remainder' then
            ln(last_rest / last_actual)
            - list_median([
                -- DuckDB evaluates a list for rows of every method: no logarithm may fail there
                ln(greatest((pair[2] - pair[1]) / pair[1], 1e-9))
                for pair in list_zip(past_actual, past_final)
                if pair[2] > pair[1]
            ])
    end as base,
    case
        when is_positive and family in ('flow', 'level')
            then list_median([pair[1] / pair[2] for pair in list_zip(past_actual, past_final)])
    end as usual_share,
    case when method = 'growth' then list_avg(past_final) end as mean_final,
    case when method = 'difference' then list_avg(past_final) - list_avg(past_actual) end as mean_rest,
    case when method = 'difference' then list_avg([abs(final) for final in past_final]) end as usual_size
from method
