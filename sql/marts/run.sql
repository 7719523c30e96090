-- one row per run
select * from run
