-- one row per written row whose figure is exact and whose target is not yet final: where something can still be done
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
    expected.region,
    expected.indicator,
    expected.proxy,
    expected.kind,
    expected.measure,
    expected.basis,
    expected.pattern,
    expected.sign,
    expected.valuation,
    expected.capacity,
    expected.whole_number,
    expected.year,
    expected.period_end,
    expected.final_period,
    expected.months_elapsed,
    expected.months_total,
    expected.limit_micro,
    expected.value_micro as actual_micro,
    due.periods_after,
    greatest(0, expected.limit_micro - expected.value_micro) as required_micro
from expected
inner join written on written.row_no = expected.row_no
left join judge_due as due
    on due.indicator = expected.indicator
    and due.year = expected.year
    and due.final_period = expected.final_period
    and due.period_end = expected.period_end
where expected.sign > 0 and expected.pattern in ('total', 'level', 'limit') and expected.limit_micro is not null
