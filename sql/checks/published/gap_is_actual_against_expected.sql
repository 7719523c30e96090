-- one row per assessment whose gap is not the distance of the actual from what was expected; each is rounded
-- by itself, so that the last digit may differ
select
    target_id,
    period_end,
    as_of,
    actual,
    expected,
    gap
from assessment
where
    kind in ('total', 'growth', 'ratio', 'rank')
    and actual is not null
    and expected is not null
    and gap is not null
    and abs(abs(gap) - abs(actual - expected)) > 0.000001
