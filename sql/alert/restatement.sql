-- one row per figure received by $as_of that replaced an earlier one with another value; a first figure that follows
-- its estimate restates nothing
select
    older.superseded_by as delivery_id,
    older.indicator_name,
    coalesce(book_indicator.name_en, older.indicator_name) as indicator_name_en,
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
left join book_indicator on book_indicator.indicator = older.indicator
where
    newer.received <= $as_of
    and older.difference <> 0
    and newer.received > older.received
    and (older.finality <> 'estimate' or newer.finality = 'estimate')
order by older.superseded_by, older.indicator_name, older.period_end, older.measure, older.basis
