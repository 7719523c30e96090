-- one row per assessment with a severity though nothing falls short, or none though something does
select
    target_id,
    period_end,
    as_of,
    gap,
    severity
from assessment
where
    severity < 0
    or (gap is not null and severity is not null and (gap < 0) <> (severity > 0))
