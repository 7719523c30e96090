-- one row per moment with history: the spread of its series as a multiple of the usual error. The series'
-- own misses in earlier years (June, September; newer years count more) are drawn towards 1 as if two
-- years had missed by the usual error; a history of fewer than four years widens it. A few quiet years prove
-- little: a series that hardly ever missed is taken to miss by half the usual error.
with point as (

    select * from forecast_point

),

yearly as (

    select
        series_id,
        family,
        year,
        avg(least(abs(error) / case when n_years < 4 then 1.3 else 1 end, 1e6)::decimal(18, 9)) as size
    from forecast_error
    where error is not null and month in (6, 9)
    group by series_id, family, year

),

asked as (

    select distinct
        series_id,
        family,
        year
    from point

),

weighed as (

    -- decimals add up to the same in any order
    select
        asked.series_id,
        asked.family,
        asked.year,
        (0.6 ** (asked.year - 1 - yearly.year))::decimal(18, 9) as weight,
        (0.6 ** (asked.year - 1 - yearly.year) * yearly.size)::decimal(18, 9) as weighed_size
    from asked
    inner join yearly
        on asked.series_id = yearly.series_id and asked.family = yearly.family and asked.year > yearly.year

),

own as (

    select
        series_id,
        family,
        year,
        count(*) as n_errors,
        sum(weight)::double as weight,
        sum(weighed_size)::double / sum(weight)::double as size
    from weighed
    group by series_id, family, year

)

select
    point.series_id,
    point.year,
    point.month,
    point.family,
    coalesce(own.n_errors, 0) as n_errors,
    coalesce(greatest(own.size, 0.5) ** (own.weight / (own.weight + 2)), 1)
    * case when point.n_years < 4 then 1.3 else 1 end as scale
from point
left join own using (series_id, year, family)
