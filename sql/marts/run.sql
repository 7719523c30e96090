-- one row per run
select * from main.run
