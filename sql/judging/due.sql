-- one row per indicator, year, final period and month of the target's span: whether a figure is due for
-- it, when, and how many reporting periods follow
with target as (
    select distinct indicator, year, final_period, span_start from judge_target
),

calendar as (
    select *, string_split(months, '|')::integer[] as reporting_months from main.book_calendar
),

every_month as (
    select
        target.*,
        calendar.lag_days,
        calendar.final_lag_days,
        calendar.grace_days,
        last_day(month_start::date) as period_end,
        last_day(month_start::date) = target.final_period
        or list_contains(calendar.reporting_months, month(month_start)) as is_reporting
    from target
    inner join calendar on calendar.indicator = target.indicator
    cross join
        unnest(generate_series(target.span_start, target.final_period, interval 1 month))
            as months (month_start)
)

select
    every_month.indicator,
    every_month.year,
    every_month.final_period,
    every_month.period_end,
    every_month.is_reporting,
    coalesce(
        own_move.due_on,
        any_move.due_on,
        every_month.period_end
        + case
            when every_month.period_end = every_month.final_period then every_month.final_lag_days
            else every_month.lag_days
        end::integer
    ) as due_on,
    every_month.grace_days,
    coalesce(
        sum(every_month.is_reporting::integer) over (
            partition by every_month.indicator, every_month.year, every_month.final_period
            order by every_month.period_end
            rows between 1 following and unbounded following
        ), 0
    )::integer as periods_after
from every_month
left join main.book_calendar_move as own_move
    on own_move.indicator = every_month.indicator and own_move.period_end = every_month.period_end
left join main.book_calendar_move as any_move
    on any_move.indicator = '*' and any_move.period_end = every_month.period_end
