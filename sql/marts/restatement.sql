-- one row per figure that a later delivery replaced by another value: the old one, the new one, the
-- difference
select
    region,
    indicator,
    indicator_name,
    measure,
    basis,
    period_end,
    value,
    superseded_by_value,
    difference,
    unit,
    received,
    finality,
    delivery_id,
    superseded_by
from mart.observation_vintage
where superseded_by is not null and difference <> 0
