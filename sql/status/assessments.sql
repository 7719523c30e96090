-- one row per assessment of the published copy, oldest first
select * from assessment
order by as_of, revision, period_end
