-- one row per series, year, origin month, target and direction: the probability that the year-end figure
-- reaches the target (`higher`: is at least, `lower`: is at most), from the distribution behind the
-- forecast's interval: a Student distribution with four degrees of freedom around the forecast whose
-- ninetieth percentile, 1.5332, is the upper end. Beyond the ends it thins out as errors of earlier years do,
-- however far the figure of the month pushed them apart. A figure below which the year cannot end has reached every
-- target up to it.
with forecast as (

    select * from forecast

),

target as (

    select distinct
        series_id,
        year,
        origin_month,
        target,
        direction
    from forecast_target

),

placed as (

    select
        target.*,
        forecast.reason,
        forecast.spread,
        forecast.reach,
        case
            when target.direction = 'lower' then forecast.floor > target.target
            else forecast.floor >= target.target
        end as is_passed,
        case
            when not forecast.is_relative then target.target - forecast.forecast
            when target.target > 0 then ln(target.target / forecast.forecast)
            else '-infinity'::double
        end as distance,
        least(greatest(distance, -forecast.reach), forecast.reach) as inside,
        1.5332 * (
            inside / nullif(forecast.reach, 0) + (distance - inside) / nullif(forecast.spread, 0)
        ) as t
    from target
    inner join forecast using (series_id, year, origin_month)

),

below as (

    select
        *,
        case
            when reason is not null or target is null or spread is null then null
            when is_passed or not isfinite(distance) then 0
            when t is null and direction = 'lower' then (distance >= 0)::integer
            when t is null then (distance > 0)::integer
            else 0.5 + 0.375 * t / sqrt(1 + t * t / 4) * (1 - t * t / (12 + 3 * t * t))
        end as below
    from placed

)

select
    series_id,
    year,
    origin_month,
    target,
    direction,
    -- greatest and least pass nulls over: without a forecast there is no probability, and not a zero
    case
        when below.below is null then null
        when direction = 'lower' then least(greatest(below.below, 0), 1)
        else least(greatest(1 - below.below, 0), 1)
    end as probability
from below
