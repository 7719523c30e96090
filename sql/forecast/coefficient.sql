-- one row per family and month: how much each signal counts in the forecast of the rest of the year. A rise
-- and a quickening fade by the `_fade` parts: falls go on, spurts do not.
-- `usual_error` is the size of a usual miss, as a power of the part of the year's total still to come (flow,
-- level: natural logarithm) and of its unrest (flow), else in the unit of the error (growth, ratio: percentage points; signed: part of
-- the usual total); `usual_spread` is how many scaled errors an 80 % interval usually reaches to either side.
-- Fitted once on published series, each counting once (docs/forecast.md); the width in use is learnt anew.
with fitted (
    family, slope, slope_gain, slope_fade, recent, recent_fade, base,
    error, error_gain, error_power, unrest_power, spread
) as (

    values
    ('flow', 0.70, 0.35, 0.10, 0.45, 0.35, 0.50, 0.0627, -0.38, 0.66, 0.7, 1.1),
    ('level', 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0627, -0.38, 0.66, 0.0, 1.3),
    ('signed', 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.2, -1.5, 0.0, 0.0, 1.3),
    ('growth', 0.55, 0.25, 0.0, 0.60, 0.35, 0.10, 3.0, -2.0, 0.0, 0.0, 1.8),
    ('ratio', 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 2.0, -2.0, 0.0, 0.0, 1.3)

),

month as (

    select
        month::integer as month,
        greatest(month - 3, 0) / 8 as progress
    from (select unnest(range(1, 13)) as month) as calendar

)

select
    fitted.family,
    month.month,
    (fitted.slope + fitted.slope_gain * month.progress)::double as slope,
    fitted.slope_fade::double as slope_fade,
    fitted.recent::double as recent,
    fitted.recent_fade::double as recent_fade,
    fitted.base::double as base,
    fitted.error * exp(fitted.error_gain * month.progress) as usual_error,
    fitted.error_power::double as error_power,
    fitted.unrest_power::double as unrest_power,
    fitted.spread::double as usual_spread
from fitted
cross join month
