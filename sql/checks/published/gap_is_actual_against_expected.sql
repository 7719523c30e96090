-- one row per assessment whose gap is not the distance of the actual from what was expected
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
    and abs(gap) <> abs(actual - expected)
