-- one row per delivery received by $as_of that was refused, held back in part, or restates earlier figures; `resent_*`
-- is the first delivery with accepted figures that the same office sent afterwards
with deliveries as (
    select * from mart.delivery
    where received <= $as_of
),

problems as (
    select
        delivery_id,
        count(*) filter (where gravity = 'refused') as refused,
        count(*) filter (where gravity = 'quarantined') as quarantined
    from mart.open_problem
    group by delivery_id
),

-- a first figure that follows its estimate restates nothing
replaced as (
    select
        newer.delivery_id,
        count(*) as restated
    from mart.observation_vintage as older
    inner join deliveries as newer on newer.delivery_id = older.superseded_by
    where
        older.difference <> 0
        and newer.received > older.received
        and (older.finality <> 'estimate' or newer.finality = 'estimate')
    group by newer.delivery_id
),

resent as (
    select
        troubled.delivery_id,
        min(later.received) as received,
        arg_min(later.file, (later.received, later.file)) as file
    from deliveries as troubled
    inner join problems on problems.delivery_id = troubled.delivery_id
    inner join deliveries as later
        on
            later.region = troubled.region
            and later.reporting_office = troubled.reporting_office
            and later.received > troubled.received
            and later.rows_accepted > 0
            and later.outcome <> 'withdrawn'
    group by troubled.delivery_id
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
    deliveries.provenance = 'simulated' as is_simulated,
    coalesce(resent.file, '') as resent_file,
    resent.received as resent_on
from deliveries
left join problems on problems.delivery_id = deliveries.delivery_id
left join replaced on replaced.delivery_id = deliveries.delivery_id
left join resent on resent.delivery_id = deliveries.delivery_id
where
    deliveries.outcome <> 'withdrawn'
    and (problems.refused > 0 or problems.quarantined > 0 or replaced.restated > 0)
order by deliveries.received, deliveries.delivery_id
