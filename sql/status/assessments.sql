-- one row per assessment of one target in the published copy, oldest first; the variable `target_id` names
-- it. What was said for a later date than the variance table's does not exist for it
select *
from assessment
where
    target_id = getvariable('target_id')
    and as_of <= (select max(as_of) from variance)
order by as_of, revision, period_end
