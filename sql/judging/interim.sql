-- one row per judged row with an interim figure: that of its own month; a lumpy target goes on owing its
-- last one
with target_row as (
    select judge_row.row_no, judge_row.period_end, scope.target_id, scope.lumpy
    from judge_row
    inner join judge_scope as scope on scope.target_no = judge_row.target_no
    where
        judge_row.period_end is not null
        and not judge_row.is_final_period
        and scope.pattern in ('total', 'level', 'limit')
),

point as (
    select target_id, period_end, micro(value) as value_micro from main.book_schedule_point
)

select
    target_row.row_no,
    max(point.period_end) as interim_period,
    arg_max(point.value_micro, point.period_end) as interim_micro
from target_row
inner join point
    on
        point.target_id = target_row.target_id
        and (
            point.period_end = target_row.period_end
            or (target_row.lumpy and point.period_end < target_row.period_end)
        )
group by target_row.row_no
