-- one row per published figure or file that was kept out, open ones first
select
    rejection_id,
    gravity,
    file,
    sheet,
    "row",
    "column",
    value,
    rule,
    message,
    advice,
    decision,
    decided_by,
    reason,
    decided_at,
    message_en,
    advice_en
from rejection
where gravity in ('quarantined', 'refused')
order by decision is not null, gravity, file, sheet, "row", "column", rejection_id
