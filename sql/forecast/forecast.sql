-- one row per series, year and origin month asked for: the expected year-end figure with its 80 % interval,
-- or the reason why there is none (`no_method`, `no_figure`, `few_years`, `not_computable`). `spread` is the
-- distance from the forecast to either end: natural logarithms where `is_relative`, else in the unit of the
-- series. `floor` is the figure of a total that never fell within a year: the year cannot end below it.
with origin as (

    select distinct
        series_id,
        year,
        month
    from forecast_origin

),

series as (

    select
        series_id,
        year,
        family,
        value
    from forecast_year

),

placed as (

    select
        origin.series_id,
        origin.year,
        origin.month as origin_month,
        coalesce(point.family, series.family) as family,
        point.method,
        coalesce(point.n_years, 0) as n_years,
        case
            when series.year is null or series.value[origin.month] is null then 'no_figure'
            when series.family is null then 'no_method'
            when point.n_years is null or point.n_years < 2 then 'few_years'
            when point.unit = 0 or not coalesce(isfinite(point.forecast), false) then 'not_computable'
        end as reason,
        point.forecast,
        point.floor,
        coalesce(point.is_relative, false) as is_relative,
        case
            when origin.month = 12 then 0
            else greatest(point.unit * point.usual_error * scale.scale * spread.spread, point.least_spread)
        end as spread,
        scale.scale,
        scale.n_errors,
        spread.n_pooled
    from origin
    left join series using (series_id, year)
    left join forecast_point as point using (series_id, year, month)
    left join forecast_scale as scale using (series_id, year, month)
    left join forecast_spread as spread
        on point.family = spread.family and origin.year = spread.year and origin.month = spread.month

)

select
    series_id,
    year,
    origin_month,
    family,
    method,
    case when reason is null then forecast end as forecast,
    case
        when reason is not null then null
        when is_relative then greatest(forecast * exp(-spread), floor)
        else forecast - spread
    end as low,
    case
        when reason is not null then null
        when is_relative then forecast * exp(spread)
        else forecast + spread
    end as high,
    is_relative,
    case when reason is null then floor end as floor,
    case when reason is null then spread end as spread,
    scale,
    n_years,
    n_errors,
    n_pooled,
    reason
from placed
