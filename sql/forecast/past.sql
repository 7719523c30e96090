-- one row per candidate with history: its newest three earlier years that are known at this month and at the
-- year-end and are typical, newest first. Nothing here is younger than the year before the candidate's.
with candidate as (

    select * from forecast_candidate

),

known as (

    select
        series_id,
        year,
        month,
        actual,
        final,
        is_rising
    from candidate
    where final is not null and not is_atypical

)

select
    candidate.series_id,
    candidate.year,
    candidate.month,
    count(*) as n_years,
    max(known.year) as last_year,
    max_by(known.actual, known.year, 3) as actual,
    max_by(known.final, known.year, 3) as final,
    bool_and(known.is_rising) as is_rising,
    avg(unrest.unrest::decimal(18, 9)) filter (where known.year >= candidate.year - 3) as unrest
from candidate
inner join known
    on
        candidate.series_id = known.series_id
        and candidate.month = known.month
        and candidate.year > known.year
left join forecast_unrest as unrest on known.series_id = unrest.series_id and known.year = unrest.year
group by candidate.series_id, candidate.year, candidate.month
