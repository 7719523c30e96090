-- one row per message of the published copy
select
    notification_id,
    message_id,
    as_of,
    channel,
    office,
    recipient,
    subject,
    alert_count,
    state,
    attempts,
    sent_at
from notification
order by as_of, office, notification_id
