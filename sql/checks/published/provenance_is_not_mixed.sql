-- one row per kind of provenance where simulated and real deliveries lie together
select
    provenance,
    count(*) as deliveries,
    any_value(file) as file
from delivery
where provenance is not null
group by provenance
qualify count(distinct provenance = 'simulated') over () > 1
order by provenance
