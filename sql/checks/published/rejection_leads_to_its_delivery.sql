-- one row per rejection without its delivery or without a reason
select
    rejection.rejection_id,
    rejection.delivery_id,
    rejection.rule
from rejection
left join delivery on delivery.delivery_id = rejection.delivery_id
where
    delivery.delivery_id is null
    or coalesce(rejection.message, '') = ''
