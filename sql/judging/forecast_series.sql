-- one row per series to forecast and month with an exact figure, of this and all earlier years. An earlier
-- year that was restated in part is taken from one vintage: the December that most of its months belong to,
-- with the figures that go with it
with wanted as (
    select series_no, max(year) as year from judge_forecast_row
    group by series_no
),

series as (
    select * from judge_series
),

known as (
    select judge_known.*, year(period_end) as year from judge_known
    where bound is null and not is_disputed
),

paired as (
    select *, year(period_end) as year from judge_one_vintage
    where month(final_period_end) = 12 and period_end < final_period_end
),

december as (
    select series_no, year, final_micro from paired
    group by series_no, year, final_micro
    qualify row_number() over (partition by series_no, year order by count(*) desc, final_micro desc) = 1
),

figure as (
    select
        known.series_no,
        known.year,
        month(known.period_end) as month,
        case
            when december.series_no is null or known.year = wanted.year then known.value_micro
            when month(known.period_end) = 12 then december.final_micro
            else paired.value_micro
        end as value_micro
    from known
    inner join wanted on wanted.series_no = known.series_no and wanted.year >= known.year
    left join december on december.series_no = known.series_no and december.year = known.year
    left join paired
        on
            paired.series_no = december.series_no
            and paired.period_end = known.period_end
            and paired.final_micro = december.final_micro
)

select
    figure.series_no as series_id,
    case series.measure when 'total' then 'flow_total' else series.measure end as measure_kind,
    figure.year,
    figure.month,
    amount(figure.value_micro) as value,
    list_contains(
        string_split(coalesce(book_indicator.atypical_years, ''), '|'), figure.year::text
    ) as is_atypical
from figure
inner join series on series.series_no = figure.series_no
left join main.book_indicator on book_indicator.indicator = series.indicator
where figure.value_micro is not null
