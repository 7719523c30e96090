-- one row per moment whose year-end is known: by how much its forecast missed, as a multiple of the usual
-- error of its family and month (positive: the year ended higher)
with point as (

    select * from forecast_point
    where month < 12

),

known as (

    select
        series_id,
        year,
        month,
        final
    from forecast_moment
    where final is not null and not is_atypical

)

select
    point.series_id,
    point.year,
    point.month,
    point.family,
    point.n_years,
    case
        when not point.is_relative then (known.final - point.forecast) / nullif(point.unit, 0)
        when known.final > 0 then ln(known.final / point.forecast)
    end / point.usual_error as error
from point
inner join known using (series_id, year, month)
where point.forecast is not null
