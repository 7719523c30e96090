-- one row per alert or assessment whose run is not recorded
select 'alert' as relation, alert_id as id, run_id from alert
anti join run on run.run_id = alert.run_id
union all
select 'assessment' as relation, assessment_id as id, assessment.run_id from assessment
anti join run on run.run_id = assessment.run_id
