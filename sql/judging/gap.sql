-- one row per judged row and value its figure may have (one; where it is disputed also the lowest and the
-- highest of the figures that contradict each other): signed gap as a fraction, negative is worse, and the
-- same in points; `lean` says on which side a bound leaves the true figure
with expected as (
    select * from judge_expected
),

ended as (
    select *, 'counted' as which_end, value_micro as actual_micro from expected
    union all
    select *, 'low' as which_end, low_micro as actual_micro from expected
    where is_disputed
    union all
    select *, 'high' as which_end, high_micro as actual_micro from expected
    where is_disputed
),

staged as (
    select
        ended.row_no,
        ended.which_end,
        any_value(stage.all_micro) as all_micro,
        any_value(stage.last_stage_end) as last_stage_end,
        min(stage.stage_end) filter (where stage.planned_micro > ended.actual_micro) as next_stage_end,
        count(*) filter (where stage.stage_end <= ended.period_end) as stages_planned
    from ended
    inner join judge_stage as stage on stage.target_id = ended.target_id
    where ended.pattern = 'stage'
    group by ended.row_no, ended.which_end
),

oriented as (
    select
        ended.*,
        staged.* exclude (row_no, which_end),
        ended.actual_micro >= coalesce(ended.target_micro, staged.all_micro, 1000000) as is_finished,
        case ended.bound when '>=' then ended.sign when '<=' then -ended.sign else 0 end as own_lean,
        case
            when ended.pattern not in ('relative', 'change') then 0
            else case ended.reference_bound when '>=' then -ended.sign when '<=' then ended.sign else 0 end
        end as reference_lean
    from ended
    left join staged on staged.row_no = ended.row_no and staged.which_end = ended.which_end
),

measured as (
    select
        * exclude (own_lean, reference_lean),
        case when own_lean = 0 then reference_lean else own_lean end as lean,
        case
            when own_lean * reference_lean < 0 or is_unknowable then null
            when pattern <> 'stage' then sign * (actual_micro * expected_den - expected_num)
            when is_finished then greatest(0, coalesce(last_stage_end - period_end, 0))::hugeint * 1000000
            else (next_stage_end - period_end)::hugeint * 1000000
        end as gap_num,
        case when pattern = 'stage' then 1 else expected_den end::hugeint as gap_den,
        case
            when pattern = 'change' then abs(sound_micro)
            when pattern in ('total', 'level') or (measure in ('total', 'level') and pattern = 'limit')
                then abs(target_micro)
        end as points_of_micro
    from oriented
)

select
    *,
    gap_num * case
        when points_of_micro is null then 1 when gap_den = 1000000 then 100 else 100000000
    end::hugeint as points_num,
    case
        when points_of_micro is null then gap_den
        when gap_den = 1000000 then nullif(points_of_micro, 0)
        else nullif(gap_den * points_of_micro, 0)
    end as points_den,
    case
        when linear_num is not null then (actual_micro * months_total - linear_num) * 100000000
    end as linear_points_num,
    case when linear_num is not null then nullif(months_total::hugeint * abs(target_micro), 0) end
        as linear_points_den
from measured
