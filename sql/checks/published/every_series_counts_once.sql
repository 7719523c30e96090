-- one row per key of figures of which none, or more than one, counts
select
    region,
    indicator,
    measure,
    basis,
    period_end,
    count(*) filter (superseded_by is null) as counting
from observation_vintage
group by region, indicator, measure, basis, period_end
having counting <> 1
