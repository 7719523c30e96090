-- one row per region that has received figures which are not released yet, and per region inside one that has
with unreleased as (
    select distinct region
    from delivery
    where received <= $as_of and release_state = 'unreleased' and outcome <> 'withdrawn'
)

select region
from unreleased

union

select book_region.region
from book_region
inner join unreleased on unreleased.region = book_region.parent
order by region
