-- one row per region and grouping (the region itself, its offices, its sections): targets by status, the
-- share of those due that are on course, and the target that is worst by severity. Percentages of targets
-- are never averaged
with variance as (
    select
        *,
        status in ('achieved', 'on_schedule', 'slightly_behind', 'behind', 'missed') as is_due,
        status in ('achieved', 'on_schedule') as is_on_course
    from mart.variance
),

grouped as (
    select *, 'region' as grouping, region as member from variance
    union all
    select *, 'office' as grouping, responsible_office as member from variance
    union all
    select *, 'section' as grouping, section as member from variance
)

select
    region,
    grouping,
    member,
    count(*) as targets,
    count(*) filter (where is_due) as due,
    count(*) filter (where is_on_course) as on_course,
    count(*) filter (where status = 'achieved') as achieved,
    count(*) filter (where status = 'on_schedule') as on_schedule,
    count(*) filter (where status = 'slightly_behind') as slightly_behind,
    count(*) filter (where status = 'behind') as behind,
    count(*) filter (where status = 'missed') as missed,
    count(*) filter (where status = 'not_due') as not_due,
    count(*) filter (where status = 'no_plan') as no_plan,
    count(*) filter (where status = 'no_target') as no_target,
    count(*) filter (where status = 'unknown') as unknown,
    count(*) filter (where data_state in ('late', 'never_delivered')) as late,
    arg_max(target_id, (severity, target_id)) filter (where severity > 0) as worst_target_id,
    max(severity) filter (where severity > 0) as worst_severity
from grouped
group by region, grouping, member
