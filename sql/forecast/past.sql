-- one row per moment with history: its newest four earlier years that are known at this month and at the
-- year-end and are typical, newest first. Nothing here is younger than the year before the moment's.
with moment as (

    select * from forecast_moment

),

known as (

    select
        series_id,
        year,
        month,
        actual,
        final,
        is_rising
    from moment
    where final is not null and not is_atypical

)

select
    moment.series_id,
    moment.year,
    moment.month,
    count(*) as n_years,
    max(known.year) as last_year,
    max_by(known.actual, known.year, 4) as actual,
    max_by(known.final, known.year, 4) as final,
    bool_and(known.is_rising) as is_rising,
    avg(unrest.unrest::decimal(18, 9)) filter (where known.year >= moment.year - 4) as unrest
from moment
inner join known
    on
        moment.series_id = known.series_id
        and moment.month = known.month
        and moment.year > known.year
left join forecast_unrest as unrest on known.series_id = unrest.series_id and known.year = unrest.year
group by moment.series_id, moment.year, moment.month
