-- one row per alert transition of the published copy, with the name of its target and where that stands now
select
    alert.subject_kind,
    alert.subject_id,
    alert.region,
    alert.alert_kind,
    alert.alert_state,
    alert.as_of,
    alert.period_end,
    alert.status_before,
    alert.status_after,
    alert.severity,
    alert.reason,
    alert.evidence,
    variance.indicator_name,
    variance.status,
    delivery.file
from alert
left join variance on variance.target_id = alert.subject_id
left join delivery on delivery.delivery_id = alert.subject_id
order by alert.as_of, alert.subject_id, alert.alert_kind
