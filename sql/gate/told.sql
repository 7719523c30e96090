-- one row per candidate row that is spoken of: what the words need
select
    evidence.row_id,
    values_of_key, days_early, days_early_estimated, slip_power, slip_distance, fall, implied_growth,
    aim_slip, aim_value::varchar as aim_value, aim_expected, room,
    domain_low::varchar as domain_low, domain_high::varchar as domain_high,
    like_value::varchar as like_value, like_end::varchar as like_end,
    previous_value::varchar as previous_value, previous_end::varchar as previous_end,
    next_value::varchar as next_value, next_end::varchar as next_end,
    sum_whole::varchar as sum_whole, sum_before::varchar as sum_before, sum_part::varchar as sum_part,
    published_growth::varchar as published_growth
from evidence
semi join spoken_of on spoken_of.row_id = evidence.row_id
left join likeness on likeness.row_id = evidence.row_id
