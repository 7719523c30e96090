-- one row per candidate with history: its figures and last year's, side by side. `since` opens the last three months,
-- or what of them both years report.
with candidate as (

    select * from forecast_candidate

),

past as (

    select * from forecast_past

),

years as (

    select series_id, year, value from forecast_year

),

joined as (

    select
        candidate.series_id,
        candidate.year,
        candidate.month,
        candidate.family,
        candidate.actual,
        past.n_years,
        past.unrest,
        past.actual as past_actual,
        past.final as past_final,
        years.value,
        last_year.value as last_value,
        list_filter(
            [candidate.month - 3, candidate.month - 2, candidate.month - 1],
            lambda k: k >= 1 and years.value[k] is not null and last_year.value[k] is not null
        ) as common
    from candidate
    inner join past using (series_id, year, month)
    inner join years using (series_id, year)
    inner join years as last_year on candidate.series_id = last_year.series_id and past.last_year = last_year.year

)

select
    series_id,
    year,
    month,
    family,
    actual,
    n_years,
    unrest,
    past_actual,
    past_final,
    past_actual[1] as last_actual,
    past_final[1] as last_final,
    past_final[1] - past_actual[1] as last_rest,
    common[1] as since,
    actual - value[common[1]] as recent,
    last_actual - last_value[common[1]] as last_recent,
    case when list_contains(common, month - 1) then actual - value[month - 1] end as latest,
    case when list_contains(common, month - 1) then last_actual - last_value[month - 1] end as last_latest,
    list_min(past_actual) > 0 and list_min(past_final) > 0 as is_positive
from joined
