-- one row per delivery received by the run's as-of date, withdrawn ones marked. `strength` says how strong its
-- figures are against others of their key: official before public, then finality, then received date
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
    withdrawn.subject_id is not null as is_withdrawn,
    (
        case when delivery.provenance = 'public' then 10 else 20 end
        + case delivery.finality when 'estimate' then 1 when 'preliminary' then 2 else 3 end
    ) * 10000000 + (delivery.received - date '0001-01-01') as strength
from main.delivery
cross join context
left join withdrawn on withdrawn.subject_id = delivery.delivery_id
where delivery.received <= context.as_of
