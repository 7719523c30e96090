-- one row per assessment whose severity is not the shortfall in points divided by the scale of its rule
select assessment_id, target_id, period_end, gap_points, scale, severity
from assessment
where
    severity is not null
    and (
        severity < 0
        or (severity > 0) <> (gap_points < 0)
        or abs(severity * scale - greatest(0, -gap_points)) > 0.000001 * (1 + scale)
    )
