-- one row per figure that earlier runs would have loaded
insert into observation by name
select
    substr(sha256(region || period_end), 1, 16) as delivery_id,
    region,
    indicator,
    measure,
    'ytd' as basis,
    period_end,
    value,
    unit,
    indicator_number + 2 as source_row,
    '数值' as source_column
from made
