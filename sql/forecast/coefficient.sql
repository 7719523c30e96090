-- one row per family and month: how much each signal counts in the forecast of the rest of the year, and the
-- usual size of its error (flow, level: natural logarithm; growth, ratio: percentage points; signed: part of
-- the usual total). Fitted once on published series, see docs/forecast.md; the spread in use is learnt anew.
with fitted (family, slope_from, slope_to, recent_from, recent_to, base_from, base_to, end_from, end_to, error) as (

    values
    ('flow', 0.43, 1.12, 0.22, 0.51, 0.53, 0.29, 0.23, -0.09, 0.080),
    ('level', 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.050),
    ('signed', 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.300),
    ('growth', 0.7, 0.7, 0.6, 0.6, 0.1, 0.1, 0.3, 0.3, 3.0),
    ('ratio', 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 2.0)

),

month as (

    select unnest(range(1, 13))::integer as month

)

select
    fitted.family,
    month.month,
    slope_from + (slope_to - slope_from) * greatest(month.month - 3, 0) / 8 as slope,
    recent_from + (recent_to - recent_from) * greatest(month.month - 3, 0) / 8 as recent,
    base_from + (base_to - base_from) * greatest(month.month - 3, 0) / 8 as base,
    end_from + (end_to - end_from) * greatest(month.month - 3, 0) / 8 as year_end,
    error * (12.5 - month.month) / 9.5 as usual_error
from fitted
cross join month
