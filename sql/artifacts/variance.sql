-- one row per target, the worst first
select
    region_name,
    indicator_name || ' ' || printed,
    strftime(period_end, '%Y-%m'),
    actual::double,
    target_value::double,
    gap_points::double,
    status,
    data_state,
    provenance
from variance
order by severity desc nulls last, target_id
