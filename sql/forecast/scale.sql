-- one row per candidate with history: the spread of its series as a multiple of the usual error, from the series'
-- own misses in earlier years, drawn towards 1 as if three years had missed by the usual error
with point as (

    select * from forecast_point

),

error as (

    -- a forecast from a single year or two misses by more: brought to what three years would have missed
    select
        series_id,
        year,
        month,
        family,
        abs(error) / case n_years when 1 then 1.4 when 2 then 1.15 else 1 end as size
    from forecast_error
    where error is not null

)

select
    point.series_id,
    point.year,
    point.month,
    point.family,
    count(error.size) as n_errors,
    (3 + coalesce(sum(error.size), 0)) / (3 + count(error.size))
        * case point.n_years when 1 then 1.4 when 2 then 1.15 else 1 end as scale
from point
left join error
    on point.series_id = error.series_id
    and point.family = error.family
    and point.month = error.month
    and point.year > error.year
group by point.series_id, point.year, point.month, point.family, point.n_years
