-- one row per open problem of a delivery
select
    file,
    "row",
    "column",
    value,
    message,
    gravity
from rejection
where gravity <> 'warning' and decision is null
order by file, "row", "column", rule
