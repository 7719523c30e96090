-- one row per target with a value of a region and indicator that figures arrive of
select
    wanted.family,
    target.measure,
    target.year,
    target.target_value as value,
    target.comparator = '<=' as is_cap,
    target.lumpy or target.year_end_only as is_loose
from main.book_target as target
inner join wanted on wanted.region = target.region and wanted.indicator = target.indicator
where target.target_value is not null and target.measure in ('total', 'level', 'ratio')
