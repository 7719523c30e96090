-- one row per assessment with a status outside the vocabulary or a colour without a rule set
select
    target_id,
    period_end,
    as_of,
    status,
    rule_set
from assessment
where
    status not in (
        'achieved',
        'on_schedule',
        'slightly_behind',
        'behind',
        'missed',
        'not_due',
        'no_plan',
        'no_target',
        'unknown'
    )
    or (status in ('on_schedule', 'slightly_behind', 'behind') and coalesce(rule_set, '') = '')
