-- one row per figure of a delivery, with the figure that replaced it: official before public, then finality,
-- then received date; figures of the same rank and day do not replace each other, they are disputed where they differ.
-- Only what was sent more than once has to be ranked
with often as (
    select figure.*
    from staging.figure as figure
    inner join staging.contested using (region, indicator, measure, basis, period_end)
),

once as (
    select figure.*
    from staging.figure as figure
    left join staging.contested as contested using (region, indicator, measure, basis, period_end)
    where contested.figures is null
),

ranked as (
    select
        *,
        arg_min(delivery_id, sha256) over stronger as superseded_by,
        arg_min(value, sha256) over stronger as superseded_by_value,
        arg_min(value, sha256) over stronger - value as difference,
        row_number() over strongest = 1 as is_counted,
        count(distinct format('{}{}', coalesce(bound, ''), value)) over same_rank > 1 as is_disputed
    from often
    window
        stronger as (
            partition by region, indicator, measure, basis, period_end
            order by strength
            groups between 1 following and 1 following
        ),
        strongest as (
            partition by region, indicator, measure, basis, period_end
            order by strength desc, sha256 desc, delivery_id desc
        ),
        same_rank as (partition by region, indicator, measure, basis, period_end, strength)
)

select * from ranked
union all by name
select
    *,
    null as superseded_by,
    null as superseded_by_value,
    null as difference,
    true as is_counted,
    false as is_disputed
from once
