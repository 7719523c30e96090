-- one row per open problem of a delivery
select
    file,
    "row",
    "column",
    value,
    message,
    advice,
    message_en,
    advice_en,
    gravity
from rejection
where gravity <> 'warning' and decision is null
order by file, "row", "column", rule
