-- one row: the state of the newest transition in the life of $target_id's alert
select alert_state
from alert
where subject_id = $target_id
order by as_of desc, alert_kind in ('acknowledged', 'silenced') desc, alert_id
limit 1
