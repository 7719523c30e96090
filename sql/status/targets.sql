-- one row per target of the published variance relation with its English name, region by region, worst first
select
    variance.*,
    indicator.indicator_name_en
from variance
left join indicator on indicator.indicator = variance.indicator
order by variance.region asc, variance.severity desc nulls last, variance.status asc, variance.target_id asc
