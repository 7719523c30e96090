-- one row per series and year: the known cumulative values as a list indexed by month, null where none is
-- known
with series as (

    select * from forecast_series

)

select
    series_id,
    year,
    measure_kind,
    bool_or(is_atypical) as is_atypical,
    [
        max(value) filter (where month = 1),
        max(value) filter (where month = 2),
        max(value) filter (where month = 3),
        max(value) filter (where month = 4),
        max(value) filter (where month = 5),
        max(value) filter (where month = 6),
        max(value) filter (where month = 7),
        max(value) filter (where month = 8),
        max(value) filter (where month = 9),
        max(value) filter (where month = 10),
        max(value) filter (where month = 11),
        max(value) filter (where month = 12)
    ]::double[] as value
from series
group by series_id, year, measure_kind
