-- one row per figure whose successor is no figure of the same key with the value and difference that it names
select
    old.delivery_id,
    old.indicator,
    old.period_end,
    old.superseded_by
from observation_vintage as old
left join observation_vintage as successor
    on
        successor.region = old.region
        and successor.indicator = old.indicator
        and successor.measure = old.measure
        and successor.basis = old.basis
        and successor.period_end = old.period_end
        and successor.delivery_id = old.superseded_by
where
    old.superseded_by is not null
    and (
        successor.value is distinct from old.superseded_by_value
        or old.superseded_by_value - old.value is distinct from old.difference
    )
