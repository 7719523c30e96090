-- one row per problem of a delivery that the run can see, with the decision of a person
select
    rejection.rejection_id,
    rejection.delivery_id,
    rejection.file,
    rejection.sheet,
    rejection."row",
    rejection."column",
    rejection.printed_value as value,
    rejection.rule,
    rejection.message,
    rejection.advice,
    rejection.gravity,
    verdict.decision,
    verdict.author as decided_by,
    verdict.reason,
    verdict.recorded_at as decided_at,
    rejection.message_en,
    rejection.advice_en
from main.rejection
inner join staging.visible_delivery as visible on visible.delivery_id = rejection.delivery_id
left join staging.verdict as verdict
    on
        verdict.subject_kind = 'rejection'
        and verdict.subject_id = rejection.rejection_id
