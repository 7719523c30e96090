-- one row per assessment to append: what the run has to say that the newest row of the same as-of date
-- does not say
with context as (
    select run_id, as_of from main.run_context
),

content as (
    select * exclude (run_id) from judge_assessed
),

assessed as (
    select
        content.*,
        lpad(lower(to_hex(hash(content))), 16, '0') as content_id
    from content
),

said as (
    select assessment.*
    from main.assessment
    inner join context on context.as_of = assessment.as_of
),

newest_head as (
    select
        target_id,
        max(revision) as last_revision,
        arg_max(content_id, revision) filter (where is_newest) as content_id
    from said
    group by target_id
)

select
    left(
        sha256(
            concat_ws(
                '|',
                assessed.target_id,
                assessed.period_end,
                assessed.as_of,
                newest_head.last_revision,
                assessed.content_id
            )
        ), 16
    ) as assessment_id,
    coalesce(newest_head.last_revision + 1, 0)::integer as revision,
    assessed.*,
    context.run_id
from assessed
cross join context
left join newest_head on newest_head.target_id = assessed.target_id
where not assessed.is_newest or assessed.content_id is distinct from newest_head.content_id
