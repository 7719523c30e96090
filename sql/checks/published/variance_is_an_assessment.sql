-- one row per target whose line is none of its assessments
select
    variance.target_id,
    variance.period_end,
    variance.as_of,
    variance.status
from variance
anti join assessment
    on
        assessment.target_id = variance.target_id
        and assessment.as_of = variance.as_of
        and assessment.period_end is not distinct from variance.period_end
        and assessment.status = variance.status
        and assessment.gap is not distinct from variance.gap
