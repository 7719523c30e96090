-- one row per delivery received by the run's as-of date, withdrawn ones marked
with context as (
    select as_of from main.run_context
),

withdrawn as (
    select subject_id
    from staging.verdict
    where subject_kind = 'delivery' and decision = 'withdraw'
)

select
    delivery.*,
    withdrawn.subject_id is not null as is_withdrawn
from main.delivery
cross join context
left join withdrawn on withdrawn.subject_id = delivery.delivery_id
where delivery.received <= context.as_of
