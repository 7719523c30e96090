-- one row per delivery received by $as_of that was refused, held back in part, or restates earlier figures
with deliveries as (
    select * from mart.delivery
    where received <= $as_of
),

problems as (
    select
        delivery_id,
        count(*) filter (where gravity = 'refused') as refused,
        count(*) filter (where gravity = 'quarantined' and decision is null) as quarantined
    from mart.rejection
    group by delivery_id
),

replaced as (
    select
        newer.delivery_id,
        count(*) as restated
    from mart.observation_vintage as older
    inner join deliveries as newer on newer.delivery_id = older.superseded_by
    where older.difference <> 0 and newer.received > older.received
    group by newer.delivery_id
)

select
    deliveries.delivery_id,
    deliveries.file,
    coalesce(deliveries.region, '') as region,
    coalesce(deliveries.reporting_office, '') as reporting_office,
    deliveries.received,
    deliveries.rows_accepted,
    coalesce(problems.refused, 0) as refused,
    coalesce(problems.quarantined, 0) as quarantined,
    coalesce(replaced.restated, 0) as restated,
    coalesce(deliveries.release_state, 'released') = 'unreleased' as is_unreleased,
    deliveries.provenance = 'simulated' as is_simulated
from deliveries
left join problems on problems.delivery_id = deliveries.delivery_id
left join replaced on replaced.delivery_id = deliveries.delivery_id
where
    deliveries.outcome <> 'withdrawn'
    and (problems.refused > 0 or problems.quarantined > 0 or replaced.restated > 0)
order by deliveries.received, deliveries.delivery_id
