-- one row per delivery received by the as-of date
select
    * replace (case when is_withdrawn then 'withdrawn' else outcome end as outcome)
from staging.visible_delivery
