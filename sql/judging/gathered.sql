-- one row per series and year: its exact figures by month in a list, as they came; where a month came more
-- than once the year is contested, and the list says nothing
with figure as (
    select
        series.series_no,
        year(shown.period_end)::integer as year,
        month(shown.period_end)::integer as month,
        case when coalesce(shown.bound, '') = '' then shown.value end as value
    from staging.shown as shown
    inner join judge_series as series
        on
            series.region = shown.region
            and series.indicator = shown.indicator
            and series.measure = shown.measure
            and series.basis = shown.basis
    semi join judge_sender as sender on sender.delivery_id = shown.delivery_id
)

select
    series_no,
    year,
    count(*) > bit_count(bit_or(1 << month)) as is_contested,
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
from figure
group by series_no, year
