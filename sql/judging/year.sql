-- one row per series and year: its figures by month in a list, null where there is none, or only a bound or
-- figures that contradict each other
with contested as (
    select series_no, year from judge_gathered
    where is_contested
),

known as (
    select
        known.series_no,
        year(known.period_end)::integer as year,
        month(known.period_end)::integer as month,
        case when known.bound is null and not known.is_disputed then amount(known.value_micro) end as value
    from judge_known as known
)

select
    series_no,
    year,
    is_contested,
    value
from judge_gathered
where not is_contested
union all by name
select
    series_no,
    year,
    true as is_contested,
    [
        max(value) filter (where month = 1),
        max(value) filter (where month = 2),
        max(value) filter (where month = 3),
        max(value) filter (where month = 4),
        max(value) filter (where month = 5),
        max(value) filter (where month = 6),
        max(value) filter (where month = 7),
        max(value) filter (where month = 8),
        max(value) filter (where month = 9),
        max(value) filter (where month = 10),
        max(value) filter (where month = 11),
        max(value) filter (where month = 12)
    ] as value
from known
semi join contested using (series_no, year)
group by series_no, year
