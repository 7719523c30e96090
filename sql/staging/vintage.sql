-- one row per figure of a delivery, with the figure that replaced it: official before public, then finality,
-- then received date; what ranks the same on the same day with another value or bound is disputed
with figures as (
    select * from staging.figure
)

select
    figures.*,
    lead(delivery_id) over strength as superseded_by,
    lead(value) over strength as superseded_by_value,
    lead(value) over strength - value as difference,
    lead(delivery_id) over strength is null as is_counted,
    count(distinct (value, coalesce(bound, ''))) over same_rank > 1 as is_disputed
from figures
window
    strength as (
        partition by region, indicator, measure, basis, period_end
        order by provenance_rank, finality_rank, received, sha256, delivery_id
    ),
    same_rank as (
        partition by
            region, indicator, measure, basis, period_end, provenance_rank, finality_rank, received
    )
