-- one row per accepted figure of a delivery that the run can see: loaded ones, and quarantined ones that a
-- person released; the ranks say how strong a figure is against others of its key
with deliveries as (
    select * from staging.visible_delivery
    where not is_withdrawn
),

released as (
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

figures as (
    select
        delivery_id, region, indicator, measure, basis, period_end, value, bound, unit, source_sheet,
        source_row, source_column, note
    from main.observation
    union all by name
    select
        delivery_id, region, indicator, measure, basis, period_end, value, bound, unit, sheet as source_sheet,
        "row" as source_row, "column" as source_column, printed_value as note
    from released
    anti join main.observation using (delivery_id, region, indicator, measure, basis, period_end)
)

select
    figures.*,
    deliveries.file as source_file,
    deliveries.provenance,
    deliveries.finality,
    deliveries.received,
    deliveries.sha256,
    case when deliveries.provenance = 'public' then 1 else 2 end as provenance_rank,
    case deliveries.finality when 'estimate' then 1 when 'preliminary' then 2 else 3 end as finality_rank
from figures
inner join deliveries on deliveries.delivery_id = figures.delivery_id
