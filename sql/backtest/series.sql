-- one row per series and month of the data: what the forecast may read. Nothing is marked atypical: no
-- judgement that was formed afterwards may help a forecast made before.
with rows as (

    select * from backtest_row

)

select
    series_id,
    case measure when 'growth_cum' then 'growth' else 'flow_total' end as measure_kind,
    year::integer as year,
    month::integer as month,
    value::decimal(20, 6) as value,
    false as is_atypical
from rows
