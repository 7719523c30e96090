-- one row per decision that nobody signed or gave a reason for
select rejection_id as subject_id, decision, decided_by, reason
from rejection
where decision is not null and (coalesce(decided_by, '') = '' or coalesce(reason, '') = '')
union all
select delivery_id as subject_id, decision, decided_by, reason
from delivery
where decision is not null and (coalesce(decided_by, '') = '' or coalesce(reason, '') = '')
