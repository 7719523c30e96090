-- one row per refused or undecided quarantined problem of a delivery received by $as_of
select
    rejection.delivery_id,
    rejection.gravity,
    rejection.file,
    rejection.sheet,
    rejection."row",
    rejection."column",
    rejection.value,
    rejection.message,
    rejection.advice,
    rejection.rejection_id
from mart.rejection as rejection
inner join mart.delivery as delivery on delivery.delivery_id = rejection.delivery_id
where
    delivery.received <= $as_of
    and (rejection.gravity = 'refused' or (rejection.gravity = 'quarantined' and rejection.decision is null))
order by rejection.delivery_id, rejection.sheet, rejection."row", rejection."column", rejection.rejection_id
