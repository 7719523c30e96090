-- one row per candidate with something to compare: the figure that a person would look at first. A figure that is
-- told again is one
with others as (
    select
        row_id,
        is_earlier,
        months_apart,
        other,
        any_value(other_end) as other_end,
        min(other_place) as other_place
    from comparison
    group by row_id, is_earlier, months_apart, other
),

distant as (  -- the same period, the same month of another year, the nearest; of two as near the earlier, of two
    -- vintages the newer
    select
        *,
        (
            if(months_apart % 12 = 0, abs(months_apart) // 12, 10 + abs(months_apart)) * 4
            + if(is_earlier, 0, 1000) + if(months_apart > 0, 1, 0)
        )::bigint * 100000000 - other_place as remoteness
    from others
)

select
    row_id,
    arg_min(other, remoteness) as like_value,
    arg_min(other_end, remoteness) as like_end
from distant
group by row_id
