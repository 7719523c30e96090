-- one row per key of figures that was sent more than once. A view of its own: a step that others name twice would be
-- kept whole, and whoever asks for some regions would wait for all of them
select
    region,
    indicator,
    measure,
    basis,
    period_end,
    count(*) as figures
from staging.figure
group by region, indicator, measure, basis, period_end
having count(*) > 1
