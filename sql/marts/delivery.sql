-- one row per delivery received by the as-of date, with the decision of a person
select
    deliveries.* replace (case when is_withdrawn then 'withdrawn' else outcome end as outcome),
    verdict.decision,
    verdict.author as decided_by,
    verdict.reason,
    verdict.recorded_at as decided_at
from staging.visible_delivery as deliveries
left join staging.verdict as verdict
    on
        verdict.subject_kind = 'delivery'
        and verdict.subject_id = deliveries.delivery_id
