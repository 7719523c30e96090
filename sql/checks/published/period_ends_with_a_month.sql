-- one row per figure whose period does not end on the last day of a month
select
    delivery_id,
    indicator,
    period_end
from observation_vintage
where period_end <> last_day(period_end)
