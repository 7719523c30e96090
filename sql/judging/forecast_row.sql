-- one row per written row whose final figure can be forecast: the series, the month it is forecast from,
-- the limit that the final figure is held against, and `most`, what the year has room for (days that are left,
-- or the number the book gives). What comes in lumps is not forecast: its pace says nothing of its year-end
with written as (
    select row_no from judge_written
),

expected as (
    select * from judge_expected
    where
        bound is null
        and not is_disputed
        and not is_final_period
        and not lumpy
        and months_total = 12
        and pattern in ('total', 'level', 'limit', 'change')
        and measure in ('total', 'growth', 'level', 'ratio')
),

scope as (
    select target_no, whole_number, capacity from judge_scope
),

last_final as (
    select series_no, period_end, value_micro from judge_known
    where bound is null and not is_disputed
)

select
    expected.row_no,
    expected.series_no,
    expected.year,
    expected.months_elapsed as month,
    case when expected.sign > 0 then 'higher' else 'lower' end as direction,
    amount(
        case
            when expected.pattern <> 'change' then expected.limit_micro
            when
                expected.comparator = 'hold'
                then last_final.value_micro - expected.sign * expected.tolerance_micro
            else last_final.value_micro + expected.sign * coalesce(expected.target_micro, 0)
        end
    ) as target,
    scope.whole_number and expected.measure in ('total', 'level') as is_count,
    case
        when expected.measure <> 'total' then null
        when scope.capacity = 'days_in_year'
            then amount(expected.value_micro) + (make_date(expected.year, 12, 31) - expected.period_end)
        else try_cast(scope.capacity as decimal(20, 6))
    end as most
from expected
inner join written on written.row_no = expected.row_no
inner join scope on scope.target_no = expected.target_no
left join last_final
    on
        last_final.series_no = expected.series_no
        and last_final.period_end = make_date(expected.year - 1, 12, 31)
