-- one row per candidate row under review: what the expectations look at, and what the words need
with candidates as (
    select
        candidate.*,
        sent.received,
        sent.is_estimate,
        -- another office of the same region than the book names, for a figure of that region
        if(
            sent.office_region = candidate.office_region and sent.office_region = candidate.region
            and sent.office <> candidate.office, 1.0, 0.0
        )::double as is_another_office,
        asked.values_of_key,
        asked.copy_number
    from candidate
    inner join asked on asked.row_id = candidate.row_id
    inner join sent on sent.delivery = candidate.delivery
),

domains (measure, is_percent, low, high) as (
    values
    ('growth', true, -100, 1000),
    ('ratio', true, 0, 1000),
    ('ratio', false, 0, null),
    ('index', true, 0, 1000),
    ('index', false, 0, 1000),
    ('rank', true, 1, 10000),
    ('rank', false, 1, 10000),
    ('stage', true, 0, 1),
    ('stage', false, 0, 1),
    ('total', true, 0, null),
    ('total', false, 0, null),
    ('level', true, 0, null),
    ('level', false, 0, null)
),

bounded as (  -- what a share or a count can be ends with the whole that there is; how far anything can go hangs on its unit
    select
        candidates.*,
        domains.low,
        case
            when candidates.measure in ('total', 'level')
                then if(ceiling between 1 and 1e13, ceiling::decimal(20, 6), null)
            when candidates.measure = 'ratio'
                then coalesce(try_cast(capacity as decimal(20, 6)), domains.high)
            else domains.high
        end as high,
        case
            when candidates.measure not in ('total', 'level') or candidates.bound = '<=' then null
            when capacity <> 'days_in_year' then try_cast(capacity as integer)
            when candidates.measure = 'level' then null
            when basis = 'ytd' then date_diff('day', make_date(year(period_end), 1, 1), period_end) + 1
            when basis = 'quarter'
                then date_diff('day', last_day((period_end - interval 3 months)::date), period_end)
            when basis = 'month' then day(period_end)
        end as room
    from candidates
    left join domains on domains.measure = candidates.measure and domains.is_percent = candidates.is_percent
),

compared as (
    select * from comparable
),

with_past as (
    select row_id from compared
    where known > 0
),

without_past as (  -- a target speaks only where nothing earlier does
    select first_figure.* from first_figure
    anti join with_past using (row_id)
),

judged as (
    select
        candidates.*,
        compared.* exclude (row_id, known),
        without_past.* exclude (row_id),
        neighbour.* exclude (row_id),
        sums.* exclude (row_id),
        -- what stands outside already, by a person's decision, opens the series to that side
        if(past_low < low, null, low) as domain_low,
        if(past_high > high, null, high) as domain_high,
        (is_whole and candidates.measure in ('total', 'level')) or candidates.measure in ('rank', 'stage')
            as must_be_whole,
        date_diff('day', received, period_end) as days_early,
        -- one bit a month; none at all where the calendar does not say
        if(months > 0, (months >> month(period_end)) % 2, null) as is_on_calendar,
        year(period_end) >= year(received) - 1 as is_recent
    from bounded as candidates
    left join compared on compared.row_id = candidates.row_id
    left join without_past on without_past.row_id = candidates.row_id
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
    if(aim_slip is not null, aim_distance, null) as aim_slip_distance, aim_distance, aim_ratio_distance,
    (value - room)::double as over_capacity, is_another_office,
    jump_power, growth_step, growth_jump, growth_jump_unproven,
    if(previous_value > 0, (previous_value - value)::double / previous_value::double, null) as fall,
    if(value > 0, (value - next_value)::double / value::double, null) as fall_after,
    sum_gap, growth_gap,
    aim_slip, aim_value, aim_expected, room,
    domain_low, domain_high, previous_value, previous_end, next_value, next_end,
    sum_whole, sum_before, sum_part, implied_growth, published_growth
from judged
