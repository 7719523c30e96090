-- one row per series, year and asked month with a figure: the origins themselves, and every earlier year at
-- the same month, from whose forecasts the errors are learnt
with years as (

    select * from forecast_year where family is not null

),

asked as (

    select month, max(year) as last_year from forecast_origin where month between 1 and 12 group by month

)

select
    years.series_id,
    years.family,
    years.year,
    asked.month,
    years.is_atypical,
    years.value,
    years.value[asked.month] as actual,
    years.value[12] as final
from years
inner join asked on years.year <= asked.last_year
where years.value[asked.month] is not null
