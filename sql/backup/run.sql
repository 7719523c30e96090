-- one row per finished run that wrote an assessment or read a delivery, in the order in which they were made
with wrote as (
    select run_id from main.assessment
    union
    select run_id from main.delivery
)

select
    run.as_of,
    run.started_at,
    run.mode,
    run.region_group
from main.run
inner join wrote on wrote.run_id = run.run_id
where run.outcome = 'done'
order by run.started_at
