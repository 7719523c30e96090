-- one row per series, year and month with a figure, for the months asked about and for June and
-- September, from whose errors in earlier years the spread of each series is learnt
with years as (

    select * from forecast_year
    where family is not null

),

asked as (

    select month from forecast_origin
    where month between 1 and 12
    union
    select unnest([6, 9])

),

horizon as (

    select max(year) as year from forecast_origin

)

select
    years.series_id,
    years.family,
    years.year,
    asked.month::integer as month,
    years.value[asked.month] as actual,
    years.value[12] as final,
    years.is_atypical,
    years.is_rising
from years
cross join asked
inner join horizon on years.year <= horizon.year
where years.value[asked.month] is not null
