-- one row per forecast of ours, as written to forecasts.csv: rounded half up to six decimals
with made as (

    select * from backtest_made
    where method = 'ours'

)

select
    series_id,
    year,
    month as origin_month,
    actual::decimal(28, 6)::varchar as actual,
    forecast::decimal(28, 6)::varchar as forecast,
    low::decimal(28, 6)::varchar as low,
    high::decimal(28, 6)::varchar as high,
    target::decimal(28, 6)::varchar as target,
    probability::decimal(28, 6)::varchar as probability
from made
order by series_id, year, origin_month
