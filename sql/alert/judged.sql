-- one row per target: the whole assessment of its newest period as of $as_of, from which it is explained
select *
from assessment
where as_of = $as_of and is_newest
qualify
    row_number() over (
        partition by target_id
        order by revision desc
    ) = 1
order by target_id
