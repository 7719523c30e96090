-- one row per subject a person decided about: the newest decision holds
select
    subject_kind,
    subject_id,
    decision,
    author,
    reason,
    recorded_at
from main.decision
qualify row_number() over (
    partition by subject_kind, subject_id
    order by recorded_at desc, decision_id desc
) = 1
