-- one row per figure whose delivery is not there, is withdrawn, or was received on another day
select
    vintage.delivery_id,
    vintage.region,
    vintage.indicator,
    vintage.period_end
from observation_vintage as vintage
left join delivery on delivery.delivery_id = vintage.delivery_id
where
    delivery.delivery_id is null
    or delivery.sha256 is null
    or delivery.outcome = 'withdrawn'
    or delivery.received <> vintage.received
