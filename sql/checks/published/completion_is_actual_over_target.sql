-- one row per assessment whose completion is not actual over target, or that prints one for a growth
select
    target_id,
    period_end,
    as_of,
    actual,
    target_value,
    completion
from assessment
where
    completion is not null
    and (
        measure = 'growth'
        or abs(completion::double * target_value::double - actual::double * 100)
        > 0.000001 * abs(target_value::double) + 1e-12 * abs(actual::double)
    )
