-- one row per series to forecast and month with an exact figure, of this and all earlier years
with wanted as (
    select series_no, max(year) as year from judge_forecast_row
    group by series_no
),

series as (
    select * from judge_series
),

known as (
    select * from judge_known
    where bound is null and not is_disputed
)

select
    known.series_no as series_id,
    case series.measure when 'total' then 'flow_total' else series.measure end as measure_kind,
    year(known.period_end) as year,
    month(known.period_end) as month,
    amount(known.value_micro) as value,
    list_contains(
        string_split(coalesce(book_indicator.atypical_years, ''), '|'), year(known.period_end)::text
    ) as is_atypical
from known
inner join wanted on wanted.series_no = known.series_no
inner join series on series.series_no = known.series_no
left join main.book_indicator on book_indicator.indicator = series.indicator
where year(known.period_end) <= wanted.year
