-- one row per judged row with a figure: what its schedule rests on. An interim figure comes first; then,
-- for totals, earlier years, unless the target is lumpy or its rules go by the calendar; then the calendar
with target_row as (
    select
        judge_row.*,
        scope.target_id,
        scope.pattern,
        scope.kind,
        scope.nature,
        scope.rule_set,
        scope.comparator,
        scope.sign,
        scope.lumpy,
        scope.year_end_only,
        scope.whole_number,
        scope.uses_linear,
        scope.target_micro,
        scope.limit_micro,
        scope.tolerance_micro
    from judge_row
    inner join judge_scope as scope on scope.target_no = judge_row.target_no
    where judge_row.period_end is not null
)

select
    target_row.*,
    share.share_micro,
    interim.* exclude (row_no),
    reference.* exclude (row_no),
    case when not reference.is_reference_disputed then reference.reference_micro end as sound_micro,
    case
        when interim.row_no is not null then 'interim'
        when target_row.pattern = 'level' then 'line'
        when target_row.pattern in ('relative', 'change') then 'baseline'
        when target_row.pattern <> 'total' then null
        when
            share.share_micro is not null and not target_row.lumpy and not target_row.uses_linear
            then 'seasonal'
        else 'linear'
    end as schedule_basis
from target_row
left join judge_share as share on share.row_no = target_row.row_no
left join judge_interim as interim on interim.row_no = target_row.row_no
left join judge_reference as reference on reference.row_no = target_row.row_no
