-- one row per family, year and asked month: the size that four in five scaled errors of all series in earlier
-- years at that month stay within, drawn towards that of the reference series as if those had sent a hundred
-- errors. Forecasts from a single year of history are never shown, so nothing is learnt from theirs.
with scaled as (

    select
        error.family,
        error.year,
        error.month,
        abs(error.error) / scale.scale as size
    from forecast_error as error
    inner join forecast_scale as scale using (series_id, year, month, family)
    where error.error is not null and error.n_years > 1

),

cutoff as (

    select distinct
        point.family,
        point.year,
        point.month,
        coefficient.usual_spread
    from forecast_point as point
    inner join forecast_coefficient as coefficient using (family, month)
    semi join forecast_origin using (series_id, year, month)

)

select
    cutoff.family,
    cutoff.year,
    cutoff.month,
    count(scaled.size) as n_pooled,
    (n_pooled * coalesce(quantile_cont(scaled.size, 0.8), 0) + 100 * cutoff.usual_spread)
    / (n_pooled + 100) as spread
from cutoff
left join scaled
    on cutoff.family = scaled.family and cutoff.month = scaled.month and cutoff.year > scaled.year
group by cutoff.family, cutoff.year, cutoff.month, cutoff.usual_spread
