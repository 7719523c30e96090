-- one row per series and year: its known cumulative values, and whether they ever fell within the year
with listed as (

    select * from forecast_listed

)

select
    series_id,
    year,
    case measure_kind
        when 'flow_total' then 'flow'
        when 'growth' then 'growth'
        when 'level' then 'level'
        when 'ratio' then 'ratio'
    end as family,
    is_atypical,
    value,
    list_sort(list_filter(value, lambda figure: figure is not null))
    = list_filter(value, lambda figure: figure is not null) as is_rising
from listed
