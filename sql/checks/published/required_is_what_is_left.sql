-- one row per total whose required is not what is left, or is told after the final figure
select
    target_id,
    period_end,
    as_of,
    target_value,
    actual,
    required
from assessment
where
    kind = 'total'
    and comparator = '>='
    and required is not null
    and (status = 'missed' or required <> greatest(0, target_value - actual))
