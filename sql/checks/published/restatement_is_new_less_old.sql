-- one row per superseded figure whose difference is not the new value less the old one
select
    delivery_id,
    region,
    indicator,
    period_end,
    value,
    superseded_by_value,
    difference
from observation_vintage
where
    (superseded_by is null) <> (difference is null)
    or difference <> superseded_by_value - value
