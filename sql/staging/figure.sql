-- one row per accepted figure of a delivery that the run can see: loaded ones, and quarantined ones that a
-- person released; the ranks say how strong a figure is against others of its key
with deliveries as (
    select * from staging.visible_delivery
    where not is_withdrawn
),

figures as (
    select
        delivery_id, region, indicator, measure, basis, period_end, value, bound, unit, source_sheet,
        source_row, source_column, note
    from main.observation
    union all by name
    select * from staging.released
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
