-- one row per family and month: how much each signal counts in the forecast of the rest of the year. Fitted
-- once on published series, each counting once (docs/forecast.md); `usual_error` is the size of a usual miss,
-- as a power of the part of the year's total still to come (flow, level: natural logarithm), else in the unit
-- of the error (growth, ratio: percentage points; signed: part of the usual total). `usual_spread` is how
-- many scaled errors wide an 80 % interval usually is on either side. The width in use is learnt anew from
-- earlier years.
with fitted (family, slope, slope_gain, recent, latest, base, error, error_gain, error_power, spread) as (

    values
    ('flow', 0.63, 0.41, 0.24, 0.25, 0.53, 0.0627, -0.38, 0.66, 1.05),
    ('level', 0.0, 0.0, 0.0, 0.0, 0.0, 0.0627, -0.38, 0.66, 1.3),
    ('signed', 0.0, 0.0, 0.0, 0.0, 0.0, 0.2, -1.5, 0.0, 1.3),
    ('growth', 0.7, 0.0, 0.6, 0.0, 0.1, 3.0, -2.0, 0.0, 1.8),
    ('ratio', 0.0, 0.0, 0.0, 0.0, 0.0, 2.0, -2.0, 0.0, 1.3)

),

month as (

    select
        month::integer as month,
        greatest(month - 3, 0) / 8 as progress
    from (select unnest(range(1, 13)) as month)

)

select
    fitted.family,
    month.month,
    (fitted.slope + fitted.slope_gain * month.progress)::double as slope,
    fitted.recent::double as recent,
    fitted.latest::double as latest,
    fitted.base::double as base,
    fitted.error * exp(fitted.error_gain * month.progress) as usual_error,
    fitted.error_power::double as error_power,
    fitted.spread::double as usual_spread
from fitted
cross join month
