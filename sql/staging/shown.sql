-- one row per accepted figure of a delivery: loaded ones, and quarantined ones that a person released
select
    delivery_id, region, indicator, measure, basis, period_end, value, bound, unit, source_sheet,
    source_row, source_column, note
from main.observation
union all by name
select * from staging.released
