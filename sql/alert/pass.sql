-- one row per as-of date with assessments: which they are, and whether their alerts were derived
with written as (
    select
        as_of,
        md5(string_agg(assessment_id, ',' order by assessment_id)) as evidence,
        max(run_id) as run_id
    from assessment
    group by as_of
)

select
    written.as_of,
    written.evidence,
    coalesce(run.mode, 'run') as mode,
    alert_pass.as_of is not null as is_derived
from written
left join run on run.run_id = written.run_id
left join alert_pass on alert_pass.as_of = written.as_of and alert_pass.evidence = written.evidence
order by written.as_of
