-- one row per written row whose figure is exact and whose target is not yet final: where something can
-- still be done
with written as (
    select row_no from judge_written
),

expected as (
    select * from judge_expected
    where bound is null and not is_disputed and not is_final_period and not is_unknowable
)

select
    expected.row_no,
    expected.series_no,
    scope.region,
    scope.indicator,
    scope.proxy,
    expected.kind,
    expected.pattern,
    scope.valuation,
    scope.capacity,
    expected.year,
    expected.period_end,
    scope.final_period,
    expected.months_elapsed,
    expected.months_total,
    expected.limit_micro,
    expected.value_micro as actual_micro,
    due.periods_after,
    greatest(0, expected.limit_micro - expected.value_micro) as required_micro
from expected
inner join written on written.row_no = expected.row_no
inner join judge_scope as scope on scope.target_no = expected.target_no
left join judge_due as due
    on
        due.indicator = scope.indicator
        and due.year = expected.year
        and due.final_period = scope.final_period
        and due.period_end = expected.period_end
where
    expected.sign > 0 and expected.pattern in ('total', 'level', 'limit') and expected.limit_micro is not null
