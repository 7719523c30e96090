-- one row per region and year of a relation: how many rows it has, and what they hold as two sums over their hashes
-- (`any_relation`, `any_columns`, `any_year`: set by flows/partitions.py)
select
    coalesce(region, 'none') as of_region,
    coalesce(any_year::text, 'none') as of_year,
    count(*) as "rows",
    sum(hash(any_columns)) as sum_of_hashes,
    bit_xor(hash(any_columns)) as xor_of_hashes
from any_relation
group by all
order by all
