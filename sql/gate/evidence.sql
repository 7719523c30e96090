-- one row per candidate row under review: what the expectations look at, and what the words need
with candidates as (
    select
        candidate.*,
        sent.received,
        sent.is_estimate,
        figure.values_of_key,
        figure.copy_number
    from candidate
    inner join focus on focus.row_id = candidate.row_id
    inner join figure on figure.row_id = candidate.row_id
    inner join sent on sent.delivery = candidate.delivery
),

domains (measure, is_percent, low, high) as (
    values
    ('growth', true, -100, 1000),
    ('ratio', true, 0, 100),
    ('ratio', false, 0, null),
    ('index', true, 0, 1000),
    ('index', false, 0, 1000),
    ('rank', true, 1, 10000),
    ('rank', false, 1, 10000),
    ('stage', true, 0, 1000),
    ('stage', false, 0, 1000),
    ('total', true, 0, null),
    ('total', false, 0, null),
    ('level', true, 0, null),
    ('level', false, 0, null)
),

judged as (
    select
        candidates.*,
        comparable.* exclude (row_id),
        neighbour.* exclude (row_id),
        sums.* exclude (row_id),
        -- what stands outside already, by a person's decision, opens the series to that side
        if(past_low < domains.low, null, domains.low) as domain_low,
        if(past_high > domains.high, null, domains.high) as domain_high,
        (is_whole and candidates.measure in ('total', 'level')) or candidates.measure in ('rank', 'stage')
            as must_be_whole,
        date_diff('day', received, period_end) as days_early,
        -- one bit a month; none at all where the calendar does not say
        if(months > 0, (months >> month(period_end)) % 2, null) as is_on_calendar,
        year(period_end) >= year(received) - 1 as is_recent
    from candidates
    left join domains on domains.measure = candidates.measure and domains.is_percent = candidates.is_percent
    left join comparable on comparable.row_id = candidates.row_id
    left join neighbour on neighbour.row_id = candidates.row_id
    left join identity as sums on sums.row_id = candidates.row_id
)

select
    row_id,
    value::double as value,
    (domain_low - value)::double as below_range, (value - domain_high)::double as above_range,
    if(must_be_whole, abs(value - round(value, 0)), null)::double as fraction,
    values_of_key::double as values_of_key, copy_number::double as copy_number,
    if(is_estimate, null, days_early)::double as days_early,
    if(is_estimate, days_early, null)::double as days_early_estimated,
    if(is_recent, is_on_calendar, null)::double as is_on_calendar,
    if(is_recent, null, is_on_calendar)::double as was_on_calendar,
    slip_power,
    least(abs(abs(slip_power) - 3), abs(abs(slip_power) - 4), abs(abs(slip_power) - 8)) as slip_distance,
    jump_power, growth_step, growth_jump, growth_jump_unproven,
    if(previous_value > 0, (previous_value - value)::double / previous_value::double, null) as fall,
    if(value > 0, (value - next_value)::double / value::double, null) as fall_after,
    sum_gap, growth_gap,
    domain_low, domain_high, like_value, like_end, previous_value, previous_end, next_value, next_end,
    sum_whole, sum_before, sum_part, implied_growth, published_growth
from judged
