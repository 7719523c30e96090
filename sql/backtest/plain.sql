-- one row per series, year, month and plain method, for every year with a complete year before it: what a
-- ruler, last year's share, the mean share of three years, or carrying a growth rate forward would say
with series as (

    select * from forecast_series
    where month between 3 and 11

),

whole_year as (

    select * from backtest_whole_year

),

share as (

    select
        series.series_id,
        series.year,
        series.month,
        series.value / nullif(whole_year.total, 0) as share,
        whole_year.total
    from series
    inner join whole_year using (series_id, year)
    where series.measure_kind = 'flow_total'

),

paced as (

    select
        *,
        share * total as value,
        lag(share) over past as last_share,
        avg(share) over (past rows between 3 preceding and 1 preceding) as mean_share
    from share
    window past as (partition by series_id, month order by year)

),

ruler as (

    select unnest(['linear', 'last_share', 'mean_share']) as method

),

said as (

    select
        paced.series_id,
        paced.year,
        paced.month,
        ruler.method,
        case ruler.method
            when 'linear' then paced.value * 12 / paced.month
            when 'last_share' then paced.value / nullif(paced.last_share, 0)
            when 'mean_share' then paced.value / nullif(paced.mean_share, 0)
        end as forecast,
        paced.total as actual
    from paced
    cross join ruler
    where paced.last_share is not null
    union all
    select
        series.series_id,
        series.year,
        series.month,
        'carried' as method,
        series.value as forecast,
        whole_year.total as actual
    from series
    inner join whole_year using (series_id, year)
    where series.measure_kind = 'growth'

)

select
    series_id,
    year,
    month,
    method,
    forecast,
    actual::double as actual,
    case
        when method = 'carried' then actual - forecast
        when actual > 0 and forecast > 0 then ln(actual::double / forecast)
    end as error
from said
