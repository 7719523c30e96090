-- one row per figure received by $as_of that replaced an earlier one with another value
select
    older.superseded_by as delivery_id,
    older.indicator_name,
    older.measure,
    older.basis,
    older.period_end,
    older.value,
    older.superseded_by_value,
    older.unit,
    coalesce(replaced.release_state, 'released') = 'unreleased' as is_unreleased
from mart.observation_vintage as older
inner join mart.delivery as newer on newer.delivery_id = older.superseded_by
left join main.delivery as replaced on replaced.delivery_id = older.delivery_id
where newer.received <= $as_of and older.difference <> 0 and newer.received > older.received
order by older.superseded_by, older.indicator_name, older.period_end, older.measure, older.basis
