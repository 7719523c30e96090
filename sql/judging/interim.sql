-- one row per judged row whose target has interim figures: the last one up to the period and the next one after it
with target_row as (
    select judge_row.row_no, judge_row.period_end, scope.target_id
    from judge_row
    inner join judge_scope as scope on scope.target_no = judge_row.target_no
    where judge_row.period_end is not null and scope.pattern not in ('stage', 'none')
),

point as (
    select target_id, period_end, micro(value) as value_micro from main.book_schedule_point
)

select
    target_row.row_no,
    max(point.period_end) filter (where point.period_end <= target_row.period_end) as last_period,
    arg_max(point.value_micro, point.period_end) filter (
        where point.period_end <= target_row.period_end
    ) as last_micro,
    min(point.period_end) filter (where point.period_end > target_row.period_end) as next_period,
    arg_min(point.value_micro, point.period_end) filter (
        where point.period_end > target_row.period_end
    ) as next_micro
from target_row
inner join point on point.target_id = target_row.target_id
group by target_row.row_no
