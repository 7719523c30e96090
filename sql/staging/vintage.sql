-- one row per figure of a delivery, with the figure that replaced it: official before public, then finality,
-- then received date; figures of the same rank and day do not replace each other, they are disputed where they differ
with figures as (
    select * from staging.figure
)

select
    figures.*,
    arg_min(delivery_id, sha256) over stronger as superseded_by,
    arg_min(value, sha256) over stronger as superseded_by_value,
    arg_min(value, sha256) over stronger - value as difference,
    row_number() over strongest = 1 as is_counted,
    count(distinct format('{}{}', coalesce(bound, ''), value)) over same_rank > 1 as is_disputed
from figures
window
    stronger as (
        partition by region, indicator, measure, basis, period_end
        order by provenance_rank, finality_rank, received
        groups between 1 following and 1 following
    ),
    strongest as (
        partition by region, indicator, measure, basis, period_end
        order by provenance_rank desc, finality_rank desc, received desc, sha256 desc, delivery_id desc
    ),
    same_rank as (
        partition by
            region, indicator, measure, basis, period_end, provenance_rank, finality_rank, received
    )
