-- one row per key that more than one row has (`any_key`, `any_relation`: set by flows/checks.py)
select
    any_key,
    count(*) as "rows"
from any_relation
group by all
having count(*) > 1
