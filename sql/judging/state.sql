-- one row per target in scope: its newest figure, the first reporting period without one, and so whether
-- data are late
with context as (
    select as_of from main.run_context
),

scope as (
    select * from judge_scope
),

newest as (
    select
        target_no,
        max(period_end) as newest_period,
        arg_max(is_disputed, period_end) as is_disputed,
        max(case when is_final_period and not is_final then period_end - 1 else period_end end)
            as settled_period
    from judge_row
    where period_end is not null
    group by target_no
),

missing as (
    select
        scope.target_no,
        min(due.period_end) as missing_period,
        arg_min(due.due_on, due.period_end) as due_on
    from scope
    left join newest on newest.target_no = scope.target_no
    inner join judge_due as due
        on
            due.indicator = scope.indicator
            and due.year = scope.year
            and due.final_period = scope.final_period
            and due.is_reporting
            and due.period_end > coalesce(newest.settled_period, scope.span_start - 1)
    group by scope.target_no
)

select
    scope.target_no,
    newest.newest_period,
    missing.missing_period,
    missing.due_on,
    case when context.as_of > missing.due_on then context.as_of - missing.due_on end as days_late,
    case
        when scope.is_year_closed or (scope.is_closed and context.as_of > scope.closes_on) then 'closed'
        when newest.newest_period is null and context.as_of > missing.due_on then 'never_delivered'
        when newest.newest_period is null then 'not_due'
        when newest.is_disputed then 'disputed'
        when context.as_of > missing.due_on then 'late'
        else 'current'
    end as data_state
from scope
cross join context
left join newest on newest.target_no = scope.target_no
left join missing on missing.target_no = scope.target_no
