-- one row per candidate with something to compare: how many powers of ten (or points of growth) it lies from
-- the closest figure of its own past, and how far those lie apart; its own delivery answers where there is no
-- past. A slip of the unit takes a whole file along, so there its own delivery counts by the middle one.
with pairs as (
    select *, log10(nullif(abs(other_pace), 0)) as magnitude from comparison
),

summed as (
    select
        row_id,
        any_value(measure) as measure,
        any_value(bound) as bound,
        bool_and(measure = 'growth' and bound = '') as is_growth,
        count(power) filter (is_earlier) as known,
        arg_min(power, abs(power)) filter (is_earlier) as past_power,
        quantile_disc(abs(power), 0.5) filter (not is_earlier) as own_middle,
        sum(power) filter (not is_earlier) as own_sum,
        min(abs(power)) filter (not is_earlier) as own_power,
        max(magnitude) - min(magnitude) as power_range,
        max(magnitude) filter (is_earlier) - min(magnitude) filter (is_earlier) as past_power_range,
        bool_or(other = 0) as has_zero,
        coalesce(min(difference) filter (is_earlier), min(difference)) as difference,
        count(*) filter (not is_earlier)
        -- a figure told again adds nothing
        + count(distinct row(months_apart, other))
        filter (is_earlier and measure = 'growth') as comparables,
        min(other) filter (is_earlier) as past_low,
        max(other) filter (is_earlier) as past_high,
        coalesce(past_high - past_low, max(other) - min(other))::double as value_range
    from pairs
    group by row_id
)

select
    row_id,
    known,
    past_low,
    past_high,
    case
        when measure in ('total', 'level') then if(known > 0, past_power, own_middle * sign(own_sum))
    end as slip_power,
    case
        when bound <> '' or measure in ('growth', 'rank', 'stage') or has_zero then null
        when coalesce(abs(past_power), own_power) > coalesce(past_power_range, power_range) / 2
            then coalesce(abs(past_power), own_power)
    end as jump_power,
    if(is_growth and comparables >= 3 and difference > 2 * value_range, difference, null) as growth_step,
    if(is_growth and comparables >= 3 and difference > 5 * value_range, difference, null) as growth_jump,
    if(is_growth and comparables < 3, difference, null) as growth_jump_unproven
from summed
