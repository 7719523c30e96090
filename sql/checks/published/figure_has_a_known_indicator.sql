-- one row per figure that counts whose indicator or region is in no book
select
    observation.region,
    observation.indicator,
    observation.period_end
from observation
left join indicator on indicator.indicator = observation.indicator
left join region on region.region = observation.region
where indicator.indicator is null or region.region is null
