-- one row per target and as-of date up to the run's: what was said of its newest figure then; where a date
-- was judged more than once, what was said last
with context as (
    select as_of from main.run_context
)

select assessment.*
from main.assessment
inner join context on assessment.as_of <= context.as_of
where assessment.is_newest
qualify row_number() over (
    partition by assessment.target_id, assessment.as_of
    order by assessment.revision desc
) = 1
