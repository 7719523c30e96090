-- one row per region, indicator, measure and basis whose figures judging looks at, under a short number
with target as (
    select * from judge_target
),

needed as (
    select region, indicator, measure, basis from target
    union
    select parent, indicator, measure, basis from target
    where parent is not null
    union
    select region, indicator, 'total' as measure, 'ytd' as basis from target
    where kind = 'growth'
    union
    select region, proxy as indicator, 'total' as measure, 'ytd' as basis from target
    where kind = 'growth' and proxy is not null
)

select
    row_number() over ()::integer as series_no,
    *
from needed
