-- one row per figure that counts without being the strongest of its vintages, or with another value
with strongest as (
    select * from observation_vintage
    where superseded_by is null
)

select
    observation.region,
    observation.indicator,
    observation.measure,
    observation.basis,
    observation.period_end,
    observation.value
from observation
anti join strongest as vintage
    on
        vintage.region = observation.region
        and vintage.indicator = observation.indicator
        and vintage.measure = observation.measure
        and vintage.basis = observation.basis
        and vintage.period_end = observation.period_end
        and vintage.value = observation.value
        and vintage.delivery_id = observation.delivery_id
