-- one row per forecast for which a target can be made: the total of the year before, grown at the mean of its
-- last three yearly rates. All four years must be there and positive; growth rates have no such target.
with origin as (

    select * from forecast_origin

),

flow as (

    select distinct series_id from forecast_series
    where measure_kind = 'flow_total'

),

whole_year as (

    select
        whole_year.series_id,
        whole_year.year,
        whole_year.total::double as total
    from backtest_whole_year as whole_year
    inner join flow using (series_id)
    where total > 0

),

grown as (

    select
        series_id,
        year + 1 as year,
        total,
        total / lag(total) over series - 1 as rate,
        year - lag(year, 3) over series as n_years
    from whole_year
    window series as (partition by series_id order by year)

),

made as (

    select
        series_id,
        year,
        n_years,
        total * (1 + avg(rate) over (partition by series_id order by year rows 2 preceding)) as target
    from grown

)

select
    origin.series_id,
    origin.year,
    origin.month as origin_month,
    made.target,
    'higher' as direction
from origin
inner join made using (series_id, year)
where made.n_years = 3
