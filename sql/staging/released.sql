-- one row per quarantined figure that a person released, where its delivery gives no other for its key
with released as (
    select rejection.*
    from main.rejection
    inner join staging.verdict as verdict
        on
            verdict.subject_kind = 'rejection'
            and verdict.subject_id = rejection.rejection_id
            and verdict.decision = 'accept'
    where rejection.gravity = 'quarantined' and rejection.value is not null
    qualify row_number() over (
        partition by
            rejection.delivery_id, rejection.region, rejection.indicator, rejection.measure, rejection.basis,
            rejection.period_end
        order by verdict.recorded_at desc, rejection.rejection_id
    ) = 1
),

loaded as (  -- of these few deliveries only, since all figures ever are millions
    select * from main.observation
    semi join released on released.delivery_id = observation.delivery_id
)

select
    delivery_id, region, indicator, measure, basis, period_end, value, bound, unit, sheet as source_sheet,
    "row" as source_row, "column" as source_column, printed_value as note
from released
anti join loaded using (delivery_id, region, indicator, measure, basis, period_end)
