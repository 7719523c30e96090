-- one row per region and indicator of which figures arrive: which periods of its past can matter
with spans as (
    select
        family,
        date '0001-01-01' + (min(day) - 1) as first_end,
        date '0001-01-01' + (max(day) - 1) as last_end
    from coming
    group by family
)

select
    family.family,
    family.region,
    family.indicator,
    (first_end - interval 37 months)::date as earliest,
    (last_end + interval 13 months)::date as latest,
    -- what comes for one month is held against a year around it and its own month of earlier years
    if(first_end = last_end, (first_end - interval 13 months)::date, earliest) as near,
    month(first_end) as month_of_year
from spans
inner join family on family.family = spans.family
