-- one row per rejection without its delivery, without a reason, or decided though nothing could be released
select
    rejection.rejection_id,
    rejection.delivery_id,
    rejection.rule
from rejection
left join delivery on delivery.delivery_id = rejection.delivery_id
where
    delivery.delivery_id is null
    or coalesce(rejection.message, '') = ''
    or (rejection.decision is not null and rejection.gravity <> 'quarantined')
