-- one row per judged row with a figure: the value expected by now as a fraction of millionths (num / den),
-- and the numerator by the calendar alone over `months_total` (an interim figure goes before it too);
-- whole-number counts expect whole numbers
with schedule as (
    select * from judge_schedule
),

fraction as (
    select
        *,
        whole_number and measure = 'total' and pattern = 'total' as is_floored,
        case
            when schedule_basis = 'seasonal' then 1000000
            when schedule_basis in ('linear', 'line') or pattern = 'change' then months_total
            else 1
        end::hugeint as den,
        case
            when pattern in ('stage', 'none', 'open') then null
            when schedule_basis = 'interim' then interim_micro
            when schedule_basis = 'seasonal' then limit_micro * share_micro
            when schedule_basis = 'linear' then limit_micro * months_elapsed
            when schedule_basis = 'line' and is_final_period then limit_micro * months_total
            when schedule_basis = 'line' and reference_bound is null
                then sound_micro * months_total + (limit_micro - sound_micro) * months_elapsed
            when schedule_basis = 'line' then null
            when pattern = 'relative' then sound_micro + coalesce(target_micro, 0) - sign * tolerance_micro
            when
                pattern = 'change' and comparator = 'hold'
                then (sound_micro - sign * tolerance_micro) * months_total
            when pattern = 'change'
                then
                    sound_micro * months_total
                    + sign * coalesce(target_micro, 0)
                    * case when basis = 'point' then months_elapsed else months_total end
            else limit_micro
        end as num
    from schedule
)

select
    * exclude (num, den, is_floored),
    case when is_floored then (num // (den * 1000000)) * 1000000 else num end as expected_num,
    case when is_floored then 1 else den end::hugeint as expected_den,
    case
        when pattern <> 'total' or schedule_basis = 'interim' then null
        when is_floored
            then
                ((limit_micro * months_elapsed) // (months_total * 1000000::hugeint)) * 1000000 * months_total
        else limit_micro * months_elapsed
    end as linear_num
from fraction
