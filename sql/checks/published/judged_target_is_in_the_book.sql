-- one row per judged target that the book does not hold, or whose figure no delivery gave
select
    variance.target_id,
    variance.delivery_id
from variance
left join target on target.target_id = variance.target_id
left join delivery on delivery.delivery_id = variance.delivery_id
where
    target.target_id is null
    or (variance.delivery_id is not null and delivery.delivery_id is null)
    or (variance.actual is not null and variance.delivery_id is null)
