-- one row per delivery whose figures can be seen
select
    delivery_id,
    file,
    provenance,
    finality,
    received,
    sha256,
    strength
from staging.visible_delivery
where not is_withdrawn
