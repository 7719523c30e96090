-- one row per delivery whose counts do not agree with its figures and rejections
with figures as (
    select delivery_id, count(*) as figures
    from observation_vintage
    group by delivery_id
),

kept_out as (
    select
        delivery_id,
        count(*) as quarantined,
        count(*) filter (decision = 'accept') as released
    from rejection
    where gravity = 'quarantined'
    group by delivery_id
)

select
    delivery.delivery_id,
    delivery.file,
    delivery.rows_read,
    delivery.rows_accepted,
    delivery.rows_quarantined
from delivery
left join figures on figures.delivery_id = delivery.delivery_id
left join kept_out on kept_out.delivery_id = delivery.delivery_id
where
    delivery.rows_accepted + delivery.rows_quarantined > delivery.rows_read
    or delivery.rows_quarantined < coalesce(kept_out.quarantined, 0)
    or (
        delivery.outcome <> 'withdrawn'
        and coalesce(figures.figures, 0) not between delivery.rows_accepted
        and delivery.rows_accepted + coalesce(kept_out.released, 0)
    )
