-- one row per delivery in the warehouse, with the decision that holds
select
    delivery.delivery_id as subject_id,
    delivery.file as label,
    delivery.outcome as state,
    verdict.decision,
    verdict.author,
    verdict.reason
from main.delivery as delivery
left join staging.verdict as verdict
    on
        verdict.subject_kind = 'delivery'
        and verdict.subject_id = delivery.delivery_id
order by delivery.received desc, label asc, subject_id asc
