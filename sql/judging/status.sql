-- one row per judged row with a figure: its status and gap, or `unknown` without a gap where a bound or a
-- dispute leaves it open; the run of figures with the same status up to it
with verdict as (
    select * from judge_verdict
),

target_row as (
    select row_no, target_no, period_end from judge_row
    where period_end is not null
),

disputed as (
    select row_no, count(distinct status) > 1 as is_left_open from verdict
    where which_end <> 'counted'
    group by row_no
),

agreed as (
    select
        counted.* exclude (which_end, status),
        case
            when disputed.is_left_open then 'unknown'
            when counted.status in ('no_target', 'no_plan', 'not_due', 'no_rule') or counted.lean = 0
                then counted.status
            when counted.lean > 0 and counted.status in ('achieved', 'on_schedule') then counted.status
            when counted.lean < 0 and counted.status in ('behind', 'missed') then counted.status
            else 'unknown'
        end as status
    from verdict as counted
    left join disputed on disputed.row_no = counted.row_no
    where counted.which_end = 'counted'
),

compared as (
    select
        agreed.*,
        target_row.target_no,
        target_row.period_end,
        lag(agreed.status) over timeline as status_previous,
        lag(target_row.period_end) over timeline as period_previous,
        lag(agreed.actual_micro) over timeline as actual_previous_micro
    from agreed
    inner join target_row on target_row.row_no = agreed.row_no
    window timeline as (partition by target_row.target_no order by target_row.period_end)
),

numbered as (
    select
        *,
        sum((status is distinct from status_previous)::integer) over (
            partition by target_no order by period_end
        ) as run_of_status,
        period_end = max(period_end) over (partition by target_no) as is_newest
    from compared
)

select
    * exclude (run_of_status),
    first_value(period_end) over same_status as status_since,
    row_number() over same_status::integer as periods_in_status
from numbered
window same_status as (partition by target_no, run_of_status order by period_end)
