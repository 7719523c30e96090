-- one row per candidate whose year has a target: how many powers of ten it lies from what the target lets
-- expect by its month; a target that comes in lumps, a cap, and the first two months expect nothing, so that
-- there only too much is a surprise
with candidates as (
    select candidate.*
    from candidate
    inner join focus on focus.row_id = candidate.row_id
    where
        candidate.value <> 0
        and candidate.bound <> '<='
        and candidate.measure in ('total', 'level', 'ratio')
),

expected as (
    select
        candidates.*,
        aim.value as aim_value,
        aim.is_cap or aim.is_loose or candidates.basis in ('month', 'quarter')
        or (candidates.measure = 'total' and month(period_end) < 3) as may_be_little,
        case
            when candidates.measure <> 'total' then aim.value
            when candidates.basis = 'ytd' then aim.value * month(period_end) / 12
            when candidates.basis = 'quarter' then aim.value / 4
            else aim.value / 12
        end::double as aim_expected
    from candidates
    inner join aim
        on
            aim.family = candidates.family
            and aim.measure = candidates.measure
            and aim.year = year(candidates.period_end)
    where aim.value > 0 and not (candidates.is_whole and greatest(abs(candidates.value), aim.value) < 20)
),

nearest as (  -- of several targets
    select *, log10(abs(value)::double / aim_expected) as aim_power
    from expected
    qualify row_number() over (partition by row_id order by abs(aim_power), aim_value) = 1
)

select
    row_id,
    aim_value,
    aim_expected,
    if(measure <> 'ratio' and (aim_power > 0 or not may_be_little), abs(aim_power), null) as aim_distance,
    if(measure = 'ratio' and (aim_power > 0 or not may_be_little), abs(aim_power), null)
        as aim_ratio_distance,
    case
        when round(aim_distance, 0) = 3 then if(aim_power > 0, 3, -3)
        when round(aim_distance, 0) in (4, 5) then if(aim_power > 0, 4, -4)
        when round(aim_distance, 0) in (7, 8, 9) then if(aim_power > 0, 8, -8)
    end as aim_slip
from nearest
