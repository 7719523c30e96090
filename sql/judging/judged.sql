-- one row per judged row, with or without a figure: what is compared with the row that is stored, rounded
-- half up
with scope as (
    select * from judge_scope
),

target_row as (
    select * from judge_row
),

gap as (
    select * from judge_gap
    where which_end = 'counted'
),

status as (
    select * from judge_status
),

said as (
    select
        target_row.row_no,
        target_row.target_no,
        target_row.series_no,
        target_row.period_end,
        case
            when status.status = 'not_due' and status.is_newest and state.data_state = 'closed' then 'unknown'
            else status.status
        end as status,
        status.is_newest,
        status.lean,
        status.rule_priority,
        status.rule_label,
        status.rule_label_en,
        status.status_since,
        status.periods_in_status,
        status.status_previous,
        status.period_previous,
        status.actual_previous_micro,
        status.status = 'unknown'
        or status.gap_num is null
        or gap.is_disputed
        or gap.year_end_only and status.status = 'not_due' as is_open,
        status.gap_num,
        status.gap_den,
        status.points_num,
        status.points_den,
        status.stages_planned,
        case when not gap.is_disputed then gap.actual_micro end as actual_micro,
        case when not gap.is_disputed then gap.bound end as bound,
        rival.rivals,
        gap.expected_num,
        gap.expected_den,
        gap.sound_micro as reference_micro,
        gap.schedule_basis,
        gap.share_micro,
        gap.months_elapsed,
        gap.is_final
    from target_row
    left join gap on gap.row_no = target_row.row_no
    left join status on status.row_no = target_row.row_no
    left join judge_state as state on state.target_no = target_row.target_no
    left join judge_rival as rival
        on rival.series_no = target_row.series_no and rival.period_end = target_row.period_end
)

select
    said.* exclude (
        is_open, share_micro, gap_num, gap_den, points_num, points_den, expected_num, expected_den
    ),
    amount(actual_micro) as actual,
    amount(reference_micro) as reference_value,
    case
        when scope.pattern = 'stage' then stages_planned::decimal(20, 6)
        when
            not (scope.year_end_only and not is_final and status <> 'achieved')
            then amount(half_up(expected_num, expected_den))
    end as expected,
    case
        when scope.pattern <> 'total' then null
        when schedule_basis = 'interim'
            then amount(half_up(expected_num * 1000000, expected_den * scope.limit_micro))
        else amount(coalesce(share_micro, half_up(months_elapsed::hugeint * 1000000, scope.months_total)))
    end as schedule_share,
    case when not is_open then amount(half_up(gap_num, gap_den)) end as gap,
    case when not is_open then amount(half_up(points_num, points_den)) end as gap_points,
    case
        when is_open then null
        when gap_num >= 0 or status = 'achieved' then 0
        -- what no column can hold is still the worst of all
        when points_den is not null
            then
                coalesce(
                    amount(half_up(-points_num * scope.scale_den, points_den * scope.scale_num)),
                    99999999999999.999999
                )
        else
            coalesce(
                amount(half_up(-gap_num * 1000000, gap_den * scope.scale_micro)), 99999999999999.999999
            )
    end as severity,
    case
        when scope.pattern in ('total', 'level', 'limit') and scope.measure in ('total', 'level') and lean = 0
            then amount(half_up(actual_micro * 100000000, scope.target_micro))
    end as completion
from said
inner join scope on scope.target_no = said.target_no
