-- one row per delivery of this run or before it: its place in the order in which deliveries see one another
with deliveries as (
    select delivery_id, received, sha256 from sent
    union
    select delivery_id, received, sha256 from past_delivery
)

select
    delivery_id,
    row_number() over (order by received, sha256, delivery_id) as place
from deliveries
