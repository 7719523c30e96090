-- one row per message and where its sending stands; addresses masked, bodies left out
with messages as (
    select * from main.notification
),

sendings as (
    select * from main.outbox
)

select
    messages.notification_id,
    messages.message_id,
    messages.as_of,
    messages.channel,
    messages.region,
    messages.office,
    regexp_replace(messages.recipient, '^(.).*@(.).*$', '\1***@\2***') as recipient,
    messages.language,
    messages.subject,
    messages.alert_count,
    sendings.state,
    sendings.attempts,
    sendings.sent_at,
    sendings.last_error
from messages
inner join sendings on sendings.notification_id = messages.notification_id
