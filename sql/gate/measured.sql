-- one row per candidate row under review: the measurements that the expectations bound
select
    row_id, value, below_range, above_range, fraction, values_of_key, copy_number, days_early,
    days_early_estimated, is_on_calendar, was_on_calendar, slip_distance, aim_slip_distance,
    aim_distance, aim_ratio_distance, over_capacity, is_another_office, jump_power, growth_step,
    growth_jump, growth_jump_unproven, fall, fall_after, sum_gap, growth_gap
from evidence
order by row_id
