-- one row per assessment whose forecast lies outside its interval, or whose probability is none
select
    target_id,
    period_end,
    as_of,
    forecast_low,
    forecast,
    forecast_high,
    probability
from assessment
where
    forecast not between forecast_low and forecast_high
    or probability not between 0 and 1
