-- one row per candidate with history: method, and the rates that its formula uses. Which method holds depends
-- on earlier years alone, never on the year's own figure, so that a better figure never lowers the forecast.
-- Growth rates are natural logarithms within -1 and 1 (flow) or percentage points (growth).
with signal as (

    select * from forecast_signal

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
    actual,
    last_actual,
    last_final,
    last_rest,
    case
        when method = 'remainder' then ln(least(greatest(actual / last_actual, exp(-1)), exp(1)))
    end as slope,
    case
        when method = 'remainder' and last_actual > last_since_value then
            ln(least(greatest((actual - since_value) / (last_actual - last_since_value), exp(-1)), exp(1)))
        when method = 'growth' then
            (month * actual - since * since_value) / (month - since)
    end as recent,
    -- how far last year's rest stood from the mean of the last three, as logarithms of rest to figure
    case
        when method = 'remainder' then
            ln(last_rest / last_actual)
            - list_avg([
                case when pair[2] > pair[1] then ln((pair[2] - pair[1]) / pair[1]) end
                for pair in list_zip(past_actual, past_final)
            ])
        when method = 'growth' and month < 12 then
            (12 * last_final - month * last_actual) / (12 - month) - last_actual
    end as base,
    -- the pace at which last year ended
    case
        when method = 'remainder' and second_quarter > 0 then
            ln(least(greatest(last_quarter / second_quarter, exp(-1)), exp(1)))
    end as year_end,
    list_avg(past_final) as mean_final,
    case when method = 'share' then list_avg([pair[1] / pair[2] for pair in list_zip(past_actual, past_final)]) end
        as mean_share,
    list_avg([pair[2] - pair[1] for pair in list_zip(past_actual, past_final)]) as mean_rest,
    list_avg([abs(final) for final in past_final]) as usual_size
from method
