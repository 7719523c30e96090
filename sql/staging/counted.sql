-- one row per region, indicator, measure, basis and period: the figure that counts as of the run's date
select * exclude (superseded_by, superseded_by_value, difference, is_counted)
from staging.vintage
where is_counted
