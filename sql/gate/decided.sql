-- one row per quarantined figure that a person released and per delivery that a person withdrew
select subject_kind, subject_id
from staging.verdict
where decision in ('accept', 'withdraw')
