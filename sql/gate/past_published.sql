-- one row per published figure of any vintage, of the regions and indicators that a check reads, which has no
-- warehouse open
select
    vintage.delivery_id,
    vintage.received,
    delivery.sha256,
    vintage.region,
    vintage.indicator,
    vintage.measure,
    vintage.basis,
    vintage.period_end,
    vintage.value::varchar as value,
    vintage.bound
from observation_vintage as vintage
inner join delivery on delivery.delivery_id = vintage.delivery_id
semi join family on family.region = vintage.region and family.indicator = vintage.indicator
