-- one row per series, year and origin month asked for: the expected year-end figure with its 80 % interval,
-- or the reason why there is none (`no_method`, `no_figure`, `few_years`, `not_computable`). `reach` is the
-- distance from the forecast to either end: natural logarithms where `is_relative`, else in the unit of the
-- series; `spread` is what errors of earlier years make of it, whatever the figure of the month. `floor` is the figure of a total that never fell within a year: the year cannot end below it.
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
            when origin.month < 12 then point.unit * point.usual_error * scale.scale * pooled.spread
            else 0
        end as learnt,
        case when origin.month < 12 then greatest(learnt, point.leeway) else 0 end as reach,
        scale.scale,
        scale.n_errors,
        pooled.n_pooled
    from origin
    left join series using (series_id, year)
    left join forecast_point as point using (series_id, year, month)
    left join forecast_scale as scale using (series_id, year, month)
    left join forecast_spread as pooled
        on point.family = pooled.family and origin.year = pooled.year and origin.month = pooled.month

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
        when is_relative then greatest(forecast * exp(-reach), floor)
        else forecast - reach
    end as low,
    case
        when reason is not null then null
        when is_relative then forecast * exp(reach)
        else forecast + reach
    end as high,
    is_relative,
    case when reason is null then floor end as floor,
    case when reason is null then learnt end as spread,
    case when reason is null then reach end as reach,
    scale,
    n_years,
    n_errors,
    n_pooled,
    reason
from placed
