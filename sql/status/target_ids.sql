-- one row per target that was ever judged
select distinct target_id from assessment
order by target_id
