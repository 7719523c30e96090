-- one row per candidate with history: what its own figures and its earlier years say about the rest of the year
with candidate as (

    select * from forecast_candidate

),

past as (

    select * from forecast_past

),

joined as (

    select
        candidate.series_id,
        candidate.year,
        candidate.month,
        candidate.family,
        candidate.actual,
        candidate.value,
        past.n_years,
        past.actual as past_actual,
        past.final as past_final,
        past.value[1] as last_value,
        past.value[2] as second_value,
        -- the last three months, or what of them was reported in both years
        case
            when candidate.value[candidate.month - 3] + past.value[1][candidate.month - 3] is not null
                and candidate.month > 3 then candidate.month - 3
            when candidate.value[candidate.month - 2] + past.value[1][candidate.month - 2] is not null
                and candidate.month > 2 then candidate.month - 2
            when candidate.value[candidate.month - 1] + past.value[1][candidate.month - 1] is not null
                and candidate.month > 1 then candidate.month - 1
        end as since
    from candidate
    inner join past using (series_id, year, month)

)

select
    *,
    value[since] as since_value,
    last_value[since] as last_since_value,
    past_actual[1] as last_actual,
    past_final[1] as last_final,
    last_final - last_actual as last_rest,
    last_value[12] - last_value[9] as last_quarter,
    second_value[12] - second_value[9] as second_quarter,
    list_min(past_actual) > 0 and list_min(past_final) > 0 as is_positive
from joined
