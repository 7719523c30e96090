-- one row per published delivery, the newest first
select
    delivery_id,
    file,
    reporting_office,
    received,
    provenance,
    rows_read,
    rows_accepted,
    rows_quarantined,
    outcome,
    decision,
    decided_by,
    reason,
    decided_at
from delivery
order by received desc, file asc, delivery_id asc
