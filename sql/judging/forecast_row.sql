-- one row per written row whose final figure can be forecast: the series, the month it is forecast from,
-- and the limit that the final figure is held against
with written as (
    select row_no from judge_written
),

expected as (
    select * from judge_expected
    where
        bound is null
        and not is_disputed
        and not is_final_period
        and months_total = 12
        and pattern in ('total', 'level', 'limit', 'change')
        and measure in ('total', 'growth', 'level', 'ratio')
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
    ) as target
from expected
inner join written on written.row_no = expected.row_no
left join last_final
    on
        last_final.series_no = expected.series_no
        and last_final.period_end = make_date(expected.year - 1, 12, 31)
