-- one row per subject, as-of date and kind of transition in the life of an alert
select
    alert_id,
    subject_kind,
    subject_id,
    region,
    alert_kind,
    alert_state,
    as_of,
    period_end,
    status_before,
    status_after,
    severity,
    reason,
    evidence,
    run_id
from main.alert
