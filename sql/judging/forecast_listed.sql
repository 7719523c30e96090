-- one row per series of a target in scope whose year-end can be forecast, and year up to the target's: exact
-- figures by month. All such series take part, whatever the run has to say of them: what one forecast learns
-- from the others must not depend on which rows are new. An earlier year that was restated in part is taken
-- from one vintage: the December that most of its months belong to, with the figures that go with it
with pool as (
    select series_no, max(year) as year
    from judge_scope
    where
        months_total = 12
        and not lumpy
        and pattern in ('total', 'level', 'limit', 'change')
        and measure in ('total', 'growth', 'level', 'ratio')
    group by series_no
),

series as (
    select
        pool.series_no,
        pool.year as target_year,
        case judge_series.measure when 'total' then 'flow_total' else judge_series.measure end
            as measure_kind,
        string_split(coalesce(book_indicator.atypical_years, ''), '|') as atypical_years
    from pool
    inner join judge_series on judge_series.series_no = pool.series_no
    left join main.book_indicator on book_indicator.indicator = judge_series.indicator
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

mended as (
    select
        paired.series_no,
        paired.year,
        max(amount(december.final_micro)) as final,
        map(list(month(paired.period_end)), list(amount(paired.value_micro))) as by_month
    from paired
    inner join december using (series_no, year, final_micro)
    group by paired.series_no, paired.year
),

earlier as (
    select
        series.series_no,
        series.measure_kind,
        series.atypical_years,
        judge_year.year,
        judge_year.value,
        mended.final,
        mended.by_month
    from judge_year
    inner join series
        on series.series_no = judge_year.series_no and series.target_year >= judge_year.year
    left join mended
        on
            mended.series_no = judge_year.series_no
            and mended.year = judge_year.year
            and mended.year < series.target_year
)

select
    series_no as series_id,
    year,
    measure_kind,
    list_contains(atypical_years, year::text) as is_atypical,
    case
        when by_month is null then value
        else [
            case when value[m] is null then null when m = 12 then final else by_month[m] end
            for m in range(1, 13)
        ]
    end::double[] as value
from earlier
