-- one row per series, year and origin month asked for: the expected year-end figure with its 80 % interval, or the
-- reason why there is none. `spread_low` and `spread_high` are the distances to the interval's ends: natural
-- logarithms where `is_relative`, else in the unit of the series.
with origin as (

    select distinct series_id, year, month from forecast_origin

),

placed as (

    select
        origin.series_id,
        origin.year,
        origin.month as origin_month,
        point.family,
        point.method,
        point.actual,
        point.is_relative,
        coalesce(point.n_years, 0) as n_years,
        case
            when series.family is null then 'no_method'
            when series.value[origin.month] is null then 'no_figure'
            when point.n_years is null or point.n_years < 2 then 'few_years'
            when point.unit = 0 or not isfinite(point.forecast) then 'not_computable'
        end as reason,
        point.forecast,
        point.unit * point.usual_error * scale.scale * spread.low * (origin.month < 12)::integer as spread_low,
        point.unit * point.usual_error * scale.scale * spread.high * (origin.month < 12)::integer as spread_high,
        scale.scale,
        scale.n_errors,
        spread.n_pooled
    from origin
    left join forecast_year as series using (series_id, year)
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
        when is_relative then forecast * exp(spread_low)
        else forecast + spread_low
    end as low,
    case
        when reason is not null then null
        when is_relative then forecast * exp(spread_high)
        else forecast + spread_high
    end as high,
    is_relative,
    case when reason is null then spread_low end as spread_low,
    case when reason is null then spread_high end as spread_high,
    scale,
    n_years,
    n_errors,
    n_pooled,
    reason
from placed
