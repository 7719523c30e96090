-- one row per limit whose probability is wanted
select distinct
    series_no as series_id,
    year,
    month as origin_month,
    target,
    direction
from judge_forecast_row
where target is not null
