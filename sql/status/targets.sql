-- one row per target of the published variance relation, region by region, the worst first
select *
from variance
order by region, severity desc nulls last, status, target_id
