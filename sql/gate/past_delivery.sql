-- one row per delivery whose figures can be a past, numbered: visible, not withdrawn, not arriving now
select
    row_number() over (order by delivery.delivery_id) as delivery,
    delivery.delivery_id,
    delivery.received,
    delivery.sha256
from staging.visible_delivery as delivery
anti join arriving on arriving.delivery_id = delivery.delivery_id
where not delivery.is_withdrawn
