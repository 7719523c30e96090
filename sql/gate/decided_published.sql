-- the same from the published copy
select 'rejection' as subject_kind, rejection_id as subject_id
from rejection
where decision = 'accept'
union all
select 'delivery' as subject_kind, delivery_id as subject_id
from delivery
where outcome = 'withdrawn'
