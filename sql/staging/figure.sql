-- one row per accepted figure of a delivery that the run can see, with the strength of its delivery
with deliveries as (
    select * from staging.visible_delivery
    where not is_withdrawn
)

select
    figures.*,
    deliveries.file as source_file,
    deliveries.provenance,
    deliveries.finality,
    deliveries.received,
    deliveries.sha256,
    deliveries.strength
from staging.shown as figures
inner join deliveries on deliveries.delivery_id = figures.delivery_id
