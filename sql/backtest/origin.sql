-- one row per forecast to be made: every month from March to November with a figure, of every complete year
-- that has three complete years before it
with series as (

    select * from forecast_series

),

whole_year as (

    select * from backtest_whole_year
    where n_before >= 3

)

select
    series.series_id,
    series.year,
    series.month
from series
inner join whole_year using (series_id, year)
where series.month between 3 and 11
