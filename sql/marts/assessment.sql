-- one row per target, period, as-of date and change: everything that was ever said
select * from main.assessment
