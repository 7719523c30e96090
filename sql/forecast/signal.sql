-- one row per moment with history: its figures and last year's, side by side. `since` opens the last three
-- months, or what of them both years report.
with moment as (

    select * from forecast_moment

),

past as (

    select * from forecast_past

),

years as (

    select
        series_id,
        year,
        value
    from forecast_year

),

joined as (

    select
        moment.series_id,
        moment.year,
        moment.month,
        moment.family,
        moment.actual,
        past.n_years,
        past.unrest,
        past.is_rising,
        past.actual as past_actual,
        past.final as past_final,
        years.value,
        last_year.value as last_value,
        case
            when month > 3 and years.value[month - 3] + last_year.value[month - 3] is not null then month - 3
            when month > 2 and years.value[month - 2] + last_year.value[month - 2] is not null then month - 2
            when month > 1 and years.value[month - 1] + last_year.value[month - 1] is not null then month - 1
        end as since,
        [
            [years.value[k], last_year.value[k]] for k in range(1, month)
            if years.value[k] + last_year.value[k] is not null
        ] as before,
        case when month > 1 then years.value[month - 1] end as before_value,
        case when month > 1 then last_year.value[month - 1] end as last_before
    from moment
    inner join past using (series_id, year, month)
    inner join years using (series_id, year)
    inner join years as last_year
        on moment.series_id = last_year.series_id and past.last_year = last_year.year

)

select
    series_id,
    year,
    month,
    family,
    actual,
    n_years,
    unrest,
    is_rising,
    past_actual,
    past_final,
    past_actual[1] as last_actual,
    past_final[1] as last_final,
    past_final[1] - past_actual[1] as last_rest,
    since,
    actual - value[since] as recent,
    last_actual - last_value[since] as last_recent,
    case when last_before is not null then actual - before_value end as latest,
    case when before_value is not null then last_actual - last_before end as last_latest,
    before,
    list_min(past_actual) > 0 and list_min(past_final) > 0 as is_positive
from joined
