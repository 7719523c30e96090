-- one row per candidate with history: its newest three earlier years that are whole at this month and typical,
-- newest first. Nothing here is younger than the year before the candidate's.
with candidate as (

    select * from forecast_candidate

),

known as (

    select series_id, year, month, value, actual, final
    from forecast_candidate
    where final is not null and not is_atypical

),

pair as (

    select
        candidate.series_id,
        candidate.year,
        candidate.month,
        known.year as past_year,
        known.value,
        known.actual,
        known.final
    from candidate
    inner join known
        on candidate.series_id = known.series_id
        and candidate.month = known.month
        and candidate.year > known.year

)

select
    series_id,
    year,
    month,
    count(*) as n_years,
    max(past_year) as last_year,
    list(value order by past_year desc)[1:2] as value,
    list(actual order by past_year desc)[1:3] as actual,
    list(final order by past_year desc)[1:3] as final
from pair
group by series_id, year, month
