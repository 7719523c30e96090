-- one row per judged row with a figure: from where to where the schedule runs at this period. Between two interim
-- figures of a total or level it is a line; growth, ratios and lumpy targets keep the last interim figure
with target_row as (
    select judge_row.*, scope.* exclude (target_no, year, months_total, measure, basis, series_no)
    from judge_row
    inner join judge_scope as scope on scope.target_no = judge_row.target_no
    where judge_row.period_end is not null
),

joined as (
    select
        target_row.*,
        share.share_micro,
        interim.* exclude (row_no),
        reference.* exclude (row_no),
        interim.row_no is not null
        and not target_row.is_final_period
        and not (target_row.lumpy and interim.last_period is null) as has_interim,
        case when not reference.is_reference_disputed then reference.reference_micro end as sound_micro
    from target_row
    left join judge_share as share on share.row_no = target_row.row_no
    left join judge_interim as interim on interim.row_no = target_row.row_no
    left join judge_reference as reference on reference.row_no = target_row.row_no
),

started as (
    select
        * exclude (has_interim),
        pattern in ('total', 'level') and not lumpy as is_paced,
        case
            when pattern = 'total' then 0::hugeint
            when reference_bound is null then sound_micro
        end as start_micro,
        case
            when has_interim then 'interim'
            when pattern = 'level' then 'line'
            when pattern in ('relative', 'change') then 'baseline'
            when pattern <> 'total' then null
            when share_micro is not null and not lumpy and not uses_linear then 'seasonal'
            else 'linear'
        end as schedule_basis
    from joined
)

select
    *,
    coalesce(last_micro, start_micro) as from_micro,
    coalesce((year(last_period) - year) * 12 + month(last_period), 0) as from_month,
    coalesce(next_micro, limit_micro) as to_micro,
    coalesce((year(next_period) - year) * 12 + month(next_period), months_total) as to_month
from started
