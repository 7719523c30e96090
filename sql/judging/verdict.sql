-- one row per judged row and end of its figure: the status it would have if that end were the figure
with gap as (
    select * from judge_gap
),

ruled as (
    select * from judge_ruled
)

select
    gap.row_no,
    gap.which_end,
    case when not gap.is_disputed then gap.actual_micro end as actual_micro,
    gap.gap_num,
    gap.gap_den,
    gap.points_num,
    gap.points_den,
    gap.lean,
    gap.stages_planned,
    ruled.priority as rule_priority,
    ruled.label as rule_label,
    ruled.label_en as rule_label_en,
    gap.is_final
    or (gap.pattern in ('total', 'level') and gap.actual_micro >= gap.limit_micro) as is_beyond_rules,
    case
        when gap.pattern = 'none' then 'no_target'
        when gap.pattern = 'open' then 'unknown'
        when gap.is_unknowable then 'unknown'
        when gap.pattern in ('total', 'level') and gap.actual_micro >= gap.limit_micro then 'achieved'
        when gap.pattern = 'stage' and gap.is_finished then 'achieved'
        when gap.pattern = 'stage' and gap.is_final then 'missed'
        when gap.pattern = 'stage' and gap.all_micro is null then 'no_plan'
        when gap.is_final and gap.gap_num is null then 'unknown'
        when gap.is_final then case when gap.gap_num >= 0 then 'achieved' else 'missed' end
        when gap.year_end_only then 'not_due'
        when gap.gap_num is null then 'unknown'
        when gap.lumpy and coalesce(gap.schedule_basis, '') <> 'interim' and ruled.status = 'behind'
            then 'slightly_behind'
        else coalesce(ruled.status, 'no_rule')
    end as status
from gap
left join ruled on ruled.row_no = gap.row_no and ruled.which_end = gap.which_end
