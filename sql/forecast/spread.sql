-- one row per family, year and asked month: the tenth and ninetieth percentile of the scaled errors of all series in
-- earlier years at that month, drawn towards those of the reference series when few errors are known
with scaled as (

    select error.family, error.year, error.month, error.error / scale.scale as error
    from forecast_error as error
    inner join forecast_scale as scale using (series_id, year, month, family)
    where error.error is not null

),

cutoff as (

    select distinct point.family, point.year, point.month
    from forecast_point as point
    inner join forecast_origin as origin using (series_id, year, month)

),

pooled as (

    select
        cutoff.family,
        cutoff.year,
        cutoff.month,
        count(scaled.error) as n_pooled,
        quantile_cont(scaled.error, 0.1) as low,
        quantile_cont(scaled.error, 0.9) as high
    from cutoff
    left join scaled
        on cutoff.family = scaled.family and cutoff.month = scaled.month and cutoff.year > scaled.year
    group by cutoff.family, cutoff.year, cutoff.month

)

select
    family,
    year,
    month,
    n_pooled,
    least((n_pooled * coalesce(low, 0) - 20 * 1.5) / (n_pooled + 20), -0.3) as low,
    greatest((n_pooled * coalesce(high, 0) + 20 * 1.5) / (n_pooled + 20), 0.3) as high
from pooled
