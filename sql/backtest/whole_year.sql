-- one row per series and complete year (every month from March to December, or exactly the four quarters),
-- with its year-end figure and the number of complete years before it
with series as (

    select * from forecast_series

),

counted as (

    select
        series_id,
        year,
        count(*) filter (where month >= 3) as n_months,
        count(*) as n_figures,
        count(*) filter (where month in (3, 6, 9, 12)) as n_quarters,
        max(value) filter (where month = 12) as total
    from series
    group by series_id, year

)

select
    series_id,
    year,
    total,
    row_number() over (partition by series_id order by year) - 1 as n_before
from counted
where n_months = 10 or (n_quarters = 4 and n_figures = 4)
