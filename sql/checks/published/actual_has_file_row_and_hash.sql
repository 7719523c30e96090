-- one row per assessment that names a figure without file, row, hash and delivery
select assessment_id, target_id, period_end
from assessment
where
    actual is not null
    and (delivery_id is null or source_file is null or source_row is null or sha256 is null)
