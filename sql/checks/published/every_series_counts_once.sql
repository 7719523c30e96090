-- one row per key of figures of which none counts, or several that did not come on the same day; those that did
-- contradict each other or agree
select
    region,
    indicator,
    measure,
    basis,
    period_end,
    count(*) filter (superseded_by is null) as counting
from observation_vintage
group by region, indicator, measure, basis, period_end
having
    counting = 0
    or count(distinct received) filter (superseded_by is null) > 1
